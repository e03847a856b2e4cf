using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kiosk.Hardware;

/// <summary>A device made of software, on the wire. Shown on the devices screen as what it is.</summary>
public interface IEmulator : IAsyncDisposable
{
    /// <summary>What one would see looking at the device (paper that came out, lamps that are lit). Its shape is the driver's, documented in its README.</summary>
    JsonObject Look();

    /// <summary>The same as SVG documents, latest first, at most ten: the slips that came out, the lamps. Empty where there is nothing to see.</summary>
    IReadOnlyList<string> Pictures => [];

    /// <summary>What was heard of the device, latest first, at most ten. Empty for those that make no sound.</summary>
    IReadOnlyList<EmulatedSound> Sounds => [];

    /// <summary>What a person could do to the device: press a key, pull the paper, open the cover, unplug it.</summary>
    IReadOnlyList<EmulatorControl> Controls { get; }

    /// <summary>Does it.</summary>
    /// <param name="control">The name of one of <see cref="Controls"/>.</param>
    /// <param name="arguments">A JSON object with its arguments, or undefined.</param>
    /// <exception cref="ArgumentException">Unknown control or argument; the message names it and what is allowed.</exception>
    void Do(string control, JsonElement arguments);

    /// <summary>Raised on any thread after <see cref="Look"/> changed. Handlers must not block.</summary>
    event Action? Changed;
}

/// <param name="Name">As in the address of the control: <c>paper</c>.</param>
/// <param name="Summary">One line of English.</param>
/// <param name="Arguments">Each argument with what it allows: <c>state</c> → <c>ok | near-end | out</c>.</param>
public sealed record EmulatorControl(string Name, string Summary, IReadOnlyDictionary<string, string> Arguments);

/// <param name="Number">Counts from 1 for the life of the emulator.</param>
/// <param name="Words">What is said in it; empty for a chime alone.</param>
/// <param name="Wav">A WAV file.</param>
public sealed record EmulatedSound(long Number, string Words, byte[] Wav);
