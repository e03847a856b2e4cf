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
        var (state, at) = (HallState.For(profile, printing), DateTimeOffset.UnixEpoch);
        var answered = new AnsweredRequests();
        string? request = null;
        // From the day before: a request that is repeated across midnight and a restart gets its answer too. The fold begins anew at each day.
        for (var seq = Math.Max(0, (journal.EarlierDayStart > 0 ? journal.EarlierDayStart : journal.DayStart) - 1); seq < journal.LastSeq;)
        {
            foreach (var recorded in journal.Read(seq, Page))
            {
                state = HallDecider.Evolve(state, recorded.Fact, recorded.At);
                answered.Learn(recorded, ref request);
                if (recorded.Fact is HallEvent.TicketIssued issued) letters[issued.Number.Letter] = issued.Service;
                if (recorded.Fact is HallEvent.DayClosed) letters.Clear();
                (seq, at) = (recorded.Seq, recorded.At);
            }
        }

        if (Conflicts(letters, profile).FirstOrDefault() is { } conflict) throw new JournalRefusedException(conflict);
        return (new HallFeed(profile, new(journal.Epoch, journal.LastSeq, at, state)), answered);
    }

    /// <summary>What the profile must not change while the day's tickets are in people's hands: a letter would give a number twice.</summary>
    private static IEnumerable<string> Conflicts(Dictionary<char, ServiceId> letters, HallProfile profile) =>
        from indexed in profile.Services.Select((service, index) => (service, index))
        where letters.TryGetValue(indexed.service.Letter, out var owner) && owner != indexed.service.Id
        select $"services[{indexed.index}].letter: \"{indexed.service.Letter}\" stands on today's tickets of service \"{letters[indexed.service.Letter]}\": change letters when the day is closed";
}
