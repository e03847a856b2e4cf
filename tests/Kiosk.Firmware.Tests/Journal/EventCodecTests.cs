using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Surge;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Tests.Journal;

public sealed class EventCodecTests
{
    private static readonly TicketId Id = new("7q2m9k4xwabc");
    private static readonly TicketNumber Number = new('A', 12);
    private static readonly DateTimeOffset At = new(2026, 1, 5, 2, 30, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> Words = new() { ["en"] = "Payments", ["zh-CN"] = "缴费" };

    // As written by version 1. A line is never changed: a journal of then must be read for ever.
    private static readonly string Golden = Path.Combine(RunningHall.Repository(), "tests/Kiosk.Firmware.Tests/Journal/events.v1.txt");
    private static readonly string GoldenSecond = Path.Combine(RunningHall.Repository(), "tests/Kiosk.Firmware.Tests/Journal/events.v2.txt");

    private static readonly string GoldenThird = Path.Combine(RunningHall.Repository(), "tests/Kiosk.Firmware.Tests/Journal/events.v3.txt");

    private static readonly string GoldenSurge = Path.Combine(RunningHall.Repository(), "tests/Kiosk.Firmware.Tests/Journal/events.surge.txt");

    private static readonly HallEvent[] Facts =
    [
        new DayOpened(new(2026, 1, 5)), new DayClosing(new(2026, 1, 5)), new DayClosed(new(2026, 1, 5)),
        new TicketIssued(Id, Number, new("pay"), "zh-CN", 3), new TicketCalled(Id, Number, new("pay"), new(3)), new TicketRecalled(Id, Number, new(3), 2),
        new ServiceBegun(Id, Number, new(3)), new ServiceFinished(Id, Number, new(3)), new TicketNoShow(Id, Number, new(3)), new TicketHeld(Id, Number, new(3)),
        new TicketResumed(Id, Number), new TicketTransferred(Id, Number, new("pay"), new("vip"), new CounterId(6)), new TicketTransferred(Id, Number, new("pay"), new("vip"), null),
        new TicketCancelled(Id, Number), new TicketAbandoned(Id, Number),
        new CounterOpened(new(3)), new CounterPaused(new(3)), new CounterResumed(new(3)), new CounterClosed(new(3)),
        new SlipQueued(Id, Number, 0), new SlipSending(Id, Number, 0), new SlipRequeued(Id, Number, 0), new SlipHalted(Id, Number, 0, "OutOfPaper"),
        new SlipPrinted(Id, Number, 0), new SlipPresumed(Id, Number, 0), new SlipInDoubt(Id, Number, 0), new SlipReplaced(Id, Number, 0),
    ];

    // Added by the version that brought priority, staff and books.
    private static readonly HallEvent[] Second =
    [
        new TicketIssued(Id, Number, new("pay"), "zh-CN", 3, PriorityClass.Senior, At, [new("new-number")], "ap-1"),
        new TicketCalled(Id, Number, new("pay"), new(3), new(RoutingPolicy.Accumulating, CallRule.Priority, 7, [new(Number, PriorityClass.Senior, 600, 200), new(new('B', 3), null, 660, 110)])),
        new TicketHeld(Id, Number, new(3), At), new TicketResumed(Id, Number, At), new TicketTransferred(Id, Number, new("pay"), new("vip"), new CounterId(6), new CounterId(3)),
        new TicketContinued(Id, Number, new("vip"), new("pay"), new CounterId(3)), new TicketPrioritised(Id, Number, null, PriorityClass.Urgent),
        new CounterStaffed(new(3), "li.wei"), new CounterLeft(new(3), "li.wei"),
        new StaffSignedIn("li.wei", "clerk", "counter-3", new CounterId(3)), new StaffSignedOut("li.wei", "timed-out", new CounterId(3)),
        new SignInRefused("li.wei", "127.0.0.1", "wrong"), new AccessRefused(null, "127.0.0.1", "POST /api/v1/day/close", "not-signed-in", 3),
        new StaffAdded("li.wei", "clerk"), new StaffChanged("li.wei", "pin"), new ScreenEnrolled("s-1", "Hall screen"), new ScreenRevoked("s-1"),
        new DayChecked("c-1", "opening", false, [new("ticket-printer", "TicketPrinter", false, "OutOfPaper", "paper end")], "new roll ordered"),
        new HandOverWritten("h-1", "two customers on hold", "display 3", "wang.fang"), new HandOverTaken("h-1"),
        new FeedbackGiven(new(3), Rating.Satisfied, Id, Number, new("pay"), "li.wei"),
        new SuggestionMade("s-1", "complaint", "too slow", true), new SuggestionAssigned("s-1", "wang.fang"), new SuggestionAnswered("s-1", "a counter was added"),
        new FaultReported("f-1", "chair 4", "broken leg"), new FaultMended("f-1", "replaced"), new DeviceFaulted("ticket-printer", "OutOfPaper"), new DeviceRecovered("ticket-printer"), new PaperLoaded("ticket-printer", "pressed"),
        new AppointmentBooked("ap-1", new("pay"), At, "en"), new AppointmentCancelled("ap-1"), new PersonalDataErased("expired", 4), new JournalPruned(new(2026, 1, 5), 1200),
        new SlipTemplateChanged("ticket", "saved", "0a1b2c3d4e5f"), new ReportPrinted("Z 4", "printed"),
        new HallDescribed(new(Words, "Asia/Shanghai", ["zh-CN", "en"], [new(new("pay"), "A", Words, 600, 200, 300)], [new(new(3), CounterKind.Vip, [new("pay")])])),
        new NoticeShown("n-1", NoticeKind.Promotion, Words, At, At.AddDays(7)), new NoticeWithdrawn("n-1"),
        new StoreCommandAnswered("cmd-1", "store", "call", "refused", At, "Nobody waits.", "{\"counter\":3}"),
        new StoreCommandAnswered("cmd-2", "store", "open-counter", "done", At, "Counter 3 is open.", "{\"counter\":3}", "0a1b2c3d"),
        new StoreForgotten(1234),
        new ArrivalsForecast(new(new(2026, 1, 5), "month-start", 1.2, [510, 540], [0.5, 1], [new("pay", [3.5, 8.25], [1, 4], [7, 13], [4, 9], 0.05, 0.02, 320), new(null, [3.5, 8.25], [1, 4], [7, 13], [], 0.05, 0.02, null)],
            [new(["pay", "vip"], 3, [1, 3], [true, false], [2, 2.5]), new(["plans"], 1, [1, 1], [true, true], null)])),
    ];

    // The ledger.
    private static readonly HallEvent[] Third = LedgerFacts.All;

    // Further staff.
    private static readonly HallEvent[] Surge =
    [
        new SurgeGroupCalledIn("hall", "floating", 6, At, ["floating"]), new SurgeOvertimeAdvised("hall", 12, At, ["floating", "back-office"]),
        new SurgeOvertimeEnded("hall", 9, At, ["floating", "back-office"]), new SurgeGroupReleased("hall", "back-office", 5, At, ["floating"]), new SurgeGroupReleased("hall", "floating", 0, At, [], DayEnds: true),
        new HallDescribed(new(Words, "Asia/Shanghai", ["zh-CN", "en"], [], [], [new("hall", 5, 300, 300, [new("pay")], [new("floating", Words, null, null, []), new("outbound", Words, 2, 3, [new(3)])], new(new("back-office", Words, 2, 3, []), 10, ReserveMode.AfterGroups))])),
    ];

    // Added by the version that tells waiting times.
    private static readonly HallEvent[] Told = [new TicketIssued(Id, Number, new("pay"), "zh-CN", 3, Promise: new(900, 600, 1260, 780, 1020))];

    /// <summary>One of every type at least.</summary>
    internal static IEnumerable<HallEvent> All => [.. Facts, .. Second, .. Third, .. Surge, .. Told];

    [Fact]
    public void Events_are_written_as_version_one_wrote_them()
    {
        var lines = Facts.Select(fact => $"{EventCodec.TypeOf(fact)} {Encoding.UTF8.GetString(EventCodec.Encode(fact))}").ToList();
        Assert.Equal(File.ReadAllLines(Golden), lines);
    }

    [Fact]
    public void What_was_added_later_is_written_as_it_was_first()
    {
        var lines = Second.Select(fact => $"{EventCodec.TypeOf(fact)} {Encoding.UTF8.GetString(EventCodec.Encode(fact))}").ToList();
        if (Environment.GetEnvironmentVariable("KIOSK_ACCEPT_GOLDEN") == "1") File.WriteAllLines(GoldenSecond, lines);

        Assert.Equal(File.ReadAllLines(GoldenSecond), lines);
        Assert.Equal(lines, lines.Select(line => line.Split(' ', 2)).Select(parts => $"{parts[0]} {Encoding.UTF8.GetString(EventCodec.Encode(EventCodec.Decode(parts[0], Encoding.UTF8.GetBytes(parts[1]))))}"));
    }

    [Fact]
    public void The_ledger_is_written_as_it_was_first()
    {
        var lines = Third.Select(fact => $"{EventCodec.TypeOf(fact)} {Encoding.UTF8.GetString(EventCodec.Encode(fact))}").ToList();
        if (Environment.GetEnvironmentVariable("KIOSK_ACCEPT_GOLDEN") == "1") File.WriteAllLines(GoldenThird, lines);

        Assert.Equal(File.ReadAllLines(GoldenThird), lines);
        Assert.Equal(lines, lines.Select(line => line.Split(' ', 2)).Select(parts => $"{parts[0]} {Encoding.UTF8.GetString(EventCodec.Encode(EventCodec.Decode(parts[0], Encoding.UTF8.GetBytes(parts[1]))))}"));
    }

    [Fact]
    public void Surge_plans_are_written_as_they_were_first()
    {
        var lines = Surge.Select(fact => $"{EventCodec.TypeOf(fact)} {Encoding.UTF8.GetString(EventCodec.Encode(fact))}").ToList();
        if (Environment.GetEnvironmentVariable("KIOSK_ACCEPT_GOLDEN") == "1") File.WriteAllLines(GoldenSurge, lines);

        Assert.Equal(File.ReadAllLines(GoldenSurge), lines);
        Assert.Equal(lines, lines.Select(line => line.Split(' ', 2)).Select(parts => $"{parts[0]} {Encoding.UTF8.GetString(EventCodec.Encode(EventCodec.Decode(parts[0], Encoding.UTF8.GetBytes(parts[1]))))}"));
    }

    [Fact]
    public void What_a_customer_was_told_of_the_wait_is_written_as_it_was_first()
    {
        const string Line = """{"ticket":"7q2m9k4xwabc","number":"A012","service":"pay","language":"zh-CN","ahead":3,"promise":{"about":900,"from":600,"to":1260,"likelyFrom":780,"likelyTo":1020}}""";

        Assert.Equal(Line, Encoding.UTF8.GetString(EventCodec.Encode(Told[0])));
        Assert.Equal(Told[0], EventCodec.Decode("ticket-issued", Encoding.UTF8.GetBytes(Line)));
    }

    [Fact]
    public void What_version_one_wrote_is_read_as_it_was_meant()
    {
        var read = File.ReadAllLines(Golden).Select(line => line.Split(' ', 2)).Select(parts => EventCodec.Decode(parts[0], Encoding.UTF8.GetBytes(parts[1])));

        Assert.Equal(Facts, read);
    }

    [Fact]
    public void Every_type_of_event_is_among_them() =>
        Assert.Equal(EventCodec.Types.Order(), Facts.Concat(Second).Concat(Third).Concat(Surge).Select(EventCodec.TypeOf).Distinct().Order());

    [Fact]
    public void Type_of_a_newer_version_is_refused_by_name() =>
        Assert.Contains("\"ticket-teleported\"", Assert.Throws<JournalRefusedException>(() => EventCodec.Decode("ticket-teleported", "{}"u8)).Message, StringComparison.Ordinal);
}
