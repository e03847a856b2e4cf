using Kiosk.Hardware.Printers;

namespace Kiosk.Hardware.Tests.Printers;

/// <summary>A clone over TCP: asked for its status, finishes a halted slip by itself.</summary>
public sealed class EscPosCloneOverTcp : TicketPrinterConformance
{
    private protected override HaltResolution AfterNewRoll => HaltResolution.Finished;

    private protected override PrinterBench Bench() => new EscPosTcpBench(new { profile = "xprinter-80", replyTimeoutSeconds = 10, printTimeoutSeconds = 20 });
}

/// <summary>An Epson over TCP: tells its status by itself, clears its buffer.</summary>
public sealed class EscPosEpsonOverTcp : TicketPrinterConformance
{
    private protected override HaltResolution AfterNewRoll => HaltResolution.Cleared;

    private protected override PrinterBench Bench() => new EscPosTcpBench(new { profile = "epson-tm-t20", replyTimeoutSeconds = 10, printTimeoutSeconds = 20 });
}

// One at a time: the kernel gives the number of a closed pseudo-terminal to the next that is opened.
[Collection("pseudo-terminals")]
public sealed class EscPosCloneOverSerial : TicketPrinterConformance
{
    private protected override HaltResolution AfterNewRoll => HaltResolution.Finished;

    private protected override PrinterBench Bench() => new EscPosSerialBench(new { profile = "xprinter-58", qr = "native", replyTimeoutSeconds = 10, printTimeoutSeconds = 20 });
}

[Collection("pseudo-terminals")]
public sealed class EscPosEpsonOverSerial : TicketPrinterConformance
{
    private protected override HaltResolution AfterNewRoll => HaltResolution.Cleared;

    private protected override PrinterBench Bench() => new EscPosSerialBench(new { profile = "epson-tm-t88", marker = "gs-h", replyTimeoutSeconds = 10, printTimeoutSeconds = 20 });
}

/// <summary>What the default profile makes of a printer that answers.</summary>
public sealed class EscPosUnknownPrinterOverTcp : TicketPrinterConformance
{
    private protected override HaltResolution AfterNewRoll => HaltResolution.Finished;

    private protected override PrinterBench Bench() => new EscPosTcpBench(new { replyTimeoutSeconds = 10, printTimeoutSeconds = 20 });
}
