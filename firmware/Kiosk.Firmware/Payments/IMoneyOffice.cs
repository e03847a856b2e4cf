using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;

namespace Kiosk.Firmware.Payments;

/// <summary>What staff need for the settlement beside the ledger's own commands: others are asked for their figures, and closed periods are read from the journal.</summary>
internal interface IMoneyOffice
{
    /// <summary>The card terminal's end of day; its totals go into the ledger.</summary>
    Task<OfficeAnswer> TakeCardTotalsAsync(string who, CancellationToken cancel);

    /// <summary>Asks every biller what it has confirmed in the open period; the statements go into the ledger.</summary>
    Task<OfficeAnswer> AskBillersAsync(string who, CancellationToken cancel);

    /// <summary>Prints an X report, or the Z report of a closed period.</summary>
    /// <param name="period">Null: the open one.</param>
    Task<OfficeAnswer> PrintAsync(int? period, string who, CancellationToken cancel);

    /// <summary>Numbers of closed periods and when, the latest first; at most so many.</summary>
    Task<IReadOnlyList<ClosedPeriod>> PeriodsAsync(int most, CancellationToken cancel);

    /// <summary>Null: no such period, or not closed.</summary>
    Task<ClosedPeriod?> PeriodAsync(int period, CancellationToken cancel);
}

/// <param name="Counts">Cash counts of the period, in order.</param>
/// <param name="Corrections">Made later, in order.</param>
internal sealed record ClosedPeriod(DateTimeOffset At, HallEvent.PeriodClosed Entry, IReadOnlyList<HallEvent.CashCounted> Counts, IReadOnlyList<PeriodCorrection> Corrections);

internal sealed record PeriodCorrection(DateTimeOffset At, HallEvent.LedgerCorrected Entry);

internal abstract record OfficeAnswer
{
    private OfficeAnswer() { }

    public sealed record Done : OfficeAnswer;

    public sealed record Refused(Rejection Reason) : OfficeAnswer;

    /// <summary>Whoever was asked does not answer now: nothing was written.</summary>
    public sealed record Away : OfficeAnswer;
}
