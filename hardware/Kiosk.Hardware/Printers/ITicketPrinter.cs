namespace Kiosk.Hardware.Printers;

public abstract record PrintOutcome
{
    private PrintOutcome() { }

    /// <summary>The printer itself confirmed that everything up to the cut came out.</summary>
    public sealed record Printed : PrintOutcome;

    /// <summary>Everything was sent to a printer that cannot confirm (profile without status).</summary>
    public sealed record Presumed : PrintOutcome;

    /// <summary>Nothing was sent: safe to try again.</summary>
    public sealed record Refused(DeviceFault Fault) : PrintOutcome;

    /// <summary>The slip stopped half way; the printer says why. Follow with <see cref="ITicketPrinter.ResolveHaltAsync"/>.</summary>
    public sealed record Halted(DeviceFault Fault) : PrintOutcome;

    /// <summary>It may have come out or not. Never printed again without a person.</summary>
    public sealed record InDoubt : PrintOutcome;
}

/// <summary>How a halted slip ended once the fault was mended.</summary>
public enum HaltResolution
{
    /// <summary>The printer's buffer was cleared: the slip is to be issued again as COPY.</summary>
    Cleared,

    /// <summary>The printer went on by itself and confirmed the end: printed, though broken in two.</summary>
    Finished,

    /// <summary>It may have come out or not.</summary>
    InDoubt,
}

/// <summary>One slip at a time. Not thread safe: its one user is the print worker; <see cref="IDevice.RunAsync"/> may run beside it.</summary>
public interface ITicketPrinter : IDevice
{
    /// <summary>Whether <see cref="PrintAsync"/> would be refused now.</summary>
    bool Ready { get; }

    /// <summary>How much of the roll this slip takes, up to the cut: for a forecast of the roll's end. Errs on the long side by a few millimetres.</summary>
    int MillimetresOf(Slip slip);

    /// <summary>Length of a new roll as the settings say; null: they do not, and nobody forecasts its end.</summary>
    double? RollMetres => null;

    /// <param name="slip">What to print.</param>
    /// <param name="sending">Awaited once, after the printer was found ready and before the first byte of the slip is written: the place to journal.</param>
    Task<PrintOutcome> PrintAsync(Slip slip, Func<Task> sending, CancellationToken cancel);

    /// <summary>After <see cref="PrintOutcome.Halted"/>: waits until the fault is mended, then clears the buffer or lets the printer finish, as the printer's profile says.</summary>
    Task<HaltResolution> ResolveHaltAsync(CancellationToken cancel);
}
