using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Journal;
using Kiosk.Mqtt;
using Kiosk.Provisioning.Store;
using Kiosk.Simulation.Day;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The hall as a copy makes it of the masked events is the hall.</summary>
public sealed class CopyFoldTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly StoreFile _file;

    public CopyFoldTests() => _file = StoreFile.Open(Path.Combine(_directory.Path, "store.db"));

    public void Dispose()
    {
        _file.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Copy_of_busy_days_shows_what_the_hall_shows_at_every_moment_and_after_a_restart()
    {
        var site = SimulatedHall.Read();
        var days = SimulatedDays.Run(site, new(2026, 3, 2), 2, 500, seed: 6);
        var events = Stored([new(days.Entries[0].At, new HallDescribed(HallOutline.Of(site)), null, "clock"), .. days.Entries], site.Id);
        var (hall, copy) = (HallState.For(site, printing: true), new CopyFold(_file, site.Id));
        var looks = 0;
        foreach (var recorded in events)
        {
            hall = HallDecider.Evolve(hall, recorded.Fact, recorded.At);
            if (recorded.Seq % 37 != 0 && recorded.Seq != events.Count) continue;

            copy.To(new(1, recorded.Seq));
            var shown = Texts(new(1, recorded.Seq, recorded.At, hall), site);
            Assert.Equal(shown, Texts(copy.Snapshot!, copy.Profile!));
            if (++looks % 50 == 0) Assert.Equal(shown, Texts(Restarted(site.Id, recorded.Seq).Snapshot!, site));
        }

        Assert.True(looks > 200, $"only {looks} looks");
        Assert.Equal((null, 0, 0), (copy.Doubt, copy.Unfolded, copy.Unknown));
    }

    [Fact]
    public void Hall_that_describes_itself_anew_in_the_middle_of_a_day_is_folded_anew_as_its_host_does()
    {
        var before = TestHall.Profile;
        var after = before with { Services = [before.Services[0] with { Name = Kiosk.Domain.Site.Texts.Of(("en", "Payments")) }], Counters = [before.Counters[0] with { Services = [new("bills")] }] };
        HallEvent[] morning = [new DayOpened(new(2026, 1, 5)), new CounterOpened(new(1)), new CounterOpened(new(2)), Issued('A', 1, "bills"), Issued('B', 1, "permits"), Called('A', 1, "bills", 2)];
        HallEvent[] noon = [Issued('A', 2, "bills"), Called('B', 1, "permits", 1)];
        Stored(Entries([new HallDescribed(HallOutline.Of(before)), .. morning, new HallDescribed(HallOutline.Of(after)), .. noon]), "test-hall");

        var copy = new CopyFold(_file, "test-hall");
        for (var seq = 1; seq <= 10; seq++) copy.To(new(1, seq));

        // What the host's recovery does: the whole day over the new profile.
        var host = HallState.For(after, printing: true);
        var at = 0;
        foreach (var fact in (HallEvent[])[new HallDescribed(HallOutline.Of(before)), .. morning, new HallDescribed(HallOutline.Of(after)), .. noon]) host = HallDecider.Evolve(host, fact, TestHall.Opening.AddSeconds(at++));
        var shown = Texts(new(1, 10, TestHall.Opening.AddSeconds(9), host), after);
        Assert.Equal(shown, Texts(copy.Snapshot!, copy.Profile!));
        Assert.Equal(shown, Texts(Restarted("test-hall", 10).Snapshot!, after));
        Assert.Contains(shown, text => text.Contains("Payments", StringComparison.Ordinal));

        // As of an event before, it is as it was then.
        copy.To(new(1, 7));
        Assert.Equal(2, copy.Profile!.Services.Length);
        Assert.Equal((7, null), (copy.Snapshot!.Seq, copy.Doubt));
    }

    [Fact]
    public void Event_that_cannot_be_folded_is_counted_and_doubted_until_the_next_day_and_never_a_crash()
    {
        Stored(Entries([new HallDescribed(HallOutline.Of(TestHall.Profile)), new DayOpened(new(2026, 1, 5)), Called('A', 9, "bills", 1), Issued('A', 1, "bills")]), "test-hall");
        var copy = new CopyFold(_file, "test-hall");
        copy.To(new(1, 4));
        Assert.Equal((1, 1), (copy.Unfolded, copy.Snapshot!.State.Waiting));
        Assert.Contains("ticket-called at event 3 of epoch 1", copy.Doubt, StringComparison.Ordinal);

        Write(new(new(1, 5), TestHall.Opening, "ticket-issued", Encoding.UTF8.GetBytes(ScriptedHall.Event(1, 5, "ticket-issued", """{"ticket":7,"number":"?","service":null}"""))));
        copy.To(new(1, 5));
        Assert.Equal(2, copy.Unfolded);

        Write(new(new(1, 6), TestHall.Opening, "day-opened", Encoding.UTF8.GetBytes(ScriptedHall.Event(1, 6, "day-opened", """{"day":"2026-01-06"}"""))));
        copy.To(new(1, 6));
        Assert.Equal((null, 0), (copy.Doubt, copy.Snapshot!.State.Waiting));
    }

    [Fact]
    public void Range_that_is_missing_in_the_day_makes_the_state_doubtful()
    {
        Stored(Entries([new HallDescribed(HallOutline.Of(TestHall.Profile)), new DayOpened(new(2026, 1, 5)), Issued('A', 1, "bills")]), "test-hall");
        _file.Write(() => _file.Rows.Miss("test-hall", new(1, 4, 8)));
        Write(new(new(1, 9), TestHall.Opening, "counter-opened", Encoding.UTF8.GetBytes(ScriptedHall.Event(1, 9))));
        var copy = new CopyFold(_file, "test-hall");
        copy.To(new(1, 9));
        Assert.Equal("events 4 to 8 of epoch 1 are missing", copy.Doubt);
    }

    [Fact]
    public void Every_type_of_event_is_read_and_told_as_the_store_gets_it()
    {
        var seq = 0;
        foreach (var type in typeof(HallEvent).GetNestedTypes().Where(type => !type.IsAbstract))
        {
            var recorded = new Recorded(1, ++seq, TestHall.Opening, (HallEvent)PayloadTests.Any(type), null, "test");
            var one = Read(recorded, "test-hall");
            Assert.Equal(type, CopyFold.Fact(one).GetType());
            Assert.DoesNotContain(one.Type, CopyWords.Of(one), StringComparison.Ordinal);
        }

        Assert.True(seq > 80, $"only {seq} types");
    }

    [Fact]
    public void Two_tickets_of_one_reference_are_two_tickets()
    {
        var (one, other) = (ScriptedHall.Event(1, 3, "ticket-issued", Issue("A001")), ScriptedHall.Event(1, 4, "ticket-issued", Issue("A002")));
        Stored(Entries([new HallDescribed(HallOutline.Of(TestHall.Profile)), new DayOpened(new(2026, 1, 5))]), "test-hall");
        Write(new(new(1, 3), TestHall.Opening, "ticket-issued", Encoding.UTF8.GetBytes(one)));
        Write(new(new(1, 4), TestHall.Opening, "ticket-issued", Encoding.UTF8.GetBytes(other)));
        var copy = new CopyFold(_file, "test-hall");
        copy.To(new(1, 4));
        Assert.Equal((2, null), (copy.Snapshot!.State.Waiting, copy.Doubt));

        static string Issue(string number) => $$"""{"ticket":"ad4b4bca","number":"{{number}}","service":"bills","language":"en","ahead":0}""";
    }

    private static TicketIssued Issued(char letter, int serial, string service) => new(new($"{letter}{serial}"), new(letter, serial), new(service), "en", 0);

    private static TicketCalled Called(char letter, int serial, string service, int counter) => new(new($"{letter}{serial}"), new(letter, serial), new(service), new(counter));

    private static IReadOnlyList<Entry> Entries(IReadOnlyList<HallEvent> facts) => [.. facts.Select((fact, index) => new Entry(TestHall.Opening.AddSeconds(index), fact, null, "test"))];

    private CopyFold Restarted(string hall, long seq)
    {
        var copy = new CopyFold(_file, hall);
        copy.To(new(1, seq));
        return copy;
    }

    /// <summary>On the way that every event takes: masked, sent, read, written.</summary>
    private List<Recorded> Stored(IReadOnlyList<Entry> entries, string hall)
    {
        var journal = new MemoryJournal();
        journal.Append(entries);
        var events = journal.Read(0, entries.Count).ToList();
        _file.Write(() => events.ForEach(recorded => _file.Rows.Add(hall, Read(recorded, hall))));
        return events;
    }

    private static CopyEvent Read(Recorded recorded, string hall)
    {
        Assert.True(CopyEvent.TryRead(EventPayloads.Of(recorded, hall, historical: recorded.Seq % 2 == 0), hall, out var one, out var trouble), trouble);
        Assert.Equal(EventPayloads.Of(recorded, hall), one.Body);
        return one;
    }

    private void Write(CopyEvent one) => _file.Write(() => _file.Rows.Add("test-hall", one));

    private static List<string> Texts(HallSnapshot snapshot, HallProfile profile) =>
        [.. Snapshots.Of(snapshot, profile, new(profile.Id)).Select(text => $"{text.Topic} {Encoding.UTF8.GetString(PayloadJson.Bytes(text.Payload))}")];
}
