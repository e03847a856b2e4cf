namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>What the printer says of itself, from DLE EOT 1–4 or from automatic status back.</summary>
/// <param name="Error">An error of which the printer does not tell the kind.</param>
internal readonly record struct PrinterCondition(
    bool Offline, bool CoverOpen, bool PaperOut, bool PaperNearEnd, bool CutterJam, bool Unrecoverable, bool AutoRecoverable, bool Error)
{
    /// <param name="printer">Reply to n = 1. 16h (drawer pin high) is as good as 12h.</param>
    /// <param name="offline">n = 2.</param>
    /// <param name="error">n = 3.</param>
    /// <param name="paper">n = 4.</param>
    public static PrinterCondition FromReplies(byte printer, byte offline, byte error, byte paper) => new(
        Offline: (printer & 0x08) != 0,
        CoverOpen: (offline & 0x04) != 0,
        PaperOut: (offline & 0x20) != 0 || (paper & 0x60) != 0,
        PaperNearEnd: (paper & 0x0C) != 0,
        CutterJam: (error & 0x08) != 0,
        Unrecoverable: (error & 0x20) != 0,
        AutoRecoverable: (error & 0x40) != 0,
        Error: (offline & 0x40) != 0);

    /// <param name="back">Four bytes of automatic status back.</param>
    public static PrinterCondition FromStatusBack(ReadOnlySpan<byte> back) => new(
        Offline: (back[0] & 0x08) != 0,
        CoverOpen: (back[0] & 0x20) != 0,
        PaperOut: (back[2] & 0x0C) != 0,
        PaperNearEnd: (back[2] & 0x03) != 0,
        CutterJam: (back[1] & 0x08) != 0,
        Unrecoverable: (back[1] & 0x20) != 0,
        AutoRecoverable: (back[1] & 0x40) != 0,
        Error: false);

    /// <summary>What keeps it from printing, the cause that a person can mend first; null if nothing.</summary>
    public DeviceFault? Fault =>
        CoverOpen ? DeviceFault.CoverOpen
        : PaperOut ? DeviceFault.OutOfPaper
        : CutterJam ? DeviceFault.CutterJam
        : Unrecoverable ? DeviceFault.Unrecoverable
        : AutoRecoverable ? DeviceFault.AutoRecoverable
        : Error ? DeviceFault.Broken
        : Offline ? DeviceFault.Offline
        : null;

    /// <summary>Whether a slip that is on its way stays stuck until somebody comes. Heat and the feed key pass by themselves.</summary>
    public bool StopsSlip => Fault is not (null or DeviceFault.AutoRecoverable or DeviceFault.Offline);

    public DeviceHealth Health => Fault is { } fault ? DeviceHealth.OutOfService(fault)
        : PaperNearEnd ? DeviceHealth.Degraded(DeviceFault.PaperNearEnd)
        : DeviceHealth.Ok;
}
