namespace Kiosk.Hardware.Links.Emulation;

/// <summary>What the bytes mean: the device behind an <see cref="EmulatedWire"/>.</summary>
/// <remarks>Called under the wire's gate, one call at a time. Must not block, and answers by <see cref="EmulatedWire.Send"/> within the call or later.</remarks>
internal interface IWiredDevice
{
    /// <summary>Has no room for more: the host has to wait, and is not even told.</summary>
    bool Full => false;

    /// <summary>Ways to misbehave beyond those of the wire, as <c>stall</c>.</summary>
    IReadOnlyList<string> OwnMisbehaviour => [];

    void Receive(byte value);

    /// <summary>The power went: what is only in memory is gone.</summary>
    void LosePower();

    /// <param name="own">One of <see cref="OwnMisbehaviour"/>; null when it is to behave, or only the wire misbehaves.</param>
    void Misbehave(string? own) { }
}
