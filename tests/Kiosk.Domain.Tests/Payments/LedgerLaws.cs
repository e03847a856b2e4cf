using FsCheck;
using FsCheck.Fluent;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;
using static Kiosk.Domain.Tests.Payments.Tills;

namespace Kiosk.Domain.Tests.Payments;

/// <summary>What is true of every ledger whatever customers, devices, billers and staff do, in whatever order, with power cuts in between.</summary>
public sealed class LedgerLaws
{
    /// <summary>Sequences tried in one run over all sites.</summary>
    private const int Sequences = 20_000;

    private static readonly (string Name, PaymentsProfile Site)[] Sites =
    [
        ("posts at once, credits what is too much", Tills.Site()),
        ("posts later, gives a claim slip", Tills.Site(postLater: true, Overpaid.Claim)),
    ];

    public static TheoryData<string> SiteNames => [.. Sites.Select(site => site.Name)];

    [Theory]
    [MemberData(nameof(SiteNames))]
    public void Laws_hold_whatever_happens_and_in_whatever_order(string name)
    {
        var site = Sites.Single(one => one.Name == name).Site;
        Prop.ForAll(Moves.Any.ListOf().Select(list => (IReadOnlyList<Move>)[.. list]).ToArbitrary(), moves => Broken(site, moves) is not { } law ? true.ToProperty() : false.Label(law))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences / Sites.Length).WithEndSize(150));
    }

    [Fact]
    public void Random_days_come_to_every_kind_of_entry_case_and_end()
    {
        var wanted = typeof(HallEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(LedgerEntry))).Select(type => type.Name)
            .Concat(Enum.GetNames<CaseKind>().Select(kind => $"case {kind}"))
            .Concat(Enum.GetNames<CaseOutcome>().Select(outcome => $"settled {outcome}"))
            .Concat(Enum.GetNames<PaymentEnd>().Select(end => $"ended {end}"))
            .ToHashSet();

        // The rarest (a note found taken back) is absent from one in some hundred runs of 3,000 days: ten such runs in a row without it would be a defect.
        for (var run = 0; run < 10 && wanted.Count > 0; run++)
        {
            Prop.ForAll(Moves.Any.ListOf().Select(list => (IReadOnlyList<Move>)[.. list]).ToArbitrary(), moves =>
            {
                foreach (var fact in Run(Sites[1].Site, moves).Facts)
                {
                    wanted.Remove(fact.GetType().Name);
                    if (fact is CaseOpened opened) wanted.Remove($"case {opened.Kind}");
                    if (fact is CaseSettled settled) wanted.Remove($"settled {settled.Outcome}");
                    if (fact is PaymentEnded ended) wanted.Remove($"ended {ended.End}");
                }

                return true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithStartSize(100).WithEndSize(200));
        }

        Assert.Empty(wanted);
    }

    /// <summary>The first law that a sequence breaks, or null.</summary>
    private static string? Broken(PaymentsProfile site, IReadOnlyList<Move> moves)
    {
        try
        {
            return BrokenStory(Run(site, moves));
        }
        catch (Xunit.Sdk.XunitException broken)
        {
            return broken.Message;
        }
    }

    private static Till Run(PaymentsProfile site, IReadOnlyList<Move> moves)
    {
        var till = new Till(site);
        for (var n = 0; n < moves.Count; n++)
        {
            if (moves[n].Make(till.State, n) is not { } command)
            {
                Assert.Equal(Text(till.State), Text(till.Restarted()));
                continue;
            }

            var before = till.State;
            till.Do(command);
            if (BrokenStep(before, till) is { } law) Assert.Fail($"{command}: {law}");
        }

        return till;
    }

    private static string? BrokenStep(LedgerState before, Till till)
    {
        var (ledger, news) = (till.State, till.News);
        if (till.Refused is null == (news.Count == 0)) return "a decision is either events or one rejection";
        if (news.Any(fact => fact is CardSending) && before.CardDoubt is not null) return "a card is sent while an outcome is not known";
        if (ledger.Unowned != 0) return "cash belongs to nobody and to no case";
        if (Settlement.Lines(ledger).Single(line => line.Line == "receipts") is { Agrees: false } line) return $"the receipts do not agree: {line}";

        var odd = ledger.Payments.Values.FirstOrDefault(payment => payment.End is not null && !payment.Balance.IsZero
            && payment.Posting is not (PostingPhase.Queued or PostingPhase.Sending or PostingPhase.Withdrawing) && payment.CardPhase != CardPhase.Unknown);
        if (odd is not null) return $"ended, and {odd.Balance} is nowhere: {odd}";
        if (ledger.Payments.Values.Any(payment => payment.End is null && payment.Id != ledger.Current)) return "a payment that has not ended is not at the terminal";
        return ledger.Payments.Values.Any(payment => payment.Concluded && payment.Id != ledger.Current) ? "a concluded payment is kept" : null;
    }

    private static string? BrokenStory(Till till)
    {
        var facts = till.Facts.ToList();
        if (!Runs(facts.OfType<ReceiptIssued>().Select(fact => fact.Receipt))) return "receipts run without a gap";
        if (!Runs(facts.OfType<CaseOpened>().Select(fact => fact.Case))) return "cases run without a gap";
        if (!Runs(facts.OfType<PeriodClosed>().Select(fact => fact.Period))) return "periods run without a gap";
        if (!Once(facts.OfType<CardSending>().Select(fact => fact.Payment))) return "a card payment is sent once";
        if (!Once(facts.OfType<CardPaid>().Select(fact => fact.Payment))) return "a card is charged once";
        if (!Once(facts.OfType<PaymentBegun>().Select(fact => fact.Payment))) return "an id names one payment";
        if (!Once(facts.OfType<PaymentEnded>().Select(fact => fact.Payment))) return "a payment ends once";
        if (!Once(facts.OfType<CaseSettled>().Select(fact => fact.Case))) return "a case is settled once";
        if (!Once(facts.OfType<CashCredited>().Select(fact => (fact.Device, fact.Mark)))) return "a credit is counted once";
        if (!Once(facts.OfType<PostingQueued>().Select(fact => fact.Payment))) return "a payment is queued for its biller once";
        if (!Once(facts.OfType<PostingConfirmed>().Where(fact => !fact.Amount.IsZero).Select(fact => fact.Payment))) return "a posting is confirmed once";
        if (facts.OfType<CaseSettled>().Any(fact => fact.Accepted.Minor < 0 || fact.Returned.Minor < 0)) return "settling takes nothing away";
        return Text(till.State) == Text(till.Restarted()) ? BrokenCash(till, facts) : "the ledger from the last closing is not that from the beginning";
    }

    private static string? BrokenCash(Till till, List<LedgerEntry> facts)
    {
        foreach (var box in till.State.Boxes.Values)
        {
            var credited = facts.OfType<CashCredited>().Where(fact => fact.Device == box.Device).Sum(fact => fact.Value.Minor);
            var counted = facts.OfType<CashCounted>().Where(fact => fact.Device == box.Device).Sum(fact => fact.Expected.Minor);
            if (credited != box.Total + box.Removed.Sum(batch => batch.Total) + counted) return $"cash credited is in the boxes or was counted: {box.Device}";
        }

        return null;
    }

    private static bool Runs(IEnumerable<int> numbers) => numbers.Select((number, index) => number == index + 1).All(right => right);

    private static bool Once<T>(IEnumerable<T> all) => all.GroupBy(one => one).All(same => same.Count() == 1);
}
