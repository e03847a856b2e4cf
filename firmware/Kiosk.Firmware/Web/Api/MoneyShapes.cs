using System.Text.Json.Serialization;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Amounts are whole numbers of the currency's smallest unit.</summary>
/// <param name="State"><c>under-way</c>, or how it ended: <c>paid</c>, <c>not-paid</c>, <c>stopped</c>, <c>case</c>.</param>
/// <param name="Posting"><c>none</c>, <c>queued</c>, <c>sending</c>, <c>confirmed</c>, <c>refused</c>, <c>withdrawing</c>, <c>withdrawn</c>.</param>
/// <param name="Account">Masked, as the name.</param>
internal sealed record PaymentShape(
    string Id, string Biller, string Account, string Name, string Means, long Amount, long Accepted, long Credited, long Returned, long InCases,
    string State, string CardPhase, string Posting, string? BillerNumber, string? Receipt, string? Claim, DateTimeOffset BegunAt, DateTimeOffset? EndedAt)
{
    public static PaymentShape Of(LedgerState ledger, Payment payment) => new(
        payment.Id.Value, payment.Biller, payment.Account, payment.Name, payment.Means == PayMeans.Card ? "card" : "cash", payment.Amount.Minor, payment.Accepted.Minor, payment.Credited.Minor,
        payment.Returned.Minor, payment.InCases.Minor, payment.End is { } end ? TicketShape.Kebab(end) : "under-way", TicketShape.Kebab(payment.CardPhase), TicketShape.Kebab(payment.Posting),
        payment.BillerNumber, payment.Receipt is { } receipt ? ledger.ReceiptName(receipt) : null, payment.Claim is { } claim ? ledger.ReceiptName(claim) : null, payment.BegunAt, payment.EndedAt);
}

internal sealed record PaymentsShape(string Terminal, string Currency, int Period, bool CardLocked, IReadOnlyList<PaymentShape> Payments);

/// <param name="Outcomes">How it can be settled.</param>
/// <param name="Proposed">What the first of two people said, or null.</param>
internal sealed record CaseShape(
    int Number, string Name, string Kind, long Amount, long InDoubt, string? Payment, string? Device, string Detail, DateTimeOffset OpenedAt, bool NeedsTwo, IReadOnlyList<string> Outcomes, ProposalShape? Proposed)
{
    public static CaseShape Of(LedgerState ledger, PaymentCase one) => new(
        one.Number, ledger.CaseName(one.Number), TicketShape.Kebab(one.Kind), one.Amount.Minor, one.InDoubt.Minor, one.Payment?.Value, one.Device, one.Detail, one.OpenedAt, CaseRules.NeedsTwo(ledger, one),
        [.. Enum.GetValues<CaseOutcome>().Where(outcome => CaseRules.Possible(one, outcome)).Select(outcome => TicketShape.Kebab(outcome))],
        one.Proposal is { } proposal ? new(TicketShape.Kebab(proposal.Outcome), proposal.Reason, proposal.By, proposal.At) : null);
}

internal sealed record ProposalShape(string Outcome, string Reason, string By, DateTimeOffset At);

internal sealed record CasesShape(string Currency, IReadOnlyList<CaseShape> Cases);

/// <param name="Copy">0: the original.</param>
/// <param name="Slip">Null: not sent to paper.</param>
internal sealed record ReceiptShape(int Number, string Name, string Kind, long Amount, string? Payment, string? Case, DateTimeOffset At, int Copy, string? Slip, string? Void)
{
    public static ReceiptShape Of(LedgerState ledger, Receipt receipt) => new(
        receipt.Number, ledger.ReceiptName(receipt.Number), TicketShape.Kebab(receipt.Kind), receipt.Amount.Minor, receipt.Payment?.Value, receipt.Case is { } one ? ledger.CaseName(one) : null,
        receipt.At, receipt.Copy, receipt.Phase is { } phase ? TicketShape.Kebab(phase) : null, receipt.VoidReason);
}

internal sealed record ReceiptsShape(string Currency, IReadOnlyList<ReceiptShape> Receipts);

/// <param name="Other">What was counted or told; null: nobody said.</param>
internal sealed record SettlementLineShape(string Line, long Ledger, int? LedgerCount, long? Other, int? OtherCount, long? Difference, long Explained, bool Agrees)
{
    public static SettlementLineShape Of(SettlementLine line) =>
        new(line.Line, line.Ledger.Minor, line.LedgerCount, line.Other?.Minor, line.OtherCount, line.Difference?.Minor, line.Explained.Minor, line.Agrees);
}

/// <summary>Opening + accepted = credited + returned + under way + in cases.</summary>
internal sealed record SettlementShape(
    string Terminal, string Currency, int Period, long Opening, long Accepted, long Credited, long Returned, long UnderWay, long InCases, long Unexplained, IReadOnlyList<SettlementLineShape> Lines)
{
    public static SettlementShape Of(LedgerState ledger)
    {
        var (totals, lines) = (ledger.Totals, Settlement.Lines(ledger));
        return new(
            ledger.Site.Terminal, ledger.Currency, ledger.Period, totals.Opening.Minor, totals.Accepted.Minor, totals.Credited.Minor, totals.Returned.Minor, ledger.UnderWay.Minor, ledger.InCases.Minor,
            Settlement.Unexplained(lines, ledger.Zero).Minor, [.. lines.Select(SettlementLineShape.Of)]);
    }
}

internal sealed record PeriodShape(int Period, DateTimeOffset ClosedAt, string By, string Reason, string Currency, long Difference, IReadOnlyList<SettlementLineShape> Lines, IReadOnlyList<CorrectionShape> Corrections)
{
    public static PeriodShape Of(ClosedPeriod closed) => new(
        closed.Entry.Period, closed.At, closed.Entry.By, closed.Entry.Reason, closed.Entry.Difference.Currency, closed.Entry.Difference.Minor, [.. closed.Entry.Lines.Select(SettlementLineShape.Of)],
        [.. closed.Corrections.Select(made => new CorrectionShape(made.At, made.Entry.Account, made.Entry.Amount.Minor, made.Entry.Reason, made.Entry.By))]);
}

internal sealed record CorrectionShape(DateTimeOffset At, string Account, long Amount, string Reason, string By);

internal sealed record PeriodsShape(IReadOnlyList<PeriodShape> Periods);

/// <summary>Told only after the count was written down.</summary>
internal sealed record CountShape(string Device, int Batch, string Box, long Counted, long Expected, long Difference);

internal sealed record MoneyDone(string Done);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PaymentsShape))]
[JsonSerializable(typeof(CasesShape))]
[JsonSerializable(typeof(ReceiptsShape))]
[JsonSerializable(typeof(SettlementShape))]
[JsonSerializable(typeof(PeriodsShape))]
[JsonSerializable(typeof(PeriodShape))]
[JsonSerializable(typeof(CountShape))]
[JsonSerializable(typeof(MoneyDone))]
internal sealed partial class MoneyJson : JsonSerializerContext
{
    /// <summary>Names in Chinese as themselves.</summary>
    public static MoneyJson Wire { get; } = new(new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
