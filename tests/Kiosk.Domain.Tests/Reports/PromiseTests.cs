using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using Kiosk.Domain.Waiting;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests.Reports;

public sealed class PromiseTests
{
    private static readonly CounterId One = new(1);

    private readonly DayTally _day = new(ReportTerms.Of(Halls.Profile), Halls.Today, At(0), Carry.Nothing);

    private int _serial;

    /// <summary>Told "up to 15 minutes": about 8, 1 to 14; every second 6 to 10.</summary>
    private static WaitPromise Told => new(480, 60, 840, 360, 600);

    [Fact]
    public void Promise_is_scored_at_the_first_call_by_its_error_and_by_the_three_ranges()
    {
        Serve(Issue(0), 7);
        Serve(Issue(1), 12);
        Serve(Issue(2), 16.5);
        Serve(Issue(3), 14.5);

        var pay = Pay;

        Assert.Equal((4, 4), (pay.Made, pay.Scored));
        Assert.Equal((60 + 240 + 510 + 390, 60 - 240 - 510 - 390), (pay.ErrorSum, pay.BiasSum));
        Assert.Equal((2, 1, 3), (pay.Kept, pay.LikelyKept, pay.ToldKept));
        Assert.Equal((300, -270, 0.5, 0.25, 0.75), (pay.MeanError, pay.Bias, pay.Coverage, pay.LikelyCoverage, pay.ToldCoverage));
        Assert.Equal((780, 240), (pay.MeanWidth, pay.MeanLikelyWidth));
        Assert.Equal(pay, _day.Report(At(60)).Figures.Promises);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(14, 1)]
    [InlineData(0.99, 0)]
    [InlineData(14.02, 0)]
    public void Ends_of_the_range_belong_to_it(double minutes, int kept)
    {
        Serve(Issue(0), minutes);

        Assert.Equal(kept, Pay.Kept);
    }

    [Fact]
    public void Who_was_sent_elsewhere_before_the_call_gave_up_or_still_waits_is_not_scored()
    {
        var moved = Issue(0);
        Add(new TicketTransferred(moved, Number(1), Halls.Pay, Halls.New, null), 2);
        Call(moved, Halls.New, 5);
        Add(new TicketCancelled(Issue(1), Number(2)), 4);
        Issue(2);

        Assert.Equal((3, 0, null, null), (Pay.Made, Pay.Scored, Pay.MeanError, Pay.Coverage));
        Assert.Null(_day.Report(At(60)).Figures.Services.Single(service => service.Id == Halls.New.Value).Promises);
    }

    [Fact]
    public void Who_comes_back_from_hold_or_as_a_no_show_was_scored_at_the_first_call()
    {
        var (held, missed) = (Issue(0), Issue(0));
        Call(held, Halls.Pay, 8);
        Call(missed, Halls.Pay, 8);
        Add(new TicketHeld(held, Number(1), One), 9);
        Add(new TicketNoShow(missed, Number(2), One), 9);
        Add(new TicketResumed(held, Number(1)), 30);
        Add(new TicketResumed(missed, Number(2)), 30);
        Call(held, Halls.Pay, 40);
        Call(missed, Halls.Pay, 40);

        Assert.Equal((2, 2, 0), (Pay.Scored, Pay.Kept, Pay.ErrorSum));
    }

    [Fact]
    public void Yardstick_is_the_wait_of_the_one_called_last_before_the_issue_and_is_held_against_the_same_tickets()
    {
        Serve(Issue(0), 3);
        Serve(Issue(4), 10);
        var early = Issue(20);
        Serve(Issue(20, promise: false), 2);
        Call(early, Halls.Pay, 30);

        Assert.Equal((3, 2), (Pay.Scored, Pay.Compared));
        Assert.Equal((120 + 120, (10 - 3) * 60), (Pay.ComparedErrorSum, Pay.LastServedErrorSum));
    }

    [Fact]
    public void Day_on_which_nobody_was_told_anything_has_no_figures_and_reports_of_before_are_read()
    {
        Serve(Issue(0, promise: false), 3);
        var report = _day.Report(At(60));

        Assert.Null(report.Figures.Promises);
        var before = Encoding.UTF8.GetString(ReportJson.Bytes(report)).Replace(",\"promises\":null", "", StringComparison.Ordinal);
        Assert.DoesNotContain("promises", before, StringComparison.Ordinal);
        Assert.Equal(ReportJson.Bytes(report), ReportJson.Bytes(ReportJson.Read(Encoding.UTF8.GetBytes(before))!));
    }

    [Fact]
    public void Report_with_promises_comes_back_from_its_bytes_as_it_was()
    {
        Serve(Issue(0), 7);
        var report = _day.Report(At(60));

        Assert.Equal(report.Figures.Promises, ReportJson.Read(ReportJson.Bytes(report))!.Figures.Promises);
        Assert.Contains("\"meanError\":60,\"bias\":60,\"coverage\":1,", Encoding.UTF8.GetString(ReportJson.Bytes(report)), StringComparison.Ordinal);
    }

    [Fact]
    public void Week_is_the_exact_sum_of_its_days_also_where_one_of_them_promised_nothing()
    {
        Serve(Issue(0), 7);
        Serve(Issue(1), 20);
        var first = _day.Report(At(60));
        var silent = new DayTally(ReportTerms.Of(Halls.Profile), Halls.Today.AddDays(1), At(1440), Carry.Nothing).Report(At(1500));

        var week = PeriodReport.Of(Period.Containing(Period.WeekKind, Halls.Today)!, [first, silent, first with { Day = Halls.Today.AddDays(2) }]);

        Assert.Equal((4, 4, 2, 2 * (60 + 720L), 0.5), (week.Figures.Promises!.Made, week.Figures.Promises.Scored, week.Figures.Promises.Kept, week.Figures.Promises.ErrorSum, week.Figures.Promises.Coverage));
        Assert.Equal(week.Figures.Promises, week.Figures.Services.Single(service => service.Id == Halls.Pay.Value).Promises);
        Assert.Equal([first.Figures.Promises, null, first.Figures.Promises], week.Days.Select(day => day.Promises));
    }

    [Fact]
    public void Outcomes_of_the_day_are_in_the_order_of_issue_with_the_waits_of_those_who_were_called()
    {
        var (first, second) = (Issue(0), Issue(1));
        Call(second, Halls.Pay, 5);

        Assert.Equal([("A001", null), ("A002", (int?)240)], _day.Promises.Select(one => (one.Number.ToString(), one.Wait)));
        Call(first, Halls.Pay, 6);
        Assert.Equal([360, 240], _day.Promises.Select(one => one.Wait!.Value));
    }

    [Fact]
    public void Tolerance_of_few_tickets_is_wide_and_of_many_narrow() =>
        Assert.Equal((1.0, 0.0588, 0.0186), (PromiseFigures.Tolerance(0), Math.Round(PromiseFigures.Tolerance(100), 4), Math.Round(PromiseFigures.Tolerance(1000), 4)));

    [Fact]
    public void Spreadsheet_has_the_promises_per_service_and_per_day()
    {
        Serve(Issue(0), 7);
        var report = _day.Report(At(60));

        Assert.Contains("\r\npay,Pay,1,1,60,60,1,1,1,780,240,0,,\r\n", ReportCsv.Write("promises", report.Figures, [], _ => "Pay"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n2026-01-05,running,1,1,60,60,1,1,1,780,240,0,,\r\n", ReportCsv.Write("promise-days", report.Figures, [DayRow.Of(report)], id => id), StringComparison.Ordinal);
    }

    private PromiseFigures Pay => _day.Report(At(60)).Figures.Services.Single(service => service.Id == Halls.Pay.Value).Promises!;

    private TicketId Issue(double minute, bool promise = true)
    {
        var id = new TicketId($"t{++_serial}");
        Add(new TicketIssued(id, Number(_serial), Halls.Pay, "en", 0, Promise: promise ? Told : null), minute);
        return id;
    }

    /// <summary>The ticket issued last is called after so many minutes.</summary>
    private void Serve(TicketId id, double wait) => Call(id, Halls.Pay, (_issued - At(0)).TotalMinutes + wait);

    private void Call(TicketId id, ServiceId service, double minute) => Add(new TicketCalled(id, Number(int.Parse(id.Value[1..], System.Globalization.CultureInfo.InvariantCulture)), service, One), minute);

    private void Add(HallEvent fact, double minute)
    {
        if (fact is TicketIssued) _issued = At(minute);
        _day.Add(fact, At(minute), null);
    }

    private DateTimeOffset _issued;

    private static TicketNumber Number(int serial) => new('A', serial);

    private static DateTimeOffset At(double minute) => Halls.Opening.AddMinutes(minute);
}
