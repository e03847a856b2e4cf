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

        foreach (var what in Card(ledger, devices).Concat(Cash(ledger, devices)).Concat(Posted(entries, booked)).Concat(Receipts(entries))) yield return what;
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

    private static IEnumerable<string> Cash(LedgerState ledger, IReadOnlyList<PayDevice> devices)
    {
        foreach (var device in devices.Where(device => !device.Card))
        {
            var box = ledger.Box(device.Id);
            var known = box.Total + box.Removed.Sum(batch => batch.Total);
            var doubts = ledger.Cases.Values.Where(one => one.Kind == CaseKind.CashInDoubt && one.Device == device.Id).ToList();

            // A note of which not even the value is known explains any one difference.
            if (!Explained(device.KeptTotal - known, [.. doubts.Select(one => one.InDoubt.Minor)]) && !doubts.Any(one => one.InDoubt.IsZero))
                yield return $"{device.Id} holds {device.KeptTotal}, the ledger has {known}, cases leave {string.Join(", ", doubts.Select(one => one.InDoubt))} open";
        }
    }

    private static IEnumerable<string> Posted(IReadOnlyList<Recorded> entries, IReadOnlyList<BookedPosting> booked)
    {
        var confirmed = entries.Select(entry => entry.Fact).OfType<HallEvent.PostingConfirmed>().ToDictionary(fact => fact.Payment.Value, fact => fact.Amount.Minor);
        foreach (var withdrawn in entries.Select(entry => entry.Fact).OfType<HallEvent.PostingWithdrawn>()) confirmed.Remove(withdrawn.Payment.Value);
        var there = booked.Where(posting => posting.State == "confirmed").ToList();
        foreach (var twice in there.CountBy(posting => posting.Key).Where(key => key.Value > 1)) yield return $"the biller booked {twice.Key} {twice.Value} times";
        foreach (var posting in there.Where(posting => confirmed.GetValueOrDefault(posting.Key) != posting.Amount)) yield return $"the biller booked {posting.Amount} for {posting.Key}, the ledger {confirmed.GetValueOrDefault(posting.Key)}";
        foreach (var key in confirmed.Keys.Where(key => there.All(posting => posting.Key != key))) yield return $"the ledger has {key} credited, the biller has not";
    }

    private static IEnumerable<string> Receipts(IReadOnlyList<Recorded> entries)
    {
        var numbers = entries.Select(entry => entry.Fact).OfType<HallEvent.ReceiptIssued>().Select(fact => fact.Receipt).ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Count))) yield return $"receipts {string.Join(", ", numbers)} have a gap or a repeat";
        foreach (var twice in entries.Select(entry => entry.Fact).OfType<HallEvent.CardSending>().CountBy(fact => fact.Payment).Where(sent => sent.Value > 1)) yield return $"payment {twice.Key} was authorised {twice.Value} times";
    }

    /// <summary>A difference is one or several of the open doubts, whole.</summary>
    private static bool Explained(long difference, IReadOnlyList<long> doubts) =>
        difference == 0 || doubts.Where((_, place) => place < 16).Select((doubt, place) => (doubt, place)).Any(one => Explained(difference - one.doubt, [.. doubts.Skip(one.place + 1)]) && one.doubt != 0);
}
