using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Mqtt;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>What is late is marked, what a store lacks comes again, and a journal that lost events does not contradict itself.</summary>
public sealed class DeliveryTests : IDisposable
{
    private const string Anonymous = "allow_anonymous true\nmax_queued_messages 100000\nmax_inflight_messages 1000";

    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_in_the_journal_before_the_connection_is_marked_as_historical()
    {
        await using var rig = await StartAsync();
        var (hall, store, _) = rig;
        hall.Take(1);
        await store.UntilEventAsync(4);

        Assert.Equal([(1, true), (2, true), (3, true), (4, false)], store.Heard.Where(message => message.Topic.EndsWith("/evt", StringComparison.Ordinal)).Select(message =>
        {
            var root = JsonDocument.Parse(message.Payload).RootElement;
            return (root.GetProperty("seq").GetInt32(), root.TryGetProperty("historical", out var flag) && flag.GetBoolean());
        }));
    }

    [Fact]
    public async Task A_store_that_lost_its_own_copy_names_the_place_from_which_it_wants_the_events()
    {
        await using var rig = await StartAsync(tickets: 50);
        var (_, store, reporting) = rig;
        await store.SayAsync("qms/v1/test-hall/ack", """{"epoch":1,"seq":53}""");
        await reporting.UntilAsync(status => status is { Acknowledged: 53, By: AcknowledgedBy.Store });
        var before = store.Events.Count;

        await store.SayAsync("qms/v1/test-hall/rebirth", """{"epoch":1,"after":20}""");
        await store.UntilAsync(heard => heard.Count(message => message.Topic.EndsWith("/evt", StringComparison.Ordinal)) >= before + 33);

        Assert.Equal(Enumerable.Range(21, 33).Select(seq => (1, (long)seq)), store.Events.Skip(before));
        Assert.Equal(53, reporting.Status.Acknowledged);
    }

    [Fact]
    public async Task Of_wishes_that_wait_together_the_one_that_reaches_further_back_is_granted()
    {
        await using var rig = await StartAsync(tickets: 50);
        var (_, store, reporting) = rig;
        await store.SayAsync("qms/v1/test-hall/ack", """{"epoch":1,"seq":53}""");
        await reporting.UntilAsync(status => status is { Acknowledged: 53, By: AcknowledgedBy.Store });
        var before = store.Events.Count;

        await store.SayAsync("qms/v1/test-hall/rebirth", """{"epoch":1,"after":5}""");
        await store.SayAsync("qms/v1/test-hall/rebirth", """{"epoch":1,"after":50}""");
        await store.SayAsync("qms/v1/test-hall/rebirth", "{}");
        await store.UntilAsync(heard => heard.Count(message => message.Topic.EndsWith("/evt", StringComparison.Ordinal)) >= before + 48);

        Assert.Equal(Enumerable.Range(6, 48).Select(seq => (1, (long)seq)), store.Events.Skip(before));
    }

    [Fact]
    public async Task A_wish_that_is_being_granted_is_not_cut_short_by_another()
    {
        using var broker = new MuteBroker { AnswersSubscriptions = true, AnswersMessages = true };
        var hall = new TestHall();
        hall.Open();
        for (var serial = 1; serial <= 50; serial++) hall.Take(serial);
        await using var reporting = new Reporting(hall, broker.Address, answerPatience: TimeSpan.FromSeconds(3));
        await reporting.StartAsync();
        await reporting.UntilAsync(status => status is { Acknowledged: 53, Lag: 0 });
        broker.Say("qms/v1/test-hall/ack", """{"epoch":1,"seq":53}""");
        await reporting.UntilAsync(status => status.By == AcknowledgedBy.Store);

        broker.AnswersMessages = false;
        broker.Say("qms/v1/test-hall/rebirth", """{"epoch":1,"after":5}""");
        await reporting.UntilAsync(_ => Sixths() == 2); // Its first event is under way and stays so.
        broker.Say("qms/v1/test-hall/rebirth", """{"epoch":1,"after":50}""");
        broker.AnswersMessages = true;
        await reporting.UntilAsync(_ => Sixths() >= 3 && Events()[^1] == 53);

        var again = Events();
        Assert.Equal(Enumerable.Range(6, 48).Select(seq => (long)seq), again[again.LastIndexOf(6)..]);

        List<long> Events() => [.. broker.Heard.Where(message => message.Topic == Reporting.Topics.Events).Select(message => Store.Place(message).Seq)];
        int Sixths() => Events().Count(seq => seq == 6);
    }

    [Fact]
    public async Task A_store_of_another_epoch_gets_everything()
    {
        await using var rig = await StartAsync();
        var (_, store, reporting) = rig;
        await store.SayAsync("qms/v1/test-hall/ack", """{"epoch":1,"seq":3}""");
        await reporting.UntilAsync(status => status.By == AcknowledgedBy.Store);
        var before = store.Events.Count;

        await store.SayAsync("qms/v1/test-hall/rebirth", """{"epoch":77,"after":3000}""");
        await store.UntilAsync(heard => heard.Count(message => message.Topic.EndsWith("/evt", StringComparison.Ordinal)) >= before + 3);

        Assert.Equal([(1, 1L), (1, 2L), (1, 3L)], store.Events.Skip(before));
    }

    [Fact]
    public async Task A_journal_that_has_less_than_the_store_sends_no_event_in_the_place_of_another()
    {
        await using var rig = await StartAsync();
        var (hall, store, reporting) = rig;

        await store.SayAsync("qms/v1/test-hall/ack", """{"epoch":1,"seq":40}""");
        await reporting.UntilAsync(status => status.Trouble?.Contains("start", StringComparison.Ordinal) == true);
        Assert.Equal(40, hall.Journal.SupersededBy);
        hall.Take(1);
        await store.UntilAsync(heard => heard.Any(message => message.Topic.EndsWith("/state/service/bills", StringComparison.Ordinal) && Store.Place(message).Seq == 4));
        Assert.DoesNotContain((1, 4L), store.Events);
    }

    [Fact]
    public async Task A_journal_older_than_its_own_last_status_is_found_without_a_store()
    {
        using var broker = Broker();
        await using var store = new Store(broker.Address);
        await store.SubscribedAsync();
        await (await store.Client.SendAsync("qms/v1/test-hall/status", """{"online":false,"boot":"x","epoch":1,"seq":90,"version":"0.1.0","first":1,"from":null}"""u8.ToArray(), retain: true, CancellationToken.None));
        var hall = new TestHall();
        hall.Open();
        await using var reporting = new Reporting(hall, broker.Address);
        await reporting.StartAsync();

        await reporting.UntilAsync(status => status.Trouble is not null);
        Assert.Equal(90, hall.Journal.SupersededBy);
    }

    [Fact]
    public void The_next_opening_begins_a_new_epoch_with_the_same_events()
    {
        var opening = new HallEvent.DayOpened(new(2026, 1, 5));
        int epoch;
        using (var journal = SqliteJournal.Open(_directory.Path))
        {
            epoch = journal.Epoch;
            journal.Append([new(TestHall.Opening, opening, null, "test")]);
            journal.SaveCursor("mqtt-ack", 1);
            Assert.Null(journal.ContinuedFrom);
            journal.Supersede(40);
        }

        using (var journal = SqliteJournal.Open(_directory.Path))
        {
            Assert.True(journal.Epoch > epoch);
            Assert.Equal(new JournalPlace(epoch, 40), journal.ContinuedFrom);
            Assert.Equal(0, journal.Cursor("mqtt-ack"));
            var first = Assert.Single(journal.Read(0, 10));
            Assert.Equal((journal.Epoch, 1L, opening), (first.Epoch, first.Seq, first.Fact));
            epoch = journal.Epoch;
        }

        using var again = SqliteJournal.Open(_directory.Path);
        Assert.Equal(epoch, again.Epoch);
    }

    /// <summary>A hall with an open day whose store has heard everything so far.</summary>
    private async Task<Rig> StartAsync(int tickets = 0)
    {
        var (broker, hall) = (Broker(), new TestHall());
        hall.Open();
        for (var serial = 1; serial <= tickets; serial++) hall.Take(serial);
        var (store, reporting) = (new Store(broker.Address), new Reporting(hall, broker.Address));
        await store.SubscribedAsync();
        await reporting.StartAsync();
        await store.UntilEventAsync(hall.Journal.LastSeq);
        return new(broker, hall, store, reporting);
    }

    private TestMosquitto Broker()
    {
        var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        return broker;
    }

    private sealed record Rig(TestMosquitto Broker, TestHall Hall, Store Store, Reporting Reporting) : IAsyncDisposable
    {
        public void Deconstruct(out TestHall hall, out Store store, out Reporting reporting) => (hall, store, reporting) = (Hall, Store, Reporting);

        public async ValueTask DisposeAsync()
        {
            await Reporting.DisposeAsync();
            await Store.DisposeAsync();
            Broker.Dispose();
        }
    }
}
