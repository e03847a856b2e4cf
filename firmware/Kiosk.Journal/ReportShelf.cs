using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;

namespace Kiosk.Journal;

/// <summary>Every report that can be had: kept ones, that of the latest business day as it stands, and weeks and months put together from them. Thread safe.</summary>
/// <param name="terms">Of the profile, for days that have no kept report yet.</param>
public sealed class ReportShelf(IJournal journal, IArchive archive, Func<ReportTerms> terms, TimeProvider time)
{
    private const int Page = 1000;

    private readonly Lock _gate = new();
    private DayTally? _latest;
    private long _seq;

    /// <summary>Days that have a report, in order.</summary>
    public IReadOnlyList<DateOnly> Days() => [.. archive.ReportedDays().Union(archive.Days().Select(day => day.Day)).Order()];

    /// <summary>The latest business day, so far; null in a new hall. Only what happened since the last question is read.</summary>
    public DayReport? Latest()
    {
        lock (_gate)
        {
            CatchUp();
            return _latest?.Report(time.GetUtcNow());
        }
    }

    /// <summary>Null where that day has none.</summary>
    public DayReport? Day(DateOnly day)
    {
        var days = archive.Days();
        if (days.Count > 0 && days[^1].Day == day) return Latest();
        if (DayReports.Kept(archive, day) is { } kept) return kept;
        return days.FirstOrDefault(known => known.Day == day) is { FirstSeq: > 0 } made ? DayReports.Made(journal, archive, made, terms()) : null;
    }

    /// <summary>What customers of that day were told of their wait, in the order of issue; null where its events are not in the journal.</summary>
    public IReadOnlyList<PromiseOutcome>? Promises(DateOnly day)
    {
        var days = archive.Days();
        if (days.Count > 0 && days[^1].Day == day)
        {
            lock (_gate)
            {
                CatchUp();
                return _latest?.Promises;
            }
        }

        return days.FirstOrDefault(known => known.Day == day) is { FirstSeq: > 0 } made ? DayReports.Tally(journal, archive, made, TermsOf(day)).Promises : null;
    }

    /// <summary>Null where none of its days has a report.</summary>
    public PeriodReport? Over(Period period)
    {
        var days = Days().Where(day => period.From <= day && day <= period.Until).Select(Day).OfType<DayReport>().ToList();
        return days.Count > 0 ? PeriodReport.Of(period, days) : null;
    }

    /// <summary>Keeps the report of every closed day that has none, and of those that may have gained something since: the last two.</summary>
    /// <returns>Days whose report was written.</returns>
    public IReadOnlyList<DateOnly> KeepWhatIsDue()
    {
        var written = new List<DateOnly>();
        var (days, reported) = (archive.Days(), archive.ReportedDays().ToHashSet());
        for (var index = 0; index < days.Count; index++)
        {
            var (day, last) = (days[index].Day, index == days.Count - 1);
            if (index < days.Count - 2 && reported.Contains(day)) continue;

            var report = last ? Latest() : DayReports.Made(journal, archive, days[index], TermsOf(day));
            if (report is null || (last && (report.Day != day || report.Closed is null))) continue;
            var bytes = ReportJson.Bytes(report);
            if (archive.Report(day) is { } kept && kept.AsSpan().SequenceEqual(bytes)) continue;
            archive.KeepReport(day, bytes);
            written.Add(day);
        }

        return written;
    }

    private void CatchUp()
    {
        if (_latest is null)
        {
            if (archive.Days() is not [.., var day]) return;
            _latest = DayReports.Tally(journal, archive, day, TermsOf(day.Day));
            _seq = day.LastSeq;
        }

        while (journal.Read(_seq, Page) is { Count: > 0 } page)
        {
            foreach (var recorded in page)
            {
                if (recorded.Fact is HallEvent.DayOpened opened) _latest = new(TermsOf(opened.Day), opened.Day, recorded.At, _latest.Report(default).Carry);
                else _latest.Add(recorded.Fact, recorded.At, recorded.Who);
                _seq = recorded.Seq;
            }
        }
    }

    // A closed day keeps the terms under which it was closed, whatever the profile says now.
    private ReportTerms TermsOf(DateOnly day) => DayReports.Kept(archive, day)?.Terms ?? terms();
}
