using Kiosk.Domain.Payments;

namespace Kiosk.Domain.Hall;

/// <summary>What customers, devices, billers and staff ask of the ledger.</summary>
public abstract partial record HallCommand
{
    public abstract record LedgerCommand : HallCommand;

    /// <param name="Id">Drawn by the caller, so that the rules stay pure.</param>
    /// <param name="Amount">What is to be paid: exactly, by card; at least, in cash.</param>
    public sealed record BeginPayment(
        PaymentId Id, string Biller, string Bill, string Account, string Name, Money Due, Money Amount, PayMeans Means, string Language) : LedgerCommand;

    /// <summary>The authorisation is about to be sent.</summary>
    public sealed record SendCard(PaymentId Id, string? TerminalId = null) : LedgerCommand;

    public sealed record ReportAuthorised(PaymentId Id, CardFacts Card) : LedgerCommand;

    /// <summary>What is to become of an authorised payment.</summary>
    public sealed record DecideCard(PaymentId Id, bool Commit, string Why) : LedgerCommand;

    public sealed record ReportCardPaid(PaymentId Id, CardFacts Card) : LedgerCommand;

    public sealed record ReportCardNotPaid(PaymentId Id, string Reason, string Code) : LedgerCommand;

    public sealed record ReportCardReversed(PaymentId Id) : LedgerCommand;

    public sealed record ReportCardUnknown(PaymentId Id, string Why) : LedgerCommand;

    /// <summary>Asking did not help: people must look.</summary>
    public sealed record OpenCardCase(PaymentId Id, string Why) : LedgerCommand;

    public sealed record KeepCardLines(PaymentId Id, string Kind, IReadOnlyList<string> Lines) : LedgerCommand;

    /// <summary>A note waits: stack it or give it back.</summary>
    public sealed record EscrowCash(string Device, Money Value) : LedgerCommand;

    public sealed record CreditCash(string Device, Money Value, string Mark) : LedgerCommand;

    public sealed record MarkCash(string Device, string Mark) : LedgerCommand;

    public sealed record ReturnCash(string Device, Money Value) : LedgerCommand;

    public sealed record DoubtCash(string Device, Money? Value, string Why) : LedgerCommand;

    public sealed record RemoveCashBox(string Device) : LedgerCommand;

    public sealed record InsertCashBox(string Device) : LedgerCommand;

    /// <summary>The customer has put in what they want to pay.</summary>
    public sealed record FinishCash(PaymentId Id) : LedgerCommand;

    /// <summary>The customer does not want any more, or is gone.</summary>
    /// <param name="Why"><c>cancelled</c>, <c>timed-out</c>, <c>restart</c>, <c>acceptor-away</c> (with a note in its hands).</param>
    public sealed record StopPayment(PaymentId Id, string Why) : LedgerCommand;

    public sealed record SendPosting(PaymentId Id) : LedgerCommand;

    public sealed record ConfirmPosting(PaymentId Id, string Number) : LedgerCommand;

    public sealed record RefusePosting(PaymentId Id, string Reason) : LedgerCommand;

    /// <summary>The biller has forgotten the posting, or says that it is too late for that.</summary>
    /// <param name="Number">The biller's own, where it keeps the credit.</param>
    public sealed record EndWithdrawal(PaymentId Id, bool Forgotten, string Number = "") : LedgerCommand;

    /// <summary>The biller has not answered in time: the customer gets the receipt, and it says so.</summary>
    public sealed record PostLater(PaymentId Id) : LedgerCommand;

    /// <summary>The original where there was none, else a COPY.</summary>
    public sealed record PrintReceipt(int Receipt) : LedgerCommand;

    public sealed record SendReceipt(int Receipt, int Copy) : LedgerCommand;

    public sealed record ReportReceipt(int Receipt, int Copy, SlipReport Report, string? Fault = null) : LedgerCommand;

    public sealed record VoidReceipt(int Receipt, string Reason, string By) : LedgerCommand;

    /// <param name="Found">What a note was that is <see cref="CaseKind.CashInDoubt"/> without a value; else null.</param>
    public sealed record SettleCase(int Case, CaseOutcome Outcome, string Reason, string By, Money? Found = null) : LedgerCommand;

    /// <param name="Box">Number or seal of the box.</param>
    /// <param name="Piles">Every denomination that was found.</param>
    public sealed record CountCash(string Device, string Box, IReadOnlyList<CashPile> Piles, string By) : LedgerCommand;

    public sealed record TakeCardTotals(int Count, Money Total, int FirstReceipt, int LastReceipt) : LedgerCommand;

    public sealed record StateBiller(string Biller, int Count, Money Total) : LedgerCommand;

    public sealed record DepositCash(string Slip, Money Amount, string By) : LedgerCommand;

    /// <param name="Without">Sources that cannot be had and are left out on purpose: <c>card</c>, <c>biller</c>, <c>bank</c>.</param>
    public sealed record ClosePeriod(string Reason, string By, IReadOnlyList<string> Without) : LedgerCommand;

    public sealed record CorrectLedger(int Period, string Account, Money Amount, string Reason, string By) : LedgerCommand;
}
