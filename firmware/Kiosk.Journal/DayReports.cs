using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;

namespace Kiosk.Journal;

/// <summary>Reports of business days as the journal has them: kept, or made from the day's events.</summary>
public static class DayReports
{
    private const int Page = 1000;

    /// <returns>Null where none is kept, or one of a newer version.</returns>
    /// <exception cref="JournalUnavailableException">It is damaged.</exception>
    public static DayReport? Kept(IArchive archive, DateOnly day)
    {
        if (archive.Report(day) is not { } bytes) return null;

        try
        {
            return ReportJson.Read(bytes);
        }
        catch (JsonException damaged)
        {
            throw new JournalUnavailableException(JournalTrouble.Broken, $"The kept report of {day:yyyy-MM-dd} is damaged: {damaged.Message}", damaged);
        }
    }

    /// <summary>A day that is followed by another, from its events.</summary>
    public static DayReport Made(IJournal journal, IArchive archive, JournalDay day, ReportTerms terms) => Tally(journal, archive, day, terms).Report(default);

    /// <summary>The fold of a day as far as the journal has it.</summary>
    public static DayTally Tally(IJournal journal, IArchive archive, JournalDay day, ReportTerms terms)
    {
        DayTally? tally = null;
        foreach (var recorded in Events(journal, day.FirstSeq, day.LastSeq))
        {
            if (tally is null) tally = new(terms, day.Day, recorded.At, Before(journal, archive, day, terms));
            else tally.Add(recorded.Fact, recorded.At, recorded.Who);
        }

        return tally ?? throw new JournalUnavailableException(JournalTrouble.Broken, $"The events of {day.Day:yyyy-MM-dd} are not in the journal.");
    }

    // Who sits where and what is broken when the day begins.
    private static Carry Before(IJournal journal, IArchive archive, JournalDay day, ReportTerms terms)
    {
        var reported = archive.ReportedDays().Where(earlier => earlier < day.Day).ToList();
        var earlier = archive.Days().Where(other => other.FirstSeq < day.FirstSeq).ToList();
        if (earlier.Count > 0 && (reported.Count == 0 || reported[^1] < earlier[^1].Day)) return Made(journal, archive, earlier[^1], terms).Carry;
        if (reported.Count > 0) return Kept(archive, reported[^1])?.Carry ?? Carry.Nothing;

        // A hall that has never opened may have staff at its counters already.
        DayTally? start = null;
        foreach (var recorded in Events(journal, 1, day.FirstSeq - 1))
        {
            start ??= new(terms, day.Day, recorded.At, Carry.Nothing);
            start.Add(recorded.Fact, recorded.At, recorded.Who);
        }

        return start?.Report(default).Carry ?? Carry.Nothing;
    }

    private static IEnumerable<Recorded> Events(IJournal journal, long first, long last)
    {
        for (var after = first - 1; after < last;)
        {
            var page = journal.Read(after, Page);
            if (page.Count == 0) yield break;

            foreach (var recorded in page)
            {
                if (recorded.Seq > last) yield break;
                yield return recorded;
                after = recorded.Seq;
            }
        }
    }
}
