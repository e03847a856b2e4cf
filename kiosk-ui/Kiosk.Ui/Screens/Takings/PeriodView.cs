using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;

namespace Kiosk.Ui.Screens.Takings;

/// <summary>A closed settlement period.</summary>
public sealed record PeriodView(
    int Number,
    DateTimeOffset At,
    string By,
    Money Difference,
    string Reason,
    IReadOnlyList<SettlementLine> Lines,
    IReadOnlyList<PaymentCase> OpenCases,
    IReadOnlyList<HallEvent.CashCounted> Counts,
    IReadOnlyList<(DateTimeOffset At, HallEvent.LedgerCorrected Entry)> Corrections);
