namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>How a number stands in a frame.</summary>
internal enum NumberForm
{
    /// <summary>One byte.</summary>
    Byte,

    /// <summary>Two hexadecimal digits.</summary>
    Hex2,
    Decimal1,
    Decimal2,
    Decimal3,
}

internal enum FrameField
{
    Address,
    Brightness,

    /// <summary>Bytes of the text, and whatever more the maker counts.</summary>
    Length,
    Text,
    Check,
}

/// <summary>One piece of a frame.</summary>
internal abstract record FramePart
{
    private FramePart() { }

    public sealed record Literal(byte Value) : FramePart;

    public sealed record Field(FrameField Kind, NumberForm Form = NumberForm.Byte, int More = 0) : FramePart;
}
