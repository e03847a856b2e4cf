using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Tests.Journal;

public sealed class EventCodecTests
{
    private static readonly TicketId Id = new("7q2m9k4xwabc");
    private static readonly TicketNumber Number = new('A', 12);

    // As written by version 1. A line is never changed: a journal of then must be read for ever.
    private static readonly string Golden = Path.Combine(RunningHall.Repository(), "tests/Kiosk.Firmware.Tests/Journal/events.v1.txt");

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

    [Fact]
    public void Events_are_written_as_version_one_wrote_them()
    {
        var lines = Facts.Select(fact => $"{EventCodec.TypeOf(fact)} {Encoding.UTF8.GetString(EventCodec.Encode(fact))}").ToList();
        if (Environment.GetEnvironmentVariable("KIOSK_ACCEPT_GOLDEN") == "1") File.WriteAllLines(Golden, lines);

        Assert.Equal(File.ReadAllLines(Golden), lines);
    }

    [Fact]
    public void What_version_one_wrote_is_read_as_it_was_meant()
    {
        var read = File.ReadAllLines(Golden).Select(line => line.Split(' ', 2)).Select(parts => EventCodec.Decode(parts[0], Encoding.UTF8.GetBytes(parts[1])));

        Assert.Equal(Facts, read);
    }

    [Fact]
    public void Every_type_of_event_is_among_them() =>
        Assert.Equal(EventCodec.Types.Order(), Facts.Select(EventCodec.TypeOf).Distinct().Order());

    [Fact]
    public void Type_of_a_newer_version_is_refused_by_name() =>
        Assert.Contains("\"ticket-teleported\"", Assert.Throws<JournalRefusedException>(() => EventCodec.Decode("ticket-teleported", "{}"u8)).Message, StringComparison.Ordinal);
}
