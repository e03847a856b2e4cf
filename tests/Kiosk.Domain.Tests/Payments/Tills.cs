using System.Collections.Immutable;
using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests.Payments;

/// <summary>A terminal to try the rules of money on: two billers, a card terminal, an acceptor of notes and one of coins.</summary>
internal static class Tills
{
    public const string Notes = "notes", Coins = "coins", Mobile = "mobile", Power = "power";

    public static readonly CardFacts Card = new("12345678", 17, 22, "•••• 1234", "UnionPay", "A1B2C3");

    public static PaymentsProfile Site(bool postLater = false, Overpaid overpaid = Overpaid.Credit) => new(
        "T1", "CNY", [Biller(Mobile), Biller(Power)], new CardProfile("card-terminal", postLater),
        new CashProfile([Notes, Coins], [100, 500, 1000, 2000, 5000, 10_000], 50_000, overpaid));

    public static Money Yuan(long yuan) => new(yuan * 100, "CNY");

    /// <summary>Everything of a ledger but its profile, to compare two of them.</summary>
    public static string Text(LedgerState ledger) => JsonSerializer.Serialize(new
    {
        ledger.Period,
        ledger.Totals,
        Current = ledger.Current?.Value,
        Payments = ledger.Payments.Values.OrderBy(payment => payment.Id.Value, StringComparer.Ordinal),
        Cases = ledger.Cases.Values,
        Boxes = ledger.Boxes.Values,
        Receipts = ledger.Receipts.Values,
        ledger.LastReceipt,
        ledger.LastCase,
        ledger.LastPosting,
        ledger.CardReceipt,
        ledger.Unowned,
        ledger.Recent,
    });

    private static BillerProfile Biller(string id) => new(
        id, Texts.Of(("en", id)), new Uri("emulated:"), new AccountProfile(Texts.Of(("en", "Number")), [11]), new BillerAccess.Emulated());
}

/// <summary>A ledger that is told what happens, one command a minute.</summary>
internal sealed class Till(PaymentsProfile? site = null)
{
    private int _payments, _marks;

    public LedgerState State { get; private set; } = LedgerState.For(site ?? Tills.Site());

    public DateTimeOffset Now { get; private set; } = Halls.Opening;

    public List<(LedgerEntry Fact, DateTimeOffset At)> Journal { get; } = [];

    public IEnumerable<LedgerEntry> Facts => Journal.Select(entry => entry.Fact);

    /// <summary>Of the last command.</summary>
    public IReadOnlyList<LedgerEntry> News { get; private set; } = [];

    public Rejection? Refused { get; private set; }

    public Till Do(params IEnumerable<LedgerCommand> commands)
    {
        foreach (var command in commands)
        {
            Now += TimeSpan.FromMinutes(1);
            var decision = LedgerDecider.Decide(State, command);
            Refused = decision.Rejection;
            News = [.. decision.Events.Cast<LedgerEntry>()];
            foreach (var fact in News)
            {
                State = LedgerFold.Evolve(State, fact, Now);
                Journal.Add((fact, Now));
                Adds(fact);
            }
        }

        return this;
    }

    /// <summary>Expects that the command is accepted.</summary>
    public Till Must(params IEnumerable<LedgerCommand> commands)
    {
        foreach (var command in commands)
        {
            Do(command);
            Assert.True(Refused is null, $"{command} was refused: {Refused}");
        }

        return this;
    }

    public PaymentId Begin(PayMeans means, long yuan, string biller = Tills.Mobile)
    {
        var id = new PaymentId($"p{++_payments:00000000000}");
        Must(new BeginPayment(id, biller, "b-1", "•••• 5678", "王*明", Tills.Yuan(yuan), Tills.Yuan(yuan), means, "zh-CN"));
        return id;
    }

    /// <summary>A note from escrow into the box.</summary>
    public Till Insert(params IEnumerable<long> yuan)
    {
        foreach (var one in yuan) Must(new EscrowCash(Tills.Notes, Tills.Yuan(one)), new CreditCash(Tills.Notes, Tills.Yuan(one), $"m{++_marks}"));
        return this;
    }

    /// <summary>A card payment up to the terminal's hold.</summary>
    public PaymentId Authorise(long yuan)
    {
        var id = Begin(PayMeans.Card, yuan);
        Must(new SendCard(id), new ReportAuthorised(id, Tills.Card));
        return id;
    }

    /// <summary>A card payment of which nobody knows whether the card was charged, as a case.</summary>
    public PaymentId Unknown(long yuan)
    {
        var id = Begin(PayMeans.Card, yuan);
        Must(new SendCard(id), new ReportCardUnknown(id, "link lost"), new OpenCardCase(id, "the terminal does not answer"));
        return id;
    }

    /// <summary>A card payment that the biller has confirmed.</summary>
    public PaymentId PayByCard(long yuan)
    {
        var id = Authorise(yuan);
        Must(new SendPosting(id), new ConfirmPosting(id, $"N-{id}"), new DecideCard(id, true, ""), new ReportCardPaid(id, Tills.Card));
        return id;
    }

    /// <summary>A cash payment that the biller has confirmed.</summary>
    public PaymentId PayInCash(long amount, params IEnumerable<long> notes)
    {
        var id = Begin(PayMeans.Cash, amount);
        Insert(notes).Must(new FinishCash(id), new SendPosting(id), new ConfirmPosting(id, $"N-{id}"));
        return id;
    }

    public Till Count(params IReadOnlyList<CashPile> piles) => Must(new CountCash(Tills.Notes, "BX-9", piles, "li.wei"));

    public SettlementLine Line(string name) => Settlement.Lines(State).Single(line => line.Line == name);

    /// <summary>The same ledger as another life of the host reads it: from the last closing on.</summary>
    public LedgerState Restarted()
    {
        var from = Math.Max(0, Journal.FindLastIndex(entry => entry.Fact is PeriodClosed));
        return Journal.Skip(from).Aggregate(LedgerState.For(State.Site), (ledger, entry) => LedgerFold.Evolve(ledger, entry.Fact, entry.At));
    }

    private void Adds(LedgerEntry fact)
    {
        var totals = State.Totals;
        var (there, known) = (totals.Opening + totals.Accepted, totals.Credited + totals.Returned + State.UnderWay + State.InCases);
        Assert.True(there == known, $"behind {fact}: {there} opening and accepted, {known} credited, returned, under way and in cases");
    }
}
