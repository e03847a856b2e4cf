using Kiosk.DemoBiller;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Journal;

namespace Kiosk.Simulation.Money;

/// <summary>Holds the ledger to the truth: what lies in the boxes, what cards were charged, what the biller has booked.</summary>
internal static class Books
{
    public static IEnumerable<string> Wrong(LedgerState ledger, IReadOnlyList<Recorded> entries, IReadOnlyList<PayDevice> devices, IReadOnlyList<BookedPosting> booked)
    {
        var totals = ledger.Totals;
        if (totals.Opening + totals.Accepted != totals.Credited + totals.Returned + ledger.UnderWay + ledger.InCases)
            yield return $"accepted {totals.Accepted} is not credited {totals.Credited} + returned {totals.Returned} + under way {ledger.UnderWay} + cases {ledger.InCases}";

        foreach (var what in Card(ledger, devices).Concat(Cash(ledger, entries, devices)).Concat(Posted(entries, booked)).Concat(Receipts(entries))) yield return what;
    }

    /// <summary>Still moving: to be waited for.</summary>
    public static bool Settled(LedgerState ledger) =>
        ledger.Current is null && ledger.Boxes.Values.All(box => box.Stacking is null)
        && ledger.Payments.Values.All(payment => payment.Concluded || (payment is { CardPhase: CardPhase.Unknown, End: not null } && payment.Posting is not (PostingPhase.Withdrawing or PostingPhase.Queued or PostingPhase.Sending)));

    private static IEnumerable<string> Card(LedgerState ledger, IReadOnlyList<PayDevice> devices)
    {
        if (devices.FirstOrDefault(device => device.Card) is not { } terminal) yield break;
        var charged = terminal.Charged.Sum();
        var doubts = ledger.Cases.Values.Where(one => one.Kind == CaseKind.CardUnknown).Select(one => one.InDoubt.Minor).ToList();
        if (!Explained(charged - ledger.Totals.CardAccepted.Minor, doubts))
            yield return $"cards were charged {charged}, the ledger has {ledger.Totals.CardAccepted}, cases leave {string.Join(", ", doubts)} open";
    }

    private static IEnumerable<string> Cash(LedgerState ledger, IReadOnlyList<Recorded> entries, IReadOnlyList<PayDevice> devices)
    {
        foreach (var device in devices.Where(device => !device.Card))
        {
            // From the entries: boxes that were counted are no longer in the ledger's state.
            var known = Credited(entries, device.Id).Sum(pile => pile.Key * pile.Value);
            var doubts = ledger.Cases.Values.Where(one => one.Kind == CaseKind.CashInDoubt && one.Device == device.Id).ToList();

            // A note of which not even the value is known explains any one difference.
            if (!Explained(device.KeptTotal - known, [.. doubts.Select(one => one.InDoubt.Minor)]) && !doubts.Any(one => one.InDoubt.IsZero))
                yield return $"{device.Id} holds {device.KeptTotal}, the ledger has {known}, cases leave {string.Join(", ", doubts.Select(one => one.InDoubt))} open";
        }
    }

    /// <summary>Pieces by value that the ledger knows to be in the boxes of a device, those too that were taken out: credited, or found by people.</summary>
    public static Dictionary<long, int> Credited(IReadOnlyList<Recorded> entries, string device)
    {
        var facts = entries.Select(entry => entry.Fact).ToList();
        var doubts = facts.OfType<HallEvent.CaseOpened>().Where(opened => opened.Kind == CaseKind.CashInDoubt && opened.Device == device).Select(opened => opened.Case).ToHashSet();
        return facts.OfType<HallEvent.CashCredited>().Where(credited => credited.Device == device).Select(credited => credited.Value.Minor)
            .Concat(facts.OfType<HallEvent.CaseSettled>().Where(settled => doubts.Contains(settled.Case) && !settled.Accepted.IsZero).Select(settled => settled.Accepted.Minor))
            .CountBy(value => value).ToDictionary();
    }

    private static IEnumerable<string> Posted(IReadOnlyList<Recorded> entries, IReadOnlyList<BookedPosting> booked)
    {
        var confirmed = entries.Select(entry => entry.Fact).OfType<HallEvent.PostingConfirmed>().ToDictionary(fact => fact.Payment.Value, fact => fact.Amount.Minor);
        foreach (var withdrawn in entries.Select(entry => entry.Fact).OfType<HallEvent.PostingWithdrawn>()) confirmed.Remove(withdrawn.Payment.Value);
        foreach (var payment in TakenBack(entries)) confirmed.Remove(payment);
        var there = booked.Where(posting => posting.State == "confirmed").ToList();
        foreach (var twice in there.CountBy(posting => posting.Key).Where(key => key.Value > 1)) yield return $"the biller booked {twice.Key} {twice.Value} times";
        foreach (var posting in there.Where(posting => confirmed.GetValueOrDefault(posting.Key) != posting.Amount)) yield return $"the biller booked {posting.Amount} for {posting.Key}, the ledger {confirmed.GetValueOrDefault(posting.Key)}";
        foreach (var key in confirmed.Keys.Where(key => there.All(posting => posting.Key != key))) yield return $"the ledger has {key} credited, the biller has not";
    }

    // Staff have asked the biller for it.
    private static IEnumerable<string> TakenBack(IReadOnlyList<Recorded> entries)
    {
        var of = entries.Select(entry => entry.Fact).OfType<HallEvent.CaseOpened>().ToDictionary(opened => opened.Case, opened => opened.Payment);
        return entries.Select(entry => entry.Fact).OfType<HallEvent.CaseSettled>().Where(settled => settled.Outcome == CaseOutcome.TakenBack)
            .Select(settled => of[settled.Case]).OfType<PaymentId>().Select(id => id.Value);
    }

    private static IEnumerable<string> Receipts(IReadOnlyList<Recorded> entries)
    {
        var numbers = entries.Select(entry => entry.Fact).OfType<HallEvent.ReceiptIssued>().Select(fact => fact.Receipt).ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Count))) yield return $"receipts {string.Join(", ", numbers)} have a gap or a repeat";
        foreach (var twice in entries.Select(entry => entry.Fact).OfType<HallEvent.CardSending>().CountBy(fact => fact.Payment).Where(sent => sent.Value > 1)) yield return $"payment {twice.Key} was authorised {twice.Value} times";
    }

    /// <summary>A difference is one or several of the open doubts, whole.</summary>
    public static bool Explained(long difference, IReadOnlyList<long> doubts) =>
        difference == 0 || doubts.Where((_, place) => place < 16).Select((doubt, place) => (doubt, place)).Any(one => Explained(difference - one.doubt, [.. doubts.Skip(one.place + 1)]) && one.doubt != 0);
}
