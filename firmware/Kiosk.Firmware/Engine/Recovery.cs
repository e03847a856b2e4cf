using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>The hall as the journal left it: a fold of the latest business day.</summary>
internal static class Recovery
{
    private const int Page = 1000;

    /// <exception cref="JournalRefusedException">The journal and the profile contradict each other.</exception>
    public static (HallFeed Feed, AnsweredRequests Answered) Run(IJournal journal, HallProfile profile, bool printing)
    {
        var letters = new Dictionary<char, ServiceId>();
        var (state, at) = (WithLedger(HallState.For(profile, printing), journal), DateTimeOffset.UnixEpoch);
        var answered = new AnsweredRequests();
        string? request = null;
        // From the day before: a request that is repeated across midnight and a restart gets its answer too. The fold begins anew at each day.
        for (var seq = Math.Max(0, (journal.EarlierDayStart > 0 ? journal.EarlierDayStart : journal.DayStart) - 1); seq < journal.LastSeq;)
        {
            foreach (var recorded in journal.Read(seq, Page))
            {
                if (recorded.Fact is not HallEvent.LedgerEntry) state = HallDecider.Evolve(state, recorded.Fact, recorded.At);
                answered.Learn(recorded, ref request);
                if (recorded.Fact is HallEvent.TicketIssued issued) letters[issued.Number.Letter] = issued.Service;
                if (recorded.Fact is HallEvent.DayClosed) letters.Clear();
                (seq, at) = (recorded.Seq, recorded.At);
            }
        }

        if (Conflicts(letters, profile).Concat(LedgerConflicts(state, profile)).FirstOrDefault() is { } conflict) throw new JournalRefusedException(conflict);
        return (new HallFeed(profile, new(journal.Epoch, journal.LastSeq, at, state)), answered);
    }

    // Money outlives the day: the ledger is read from the last closing of a settlement period on.
    private static HallState WithLedger(HallState state, IJournal journal)
    {
        for (var seq = journal.LedgerStart; ;)
        {
            var page = journal.ReadLedger(seq, Page);
            if (page.Count == 0) return state;
            foreach (var recorded in page) state = HallDecider.Evolve(state, recorded.Fact, recorded.At);
            seq = page[^1].Seq;
        }
    }

    /// <summary>What the profile must not change while the day's tickets are in people's hands: a letter would give a number twice.</summary>
    private static IEnumerable<string> Conflicts(Dictionary<char, ServiceId> letters, HallProfile profile) =>
        from indexed in profile.Services.Select((service, index) => (service, index))
        where letters.TryGetValue(indexed.service.Letter, out var owner) && owner != indexed.service.Id
        select $"services[{indexed.index}].letter: \"{indexed.service.Letter}\" stands on today's tickets of service \"{letters[indexed.service.Letter]}\": change letters when the day is closed";

    /// <summary>Money that is still open keeps its currency, and its biller.</summary>
    private static IEnumerable<string> LedgerConflicts(HallState state, HallProfile profile) => state.Ledger is not { } ledger
        ? []
        : ledger.Payments.Values.Where(payment => payment.Amount.Currency != profile.Payments!.Currency)
            .Select(payment => $"payments.currency: payments in {payment.Amount.Currency} are still open: settle them before the currency is changed")
            .Concat(ledger.Payments.Values.Where(payment => profile.Payments!.Biller(payment.Biller) is null)
                .Select(payment => $"payments.billers: \"{payment.Biller}\" has payments that are not posted yet: keep it until they are"));
}
