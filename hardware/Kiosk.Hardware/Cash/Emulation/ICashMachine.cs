using System.Text.Json.Nodes;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Cash.Emulation;

/// <summary>What a protocol adds to a till: the electronics of an emulated acceptor. It tells on the wire what <see cref="EmulatedTill.Happened"/> tells it.</summary>
/// <remarks>Called under the wire's gate. Answers leave by <see cref="Answer"/>, which whoever carries them sets: a wire, or a test's link.</remarks>
internal interface ICashMachine : IWiredDevice
{
    EmulatedTill Till { get; }

    /// <summary>Whether an item of this value would be taken now: enabled, known, not inhibited, nothing in the way.</summary>
    bool Wants(long minor);

    Action<byte[]> Answer { get; set; }

    /// <summary>Its own, beside those of till and wire.</summary>
    IReadOnlyList<EmulatorControl> Controls { get; }

    /// <summary>What one of its own controls does, its arguments checked.</summary>
    /// <exception cref="ArgumentException">A wrong argument.</exception>
    Action Prepare(string control, ControlArguments given);

    /// <summary>Adds <c>enabled</c> (whether it takes anything at all) and what is its own.</summary>
    void Describe(JsonObject look);

    /// <summary>Its memory as it left the factory; the till is not touched.</summary>
    void Reset();
}
