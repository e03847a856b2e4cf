using FsCheck;
using FsCheck.Fluent;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Tests.Payments.Tills;

namespace Kiosk.Domain.Tests.Payments;

/// <summary>Something that somebody does at a terminal; what it is about is chosen when it is done, so that most moves mean something.</summary>
/// <param name="Make">The command; null: the power goes and comes back. The number is the move's.</param>
internal sealed record Move(string Name, Func<LedgerState, int, LedgerCommand?> Make)
{
    public override string ToString() => Name;
}

/// <summary>Every command of the ledger, sensible and not.</summary>
internal static class Moves
{
    private static readonly Gen<int> Which = Gen.Choose(0, 9);
    private static readonly Gen<string> Device = Gen.Frequency((8, Gen.Constant(Notes)), (3, Gen.Constant(Coins)), (1, Gen.Constant("unknown")));
    private static readonly Gen<string> Staff = Gen.Elements("li.wei", "wang.fang", "zhao");
    private static readonly Gen<string> Why = Gen.Frequency((6, Gen.Constant("seen with our own eyes")), (1, Gen.Constant(" ")));
    private static readonly Gen<Money> Note = Gen.Frequency((12, Gen.Elements(1L, 5, 10, 20, 50, 100).Select(Yuan)), (1, Gen.Elements(Yuan(0), Yuan(-5), Yuan(3), new Money(500, "EUR"))));
    private static readonly Gen<Money> Sum = Gen.Frequency((8, Gen.Choose(1, 600).Select(yuan => Yuan(yuan))), (1, Gen.Elements(Yuan(0), Yuan(-1), new Money(long.MaxValue, "CNY"), new Money(500, "EUR"))));
    private static readonly Gen<Money?> MaybeNote = Note.Select(note => note.Minor == 100 ? null : (Money?)note);

    public static Gen<Move> Any { get; } = Gen.Frequency(
        (14, Customer()), (30, CardTerminal()), (34, Acceptors()), (26, Biller()), (14, Paper()), (16, Auditors()), (2, Gen.Constant(new Move("power cut", (_, _) => null))));

    private static Gen<Move> Customer() => Gen.Frequency(
        (8, from cash in Gen.Elements(true, false) from yuan in Gen.Choose(0, 320) from power in Gen.Elements(true, false) from old in Which
            select Does("begin", (ledger, n) => new BeginPayment(
                old == 0 && ledger.Recent is [var ended, ..] ? ended.Id : new($"p{n:00000000000}"), power ? Power : Mobile, "b-1", "•••• 5678", "王*明", Yuan(yuan), Yuan(yuan), cash ? PayMeans.Cash : PayMeans.Card, "en"))),
        (3, Of("finish", id => new FinishCash(id))),
        (1, from why in Gen.Elements("cancelled", "timed-out", "restart") from which in Which select Does("stop", (ledger, _) => new StopPayment(Some(ledger, which), why))));

    private static Gen<Move> CardTerminal() => Gen.Frequency(
        (6, Of("send", id => new SendCard(id))),
        (5, Of("authorised", id => new ReportAuthorised(id, Card))),
        (3, Of("commit", id => new DecideCard(id, true, ""))),
        (1, Of("reverse", id => new DecideCard(id, false, "no answer"))),
        (3, Of("paid", id => new ReportCardPaid(id, Card))),
        (1, Of("not paid", id => new ReportCardNotPaid(id, "Declined", "6C"))),
        (1, Of("reversed", id => new ReportCardReversed(id))),
        (2, Of("unknown", id => new ReportCardUnknown(id, "link lost"))),
        (2, Of("case", id => new OpenCardCase(id, "no answer"))),
        (1, Of("lines", id => new KeepCardLines(id, "merchant", ["PAID"]))),
        (1, from count in Gen.Choose(-1, 3) from sum in Sum select Does("end of day", (_, _) => new TakeCardTotals(count, sum, 1, 9))));

    private static Gen<Move> Acceptors() => Gen.Frequency(
        (10, from device in Device from note in Note select Does("escrow", (_, _) => new EscrowCash(device, note))),
        (10, from device in Device from note in Note from again in Which select Does("credit", (ledger, n) => new CreditCash(
            device, again == 1 ? note : ledger.Box(device).Stacking ?? note, again == 0 ? ledger.Box(device).Marks is [.., var last] ? last : "m" : $"m{n}"))),
        (1, from device in Device from note in Note select Does("return", (_, _) => new ReturnCash(device, note))),
        (1, from device in Device from note in MaybeNote select Does("doubt", (_, _) => new DoubtCash(device, note, "jam"))),
        (1, Device.Select(device => Does("mark", (_, n) => new MarkCash(device, $"k{n}")))),
        (1, Device.Select(device => Does("box out", (_, _) => new RemoveCashBox(device)))),
        (1, Device.Select(device => Does("box in", (_, _) => new InsertCashBox(device)))));

    private static Gen<Move> Biller() => Gen.Frequency(
        (5, Of("post", id => new SendPosting(id))),
        (4, Of("confirm", id => new ConfirmPosting(id, "N-1"))),
        (1, Of("refuse", id => new RefusePosting(id, "account-closed"))),
        (1, Of("forgotten", id => new EndWithdrawal(id, true))),
        (2, Of("kept", id => new EndWithdrawal(id, false, "N-2"))),
        (2, Of("later", id => new HallCommand.PostLater(id))));

    private static Gen<Move> Paper() => Gen.Frequency(
        (4, from back in Which select Does("print", (ledger, _) => new PrintReceipt(ledger.LastReceipt - back))),
        (4, from back in Which select Does("send paper", (ledger, _) => Slip(ledger, back) is var slip ? new SendReceipt(slip.Number, slip.Copy) : null)),
        (4, from back in Which from report in Gen.Elements(Enum.GetValues<SlipReport>())
            select Does("paper", (ledger, _) => Slip(ledger, back) is var slip ? new ReportReceipt(slip.Number, slip.Copy, report, "OutOfPaper") : null)),
        (1, from back in Which from why in Why from who in Staff select Does("void", (ledger, _) => new VoidReceipt(ledger.LastReceipt - back, why, who))));

    private static Gen<Move> Auditors() => Gen.Frequency(
        (8, from which in Which from outcome in Gen.Elements(Enum.GetValues<CaseOutcome>()) from why in Why from who in Staff from found in MaybeNote from note in Which
            select Does("settle", (ledger, _) => new SettleCase(Case(ledger, which), Fitting(ledger, Case(ledger, which), outcome, note), why, who, note > 6 ? found : null))),
        (5, from device in Device from piles in Gen.Choose(0, 4) from wrong in Which from who in Staff select Does("count", (ledger, _) => new CountCash(device, "BX", Piles(ledger.Box(device), piles, wrong), who))),
        (2, from who in Staff from which in Which from sum in Sum select Does("biller states", (ledger, _) => which == 0
            ? new StateBiller("unknown", 1, sum)
            : new StateBiller(which < 6 ? Mobile : Power, which, which == 1 ? sum : ledger.Totals.Confirmed.GetValueOrDefault(which < 6 ? Mobile : Power, new(0, ledger.Zero)).Total))),
        (2, from sum in Sum from who in Staff from exact in Which select Does("deposit", (ledger, _) => new DepositCash("D-1", exact > 3 ? ledger.Totals.CashCounted : sum, who))),
        (3, from why in Why from who in Staff from without in Gen.Elements<IReadOnlyList<string>>([], ["card"], ["biller"], ["bank"], ["card", "biller", "bank"])
            select Does("close", (_, _) => new ClosePeriod(why, who, without))),
        (1, from period in Gen.Choose(0, 3) from sum in Sum from why in Why from who in Staff select Does("correct", (_, _) => new CorrectLedger(period, "cash", sum, why, who))));

    private static Gen<Move> Of(string name, Func<PaymentId, LedgerCommand> command) => Which.Select(which => Does(name, (ledger, _) => command(Some(ledger, which))));

    private static Move Does(string name, Func<LedgerState, int, LedgerCommand?> make) => new(name, make);

    /// <summary>Mostly the payment at the terminal, else another one, or one that nobody knows.</summary>
    private static PaymentId Some(LedgerState ledger, int which)
    {
        if (which == 0) return new("nobody");
        var known = ledger.Payments.Keys.OrderBy(id => id.Value, StringComparer.Ordinal).Concat(ledger.Recent.Take(1).Select(payment => payment.Id)).ToList();
        return which < 7 && ledger.Current is { } current ? current : known.Count == 0 ? new("nobody") : known[which % known.Count];
    }

    private static int Case(LedgerState ledger, int which) => ledger.Cases.Count == 0 || which == 0 ? which : ledger.Cases.Keys.ElementAt(which % ledger.Cases.Count);

    // Credit without money is rare, and one outcome in four would settle it.
    private static CaseOutcome Fitting(LedgerState ledger, int number, CaseOutcome outcome, int chance) =>
        chance < 5 && ledger.Cases.GetValueOrDefault(number)?.Amount.Minor < 0 ? CaseOutcome.TakenBack : outcome;

    private static (int Number, int Copy) Slip(LedgerState ledger, int back)
    {
        var slips = ledger.Receipts.Values.Where(receipt => receipt.Phase is SlipPhase.Queued or SlipPhase.Sending or SlipPhase.Halted).ToList();
        return slips.Count == 0 ? (back, 0) : (slips[back % slips.Count].Number, slips[back % slips.Count].Copy);
    }

    /// <summary>What is in the box that is counted next, or something else.</summary>
    private static IReadOnlyList<CashPile> Piles(CashBox box, int more, int wrong) => wrong switch
    {
        0 => [new(10_000, more), new(10_000, 1)],
        1 => [new(3, more)],
        2 => [new(10_000, more)],
        3 => [new(10_000, -1)],
        _ => box.Removed.FirstOrDefault(batch => batch.Content.Count > 0)?.Content ?? (box.Removed.Count > 0 ? [] : box.Content),
    };
}
