using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>What earlier days taught about the waits: from the file beside the journal as far as it goes, the rest from the journal.</summary>
internal static class LearnedHistory
{
    private const int Page = 1000;

    /// <summary>Days that are read again where the file is missing: later ones say more than all before them.</summary>
    private const int DaysRead = 60;

    /// <param name="before">The first event that the caller folds itself.</param>
    public static HallWaits Before(long before, IJournal journal, IArchive archive, HallProfile profile, LearnedWaits? kept)
    {
        var days = archive.Days().Where(day => day.FirstSeq < before).ToList();

        // Of a journal that was put back to an earlier day.
        if (kept is not null && archive.Days() is [.., var last] && kept.Day > last.Day) kept = null;
        var state = HallState.For(profile, printing: false) with { Waits = kept?.Waits ?? HallWaits.Empty };
        foreach (var day in days.Where(day => kept is null || day.Day > kept.Day).TakeLast(DaysRead))
        {
            for (var seq = day.FirstSeq - 1; seq < Math.Min(day.LastSeq, before - 1);)
            {
                var page = journal.Read(seq, Page);
                if (page.Count == 0) break;
                foreach (var recorded in page.TakeWhile(recorded => recorded.Seq <= day.LastSeq && recorded.Seq < before))
                {
                    if (recorded.Fact is not HallEvent.LedgerEntry) state = HallDecider.Evolve(state, recorded.Fact, recorded.At);
                }

                seq = page[^1].Seq;
            }
        }

        return state.Waits;
    }
}
