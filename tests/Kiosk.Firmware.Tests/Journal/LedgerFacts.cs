using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Tests.Journal;

/// <summary>One of each entry of the ledger, with every member set.</summary>
internal static class LedgerFacts
{
    private static readonly PaymentId Id = new("7q2m9k4xwabc");
    private static readonly DateTimeOffset At = new(2026, 1, 5, 2, 30, 0, TimeSpan.Zero);
    private static readonly CardFacts Card = new("12345678", 17, 22, "•••• 1234", "UnionPay", "A1B2C3");

    private static readonly Payment Open = new(Id, "mobile", "b-77", "•••• 5678", "王*明", Yuan(50), Yuan(50), PayMeans.Card, "zh-CN", At, 4)
    {
        CardPhase = CardPhase.Unknown,
        CardTotalled = 4,
        CardBefore = 16,
        Card = Card,
        CustomerLines = ["PAID"],
        MerchantLines = ["COPY"],
        CardTrouble = "link lost",
        Accepted = Yuan(0),
        Credited = Yuan(0),
        Returned = Yuan(0),
        InCases = Yuan(0),
        Overpaid = Yuan(0),
        Posting = PostingPhase.Queued,
        ToPost = Yuan(50),
        PostingOrder = 9,
        BillerNumber = "N-1",
        End = PaymentEnd.Case,
        EndedAt = At,
        Receipt = 40,
        Claim = 41,
    };

    public static HallEvent[] All =>
    [
        new PaymentBegun(Id, "mobile", "b-77", "•••• 5678", "王*明", Yuan(50), Yuan(100), PayMeans.Cash, "zh-CN"),
        new CardSending(Id, Yuan(50), 16), new CardAuthorised(Id, Card), new CardCommitting(Id), new CardReversing(Id, "no answer"), new CardPaid(Id, Card, Yuan(50)),
        new CardNotPaid(Id, "Declined", "6C"), new CardReversed(Id), new CardUnknown(Id, "link lost"), new CardLines(Id, "customer", ["PAID", "50.00"]),
        new CashEscrowed(Id, "notes", Yuan(20)), new CashStacking(Id, "notes", Yuan(20)), new CashReturning(null, "notes", Yuan(20), "no-payment"),
        new CashCredited(Id, "notes", Yuan(20), "1/7", 3), new CashReturned(Id, "notes", Yuan(20)), new CashInDoubt(Id, "notes", null, "jam"),
        new CashBoxRemoved("notes", 3), new CashBoxInserted("notes", 4),
        new PostingQueued(Id, Yuan(50)), new PostingSending(Id), new PostingConfirmed(Id, Yuan(50), "N-1"), new PostingRefused(Id, Yuan(50), "account-closed"),
        new PostingWithdrawing(Id), new PostingWithdrawn(Id), new PaymentEnded(Id, PaymentEnd.Stopped, "timed-out"),
        new CaseOpened(7, CaseKind.CardUnknown, Id, "card-terminal", Yuan(0), Yuan(50), "link lost"), new CaseProposed(7, CaseOutcome.Refunded, "bank says so", "li.wei"),
        new CaseProposed(7, CaseOutcome.Refunded, "found in the box", "li.wei", Yuan(10)),
        new CaseSettled(7, CaseOutcome.Refunded, "bank says so", "wang.fang", Yuan(50), Yuan(0), Yuan(50)),
        new ReceiptIssued(41, ReceiptKind.Claim, Id, Yuan(50), 7), new ReceiptVoided(40, "misprint", "li.wei"), new ReceiptPrinting(41, 1, SlipPhase.Halted, "OutOfPaper"),
        new CashCounted("notes", 3, "BX-9", [new(2000, 1), new(10000, 2)], Yuan(220), Yuan(240), "li.wei"), new CardTotalsTaken(3, Yuan(150), 14, 17),
        new BillerStated("mobile", 3, Yuan(150)), new CashDeposited("D-88", Yuan(220), "li.wei"),
        new PeriodClosed(4, [new("cash", Yuan(240), null, Yuan(220), null, Yuan(0)), new("card", Yuan(100), 2, Yuan(150), 3, Yuan(50))], Yuan(-20), "one note short", "wang.fang", new(
            41, 7, 9, 17, [Open], [new(7, CaseKind.CardUnknown, Id, "card-terminal", Yuan(0), Yuan(50), "link lost", At) { Biller = "mobile", Proposal = new(CaseOutcome.Credited, "seen", "li.wei", At, Yuan(10)) }],
            [new("notes", 4, "1/7", Yuan(20), [new(2000, 1)]) { StackingFor = Id, Marks = ["1/7", "1/6"], Out = true, Removed = [new(3, [new(10000, 2)])], Doubts = [new(6, 4, 2000, false)] }],
            [new(41, ReceiptKind.Claim, Id, Yuan(50), 7, At, 0, SlipPhase.Queued) { Fault = "OutOfPaper", VoidReason = "misprint", Of = Open }],
            new(2, Yuan(80)), Yuan(220))),
        new CashMarked("notes", "1/8"), new CardSending(Id, Yuan(50), 16, "12345678"), new LedgerCorrected(3, "cash", Yuan(20), "note found behind the box", "wang.fang"),
    ];

    private static Money Yuan(long yuan) => new(yuan * 100, "CNY");
}
