using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Reports;
using static Kiosk.Domain.Hall.HallCommand;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Tests.Reports;

public sealed class DayReportTests
{
    private static readonly CounterId One = new(1), Two = new(2), Three = new(3);

    private readonly Tallies _hall = new Tallies().At("08:00").Must(new OpenDay(Halls.Today));

    [Fact]
    public void Waiting_time_is_issue_to_first_call_and_service_time_is_begun_to_finished()
    {
        _hall.At("09:00").Take("a", Halls.Pay).Must(new OpenCounter(One));
        _hall.At("09:12").Must(new CallNext(One)).At("09:13").Must(new Recall(One)).At("09:14").Must(new Begin(One)).At("09:20").Must(new Finish(One));

        var pay = Service(Halls.Pay);

        Assert.Equal((1, 720L, 720, 0, 1), (pay.Wait.Count, pay.Wait.Sum, pay.Wait.Median, pay.Wait.Within, pay.Wait.Promised));
        Assert.Equal((1, 360), (pay.Service.Count, pay.Service.Mean));
    }

    [Fact]
    public void Service_without_a_begin_key_begins_a_walk_after_the_last_call()
    {
        _hall.At("09:00").Take("a", Halls.Pay).Must(new CallNext(One, SitDown: true)).At("09:05").Must(new Recall(One)).At("09:10").Must(new Finish(One));

        Assert.Equal(5 * 60 - 20, Service(Halls.Pay).Service.Sum);
    }

    [Fact]
    public void No_show_that_came_back_counts_by_how_it_ended_last()
    {
        _hall.At("09:00").Take("a", Halls.Pay).Take("b", Halls.Pay).Must(new CallNext(One, SitDown: true)).At("09:01").Must(new MarkNoShow(One));
        Assert.Equal(1, _hall.Report().Figures.Flow.NoShow);

        _hall.At("09:05").Must(new ResumeTicket(new("a"))).Must(new CallTicket(One, new("a"))).At("09:09").Must(new Finish(One));
        var flow = _hall.Report().Figures.Flow;

        Assert.Equal((0, 1, 1), (flow.NoShow, flow.Served, flow.Waiting));
        Assert.Equal(1, _hall.Report().Figures.Wait.Count);
        Assert.Equal(1, Assert.Single(_hall.Report().Figures.Counters).NoShow);
    }

    [Fact]
    public void Ticket_with_several_services_counts_once_and_each_stage_has_its_own_times()
    {
        _hall.At("09:00").Must(new TakeTicket(new("a"), Halls.Pay, "en", Then: [Halls.New]));
        _hall.At("09:10").Must(new CallNext(One, SitDown: true)).Must(new Begin(One)).At("09:15").Must(new Finish(One));
        _hall.At("09:35").Must(new CallNext(Three, SitDown: true)).Must(new Begin(Three)).At("09:45").Must(new Finish(Three));

        var all = _hall.Report().Figures;

        Assert.Equal((1, 1), (all.Flow.Issued, all.Flow.Served));
        Assert.Equal((1, 600L, 300L), (Service(Halls.Pay).Flow.Served, Service(Halls.Pay).Wait.Sum, Service(Halls.Pay).Service.Sum));
        Assert.Equal((0, 1200L, 600L), (Service(Halls.New).Flow.Issued, Service(Halls.New).Wait.Sum, Service(Halls.New).Service.Sum));
    }

    [Fact]
    public void Wrong_number_that_is_moved_before_its_call_waits_since_its_issue_for_the_other_service()
    {
        _hall.At("09:00").Take("a", Halls.Pay).At("09:10").Must(new TransferTicket(new("a"), Halls.New, null)).At("09:15").Must(new CallNext(Three, SitDown: true));

        Assert.Equal((0, 900L), (Service(Halls.Pay).Wait.Count, Service(Halls.New).Wait.Sum));
        Assert.Equal(1, Service(Halls.Pay).Flow.AtCounter);
    }

    [Fact]
    public void Utilisation_is_serving_time_by_the_time_at_an_open_counter_that_is_not_paused()
    {
        _hall.At("08:30").Must(new StaffCounter(One, "li")).At("09:00").Must(new OpenCounter(One)).Take("a", Halls.Pay);
        _hall.Must(new CallNext(One)).Must(new Begin(One)).At("09:30").Must(new Finish(One)).Must(new PauseCounter(One));
        _hall.At("10:00").Must(new ResumeCounter(One)).At("10:30").Must(new CloseCounter(One)).At("11:00");

        var counter = Assert.Single(_hall.Report().Figures.Counters);
        var clerk = Assert.Single(_hall.Report().Figures.Clerks);

        Assert.Equal((5400L, 1800L, 1800L, 0.5), (counter.Open, counter.Paused, counter.Serving, counter.Utilisation!.Value));
        Assert.Equal(("li", 3600L, 1800L, 1, 0.5), (clerk.Clerk, clerk.Available, clerk.Serving, clerk.Served, clerk.Utilisation!.Value));
    }

    [Fact]
    public void Work_at_a_counter_where_nobody_sits_is_that_of_who_pressed_the_key()
    {
        _hall.At("09:00").Take("a", Halls.Pay).Must(new CallNext(One, SitDown: true), "wang").Must(new Begin(One), "wang").At("09:04").Must(new Finish(One), "wang");

        var clerk = Assert.Single(_hall.Report().Figures.Clerks);
        Assert.Equal(("wang", 1, 1, 240L, null), (clerk.Clerk, clerk.Calls, clerk.Served, clerk.Serving, clerk.Utilisation));
    }

    [Fact]
    public void Customer_who_is_being_served_counts_as_serving_until_now()
    {
        _hall.At("09:00").Take("a", Halls.Pay).Must(new CallNext(One, SitDown: true)).Must(new Begin(One)).At("09:10");

        Assert.Equal((600L, 1.0), (Assert.Single(_hall.Report().Figures.Counters).Serving, Assert.Single(_hall.Report().Figures.Counters).Utilisation!.Value));
    }

    [Fact]
    public void Most_people_waiting_in_a_half_hour_includes_those_who_waited_when_it_began()
    {
        foreach (var id in new[] { "a", "b", "c" }) _hall.At("09:10").Take(id, Halls.Pay);
        _hall.At("09:40").Must(new CallNext(One, SitDown: true));

        var halves = _hall.Report().Figures.HalfHours;

        Assert.Equal([(540, 3, 3, 0), (570, 3, 0, 1)], halves.Select(half => (half.Minute, half.MostWaiting, half.Flow.Issued, half.Called)));
        Assert.Equal("09:00", halves[0].From);
    }

    [Fact]
    public void Closing_with_force_abandons_who_is_left_and_closes_the_counters()
    {
        _hall.At("09:00").Take("a", Halls.Pay).Take("b", Halls.New).Must(new OpenCounter(One)).At("10:00").Must(new CloseDay(Force: true)).At("12:00");

        var report = _hall.Report();

        Assert.Equal((2, 0), (report.Figures.Flow.Abandoned, report.Figures.Flow.Open));
        Assert.Equal(3600, Assert.Single(report.Figures.Counters).Open);
        Assert.Equal(report.Closed, report.AsOf);
        Assert.True(report.Figures.AddsUp);
    }

    [Fact]
    public void Feedback_of_the_last_customer_counts_though_the_day_closed_behind_them()
    {
        _hall.At("09:00").Take("a", Halls.Pay).Must(new CallNext(One, SitDown: true)).Must(new CloseDay()).At("09:05").Must(new Finish(One));
        _hall.At("09:06").Must(new WriteDown(new FeedbackGiven(One, Rating.Satisfied, new("a"), null, Halls.Pay, "li")));

        var all = _hall.Report().Figures;

        Assert.Equal((1, 1, 1, 1), (all.Satisfaction.Satisfied, Service(Halls.Pay).Satisfaction.Count, Assert.Single(all.Counters).Satisfaction.Count, Assert.Single(all.Clerks).Satisfaction.Count));
    }

    [Fact]
    public void Downtime_is_that_of_the_business_day_and_goes_on_into_the_next()
    {
        _hall.At("09:00").Must(new WriteDown(new DeviceFaulted("printer", "OutOfPaper"))).At("09:10").Must(new WriteDown(new DeviceRecovered("printer")));
        _hall.At("09:20").Must(new WriteDown(new DeviceFaulted("printer", "Silent"))).At("09:25").Must(new WriteDown(new DeviceFaulted("printer", "CoverOpen")));
        _hall.At("09:30").Must(new WriteDown(new FaultReported("f1", "air conditioner", "drips"))).At("10:00").Must(new CloseDay()).At("11:00");

        var report = _hall.Report();
        var (printer, air) = (report.Figures.Devices[0], report.Figures.Devices[1]);

        Assert.Equal(("printer", "board", 2, 3000L), (printer.Id, printer.By, printer.Faults, printer.Down));
        Assert.Equal(("air conditioner", "staff", 1, 1800L), (air.Id, air.By, air.Faults, air.Down));
        Assert.Equal(["printer", "air conditioner"], report.Carry.Down.Select(fault => fault.Id));

        var next = new DayTally(ReportTerms.Of(Halls.Profile), Halls.Today.AddDays(1), _hall.Now, report.Carry);
        next.Add(new FaultMended("f1", "repaired"), _hall.Now.AddMinutes(30), null);
        var after = next.Report(_hall.Now.AddHours(1)).Figures.Devices;

        Assert.Equal([("printer", 0, 3600L), ("air conditioner", 0, 1800L)], after.Select(device => (device.Id, device.Faults, device.Down)));
    }

    [Fact]
    public void Calls_are_counted_by_what_decided_them_and_waits_by_class()
    {
        _hall.At("09:00").Take("a", Halls.Pay).At("09:10").Take("b", Halls.Pay, PriorityClass.Urgent).Must(new OpenCounter(One));
        _hall.At("09:30").Must(new CallNext(One)).At("09:35").Must(new CallNext(One));

        var all = _hall.Report().Figures;

        Assert.Equal(2, all.Rules.Sum(row => row.Calls));
        Assert.Contains(all.Rules, row => row.Rule == CallRule.Priority || row.Rule == CallRule.LongestWait);
        Assert.Equal([null, PriorityClass.Urgent], all.Classes.Select(row => row.Class));
        Assert.All(all.Classes, row => Assert.Equal((1, 1), (row.Issued, row.Wait.Count)));
    }

    [Fact]
    public void Half_hour_that_comes_twice_when_the_clocks_go_back_is_two()
    {
        var berlin = ReportTerms.Of(Halls.Profile) with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
        var day = new DateOnly(2026, 10, 25);
        var first = new DateTimeOffset(2026, 10, 25, 2, 10, 0, TimeSpan.FromHours(2));
        var tally = new DayTally(berlin, day, first, Carry.Nothing);
        tally.Add(new TicketIssued(new("a"), new('A', 1), Halls.Pay, "en", 0), first, null);
        tally.Add(new TicketIssued(new("b"), new('A', 2), Halls.Pay, "en", 1), first.AddHours(1), null);

        var report = tally.Report(first.AddHours(2));

        Assert.Equal([("02:00", 120), ("02:00", 60)], report.Figures.HalfHours.Select(half => (half.From, half.Offset!.Value)));
        Assert.True(report.Figures.AddsUp);
    }

    [Fact]
    public void Report_of_a_day_is_byte_for_byte_the_one_of_the_golden_file()
    {
        _hall.At("08:25").Must(new StaffCounter(One, "li")).At("08:30").Must(new OpenCounter(One)).Must(new OpenCounter(Two));
        _hall.At("08:31").Take("a", Halls.Pay).Take("b", Halls.New, PriorityClass.Senior).Take("c", Halls.Pay).Take("d", Halls.Vip);
        _hall.At("08:40").Must(new CallNext(One)).At("08:41").Must(new Begin(One)).Must(new CallNext(Two), "wang").At("08:43").Must(new MarkNoShow(Two), "wang");
        _hall.At("08:50").Must(new Finish(One)).Must(new WriteDown(new FeedbackGiven(One, Rating.Neutral, new("a"), null, Halls.Pay, "li")));
        _hall.At("09:02").Must(new CancelTicket(new("d"))).Must(new WriteDown(new DeviceFaulted("printer", "OutOfPaper"))).At("09:07").Must(new WriteDown(new DeviceRecovered("printer")));
        _hall.At("09:30").Must(new CloseDay(Force: true));

        var bytes = ReportJson.Bytes(_hall.Report());

        Assert.Equal(Golden("day.v1.json"), Encoding.UTF8.GetString(bytes));
        Assert.Equal(bytes, ReportJson.Bytes(_hall.Report()));
        Assert.Equal(bytes, ReportJson.Bytes(ReportJson.Read(bytes)!));
        Assert.Equal(bytes, ReportJson.Bytes(_hall.Tally(terms: ReportJson.Read(bytes)!.Terms).Report(default)));
    }

    [Fact]
    public void Report_of_a_newer_version_is_not_read() =>
        Assert.Null(ReportJson.Read(Encoding.UTF8.GetBytes(Golden("day.v1.json").Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal))));

    private ServiceFigures Service(ServiceId id) => _hall.Report().Figures.Services.Single(service => service.Id == id.Value);

    private static string Golden(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Kiosk.sln"))) folder = folder.Parent;
        return File.ReadAllText(Path.Combine(folder.FullName, "tests/Kiosk.Domain.Tests/Reports/Golden", name)).TrimEnd('\n');
    }
}
