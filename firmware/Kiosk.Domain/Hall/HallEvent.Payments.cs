using Kiosk.Domain.Payments;

namespace Kiosk.Domain.Hall;

/// <summary>Facts about money: the ledger. They outlive the business day, stay in the journal for ever and are chained by their hashes.</summary>
public abstract partial record HallEvent
{
    public abstract record LedgerEntry : HallEvent;

    /// <summary>A customer has confirmed biller, bill, amount and way to pay.</summary>
    /// <param name="Bill">The biller's reference of the bill; it stands for the account, which is nowhere in the journal.</param>
    /// <param name="Account">Masked: <c>•••• 5678</c>.</param>
    /// <param name="Name">Masked.</param>
    public sealed record PaymentBegun(
        PaymentId Payment, string Biller, string Bill, string Account, string Name, Money Due, Money Amount, PayMeans Means, string Language) : LedgerEntry;

    /// <summary>Written before the first byte of an authorisation.</summary>
    /// <param name="Before">The newest receipt of the card terminal known before it, or null.</param>
    /// <param name="TerminalId">Of the card terminal, where it tells it.</param>
    public sealed record CardSending(PaymentId Payment, Money Amount, int? Before, string? TerminalId = null) : LedgerEntry;

    /// <summary>The terminal holds an authorised payment; its posting is queued by the next entry.</summary>
    public sealed record CardAuthorised(PaymentId Payment, CardFacts Card) : LedgerEntry;

    public sealed record CardCommitting(PaymentId Payment) : LedgerEntry;

    public sealed record CardReversing(PaymentId Payment, string Why) : LedgerEntry;

    /// <summary>Accepts the amount.</summary>
    public sealed record CardPaid(PaymentId Payment, CardFacts Card, Money Amount) : LedgerEntry;

    /// <param name="Reason"><c>NotReady</c>, <c>Refused</c>, <c>Declined</c>, <c>Aborted</c>, <c>TimedOut</c>, <c>Settled</c> (found out later).</param>
    /// <param name="Code">The terminal's own, or empty.</param>
    public sealed record CardNotPaid(PaymentId Payment, string Reason, string Code) : LedgerEntry;

    public sealed record CardReversed(PaymentId Payment) : LedgerEntry;

    /// <summary>Nobody knows yet whether the card was charged. No other card payment until it is settled.</summary>
    public sealed record CardUnknown(PaymentId Payment, string Why) : LedgerEntry;

    /// <summary>Lines that the terminal wants printed, masked.</summary>
    /// <param name="Kind"><c>merchant</c> or <c>customer</c>.</param>
    public sealed record CardLines(PaymentId Payment, string Kind, IReadOnlyList<string> Lines) : LedgerEntry;

    /// <summary>A note waits in escrow.</summary>
    /// <param name="Payment">Null: none is under way.</param>
    public sealed record CashEscrowed(PaymentId? Payment, string Device, Money Value) : LedgerEntry;

    /// <summary>Written before the order to stack.</summary>
    public sealed record CashStacking(PaymentId Payment, string Device, Money Value) : LedgerEntry;

    /// <param name="Why"><c>no-payment</c>, <c>not-accepted</c>, <c>too-much</c>.</param>
    public sealed record CashReturning(PaymentId? Payment, string Device, Money Value, string Why) : LedgerEntry;

    /// <summary>Accepts the value: it is in the box.</summary>
    /// <param name="Payment">Null: money that belongs to no payment; a case follows.</param>
    /// <param name="Mark">The device's name of the credit: counts it once.</param>
    /// <param name="Batch">Of the cash box.</param>
    public sealed record CashCredited(PaymentId? Payment, string Device, Money Value, string Mark, int Batch) : LedgerEntry;

    /// <summary>Where the device's own counting stands, without a credit.</summary>
    public sealed record CashMarked(string Device, string Mark) : LedgerEntry;

    public sealed record CashReturned(PaymentId? Payment, string Device, Money Value) : LedgerEntry;

    /// <summary>May be in the box or not; a case follows.</summary>
    /// <param name="Value">Null: not even the value is known.</param>
    public sealed record CashInDoubt(PaymentId? Payment, string Device, Money? Value, string Why) : LedgerEntry;

    /// <summary>Closes a cash batch at the device.</summary>
    public sealed record CashBoxRemoved(string Device, int Batch) : LedgerEntry;

    /// <summary>Opens the next one.</summary>
    public sealed record CashBoxInserted(string Device, int Batch) : LedgerEntry;

    /// <summary>To be credited by the biller: at least once, known by the payment's id, in order.</summary>
    public sealed record PostingQueued(PaymentId Payment, Money Amount) : LedgerEntry;

    /// <summary>Written before the first byte to the biller.</summary>
    public sealed record PostingSending(PaymentId Payment) : LedgerEntry;

    /// <summary>Credits the amount.</summary>
    /// <param name="Number">The biller's own.</param>
    public sealed record PostingConfirmed(PaymentId Payment, Money Amount, string Number) : LedgerEntry;

    public sealed record PostingRefused(PaymentId Payment, Money Amount, string Reason) : LedgerEntry;

    /// <summary>The money was not taken after all: the biller is to forget the posting, whether it has it or not.</summary>
    public sealed record PostingWithdrawing(PaymentId Payment) : LedgerEntry;

    public sealed record PostingWithdrawn(PaymentId Payment) : LedgerEntry;

    /// <summary>The customer's part is over and the terminal free for the next one.</summary>
    /// <param name="Why">Of <see cref="PaymentEnd.Stopped"/>: <c>cancelled</c>, <c>timed-out</c>, <c>restart</c>, <c>acceptor-away</c>; else empty.</param>
    public sealed record PaymentEnded(PaymentId Payment, PaymentEnd End, string Why) : LedgerEntry;

    /// <summary>Something that people must look into. What is printed for the customer bears its number.</summary>
    /// <param name="Amount">Money accepted that is neither credited nor returned; below zero: credited, but never accepted.</param>
    /// <param name="InDoubt">Money that may have been accepted on top.</param>
    /// <param name="Detail">For staff, in English.</param>
    public sealed record CaseOpened(int Case, CaseKind Kind, PaymentId? Payment, string? Device, Money Amount, Money InDoubt, string Detail) : LedgerEntry;

    /// <summary>The first of two people has said how it is to be settled.</summary>
    /// <param name="Found">Value of a note that neither device nor ledger knew.</param>
    public sealed record CaseProposed(int Case, CaseOutcome Outcome, string Reason, string By, Money? Found = null) : LedgerEntry;

    /// <param name="Accepted">Money in doubt that turned out to be there.</param>
    public sealed record CaseSettled(int Case, CaseOutcome Outcome, string Reason, string By, Money Accepted, Money Credited, Money Returned) : LedgerEntry;

    /// <param name="Case">Of a claim slip.</param>
    public sealed record ReceiptIssued(int Receipt, ReceiptKind Kind, PaymentId? Payment, Money Amount, int? Case) : LedgerEntry;

    /// <summary>It keeps its number.</summary>
    public sealed record ReceiptVoided(int Receipt, string Reason, string By) : LedgerEntry;

    /// <summary>A receipt on its way to paper.</summary>
    /// <param name="Copy">0: the original; 1 and up are marked COPY.</param>
    public sealed record ReceiptPrinting(int Receipt, int Copy, SlipPhase Phase, string? Fault = null) : LedgerEntry;

    /// <summary>The content of a cash box, counted by hand before the ledger's figure was shown.</summary>
    /// <param name="Box">Number or seal of the box.</param>
    public sealed record CashCounted(
        string Device, int Batch, string Box, IReadOnlyList<CashPile> Piles, Money Total, Money Expected, string By) : LedgerEntry;

    /// <summary>The card terminal's end of day.</summary>
    public sealed record CardTotalsTaken(int Count, Money Total, int FirstReceipt, int LastReceipt) : LedgerEntry;

    /// <summary>What a biller says it has confirmed in the period.</summary>
    public sealed record BillerStated(string Biller, int Count, Money Total) : LedgerEntry;

    public sealed record CashDeposited(string Slip, Money Amount, string By) : LedgerEntry;

    /// <summary>A settlement period is closed, never to be opened again.</summary>
    /// <param name="Reason">Of the differences; empty where there are none.</param>
    /// <param name="By">Who signs.</param>
    /// <param name="Forward">What is brought forward: reading the ledger may begin here.</param>
    public sealed record PeriodClosed(int Period, IReadOnlyList<SettlementLine> Lines, Money Difference, string Reason, string By, BroughtForward Forward) : LedgerEntry;

    /// <summary>A mistake of a closed period is put right in the present one.</summary>
    /// <param name="Account"><c>cash</c>, <c>card</c>, <c>biller</c>, <c>bank</c>.</param>
    public sealed record LedgerCorrected(int Period, string Account, Money Amount, string Reason, string By) : LedgerEntry;
}
