namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>How messages lie on the wire; the same from both ends.</summary>
internal interface IZvtFraming
{
    /// <summary>Each frame is answered with one byte before anything else is said.</summary>
    bool Acknowledges { get; }

    /// <summary>In the middle of a message.</summary>
    bool Midway { get; }

    byte[] Wrap(Apdu message);

    WireSign? Receive(byte value);

    /// <summary>What came until now belongs to a conversation that is over.</summary>
    void Forget();
}

/// <summary>What became whole with a byte.</summary>
internal abstract record WireSign
{
    private WireSign() { }

    public sealed record Message(Apdu Apdu) : WireSign;

    /// <summary>A frame whose check is wrong, or that holds no message.</summary>
    public sealed record Damaged : WireSign;

    public sealed record Ack : WireSign;

    public sealed record Nak : WireSign;
}
