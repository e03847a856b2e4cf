using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Firmware.Tests.Journal;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Reports;

public sealed class ReportShelfTests : IDisposable
{
    private static readonly DateOnly First = BusinessDays.First;

    private readonly string _directory = Directory.CreateTempSubdirectory("kiosk-shelf-").FullName;
    private readonly SqliteJournal _journal;
    private readonly ReportTerms _terms = ReportTerms.Of(RunningHall.Profile());

    public ReportShelfTests() => _journal = SqliteJournal.Open(_directory);

    public void Dispose()
    {
        _journal.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Closed_days_are_kept_once_and_nothing_is_written_while_nothing_happens()
    {
        BusinessDays.Write(_journal, 3);
        var shelf = Shelf();

        Assert.Equal([First, First.AddDays(1), First.AddDays(2)], shelf.KeepWhatIsDue());
        Assert.Empty(shelf.KeepWhatIsDue());
        Assert.Empty(Shelf().KeepWhatIsDue());
    }

    [Fact]
    public void Running_day_is_not_kept_but_can_be_seen_so_far()
    {
        BusinessDays.Write(_journal, 2, closed: false);
        var shelf = Shelf();

        Assert.Equal([First], shelf.KeepWhatIsDue());
        Assert.Equal((4, null), (shelf.Day(First.AddDays(1))!.Figures.Flow.Served, shelf.Latest()!.Closed));
        Assert.Equal([First, First.AddDays(1)], shelf.Days());
    }

    [Fact]
    public void Today_goes_on_from_where_it_was_read_last_and_is_what_a_new_start_would_make()
    {
        BusinessDays.Write(_journal, 1, closed: false);
        var shelf = Shelf();
        shelf.Latest();
        var at = BusinessDays.At(First, 60);
        _journal.Append([new(at, new HallEvent.TicketIssued(new("late"), new('A', 5), new("pay"), "en", 0), "l1", "kiosk")]);

        Assert.Equal(5, shelf.Latest()!.Figures.Flow.Issued);
        _journal.Append([new(at, new HallEvent.DayClosed(First), "l2", "clock"), new(at.AddDays(1), new HallEvent.DayOpened(First.AddDays(1)), "l3", "clock")]);
        shelf.Latest();

        Assert.Equal(First.AddDays(1), shelf.Latest()!.Day);
        Assert.Equal(ReportJson.Bytes(Shelf().Day(First)!), ReportJson.Bytes(shelf.Day(First)!));
    }

    [Fact]
    public void Power_cut_between_closing_and_keeping_is_made_good_at_the_next_start()
    {
        BusinessDays.Write(_journal, 4);
        _journal.KeepReport(First, ReportJson.Bytes(DayReports.Made(_journal, _journal, _journal.Days()[0], _terms)));
        var shelf = Shelf();

        Assert.Equal(4, shelf.Day(First.AddDays(1))!.Figures.Flow.Served);
        Assert.Equal([First.AddDays(1), First.AddDays(2), First.AddDays(3)], shelf.KeepWhatIsDue());
    }

    [Fact]
    public void Feedback_after_closing_comes_into_the_kept_report()
    {
        BusinessDays.Write(_journal, 1);
        Shelf().KeepWhatIsDue();
        _journal.Append([new(BusinessDays.At(First, 481), new HallEvent.FeedbackGiven(new(1), Rating.Dissatisfied), "f", "feedback-1")]);
        BusinessDays.Write(_journal, 1, from: First.AddDays(1), closed: false);

        Assert.Equal([First], Shelf().KeepWhatIsDue());
        Assert.Equal(1, DayReports.Kept(_journal, First)!.Figures.Satisfaction.Dissatisfied);
    }

    [Fact]
    public void Kept_report_stays_as_it_is_when_the_profile_promises_something_else()
    {
        BusinessDays.Write(_journal, 3);
        Shelf().KeepWhatIsDue();
        var other = _terms with { Walking = TimeSpan.FromSeconds(99), Services = [(new("pay"), TimeSpan.FromSeconds(1))] };

        Assert.Empty(new ReportShelf(_journal, _journal, () => other, TimeProvider.System).KeepWhatIsDue());
    }

    [Fact]
    public void Who_sat_at_a_counter_before_the_day_opened_is_known_to_its_report()
    {
        _journal.Append([new(BusinessDays.At(First, -5), new HallEvent.CounterStaffed(new(1), "li"), "s", "counter-1", "li")]);
        BusinessDays.Write(_journal, 2);

        Assert.All(_journal.Days(), day => Assert.Equal(4, Assert.Single(Shelf().Day(day.Day)!.Figures.Clerks).Served));
        Assert.True(Shelf().Day(First.AddDays(1))!.Figures.Clerks[0].Available > 0);
    }

    [Fact]
    public void Week_is_put_together_from_its_days_also_after_their_events_are_gone()
    {
        BusinessDays.Write(_journal, 7);
        var shelf = Shelf();
        shelf.KeepWhatIsDue();
        _journal.Prune(First.AddDays(100), long.MaxValue);

        var week = shelf.Over(Period.Parse("week", "2026-W02")!)!;

        Assert.Equal((28, 28, 7, 7), (week.Figures.Flow.Issued, week.Figures.Flow.Served, week.Figures.Satisfaction.Satisfied, week.Days.Count));
        Assert.True(week.Figures.AddsUp);
        Assert.Null(shelf.Over(Period.Parse("month", "2025-12")!));
        Assert.Null(shelf.Day(First.AddDays(-1)));
    }

    private ReportShelf Shelf() => new(_journal, _journal, () => _terms, TimeProvider.System);
}
