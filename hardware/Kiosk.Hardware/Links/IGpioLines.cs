using Microsoft.Win32.SafeHandles;

namespace Kiosk.Hardware.Links;

/// <summary>What is asked of a chip.</summary>
/// <param name="Lines">Line names, or <c>offset:N</c>; at most 64.</param>
/// <param name="Debounce">Done by the kernel; its unit there is the microsecond.</param>
internal sealed record GpioRequest(IReadOnlyList<string> Lines, bool ActiveLow, bool PullUp, TimeSpan Debounce)
{
    public const string OffsetPrefix = "offset:";

    /// <summary>Events that the kernel keeps for us; the oldest are dropped when there are more.</summary>
    public const int EventBuffer = 256;
}

/// <summary>Input lines that were requested together: the kernel's, or those of an emulated chip.</summary>
internal interface IGpioLines : IDisposable
{
    /// <summary>Delivers <see cref="GpioAbi.LineEvent"/> records; hangs up when the chip is gone.</summary>
    SafeFileHandle Events { get; }

    /// <summary>Offset on the chip of each line, in the order of the request.</summary>
    IReadOnlyList<uint> Offsets { get; }

    /// <summary>Bit i is set where line i of the request is active.</summary>
    /// <exception cref="DeviceLostException"/>
    ulong ReadLevels();
}

/// <summary>Output lines that were requested together, inactive at first and again when they are given back.</summary>
internal interface IGpioOutputs : IDisposable
{
    /// <param name="active">Bit i is set where line i of the request is to be active.</param>
    /// <exception cref="DeviceLostException"/>
    void Write(ulong active);
}
