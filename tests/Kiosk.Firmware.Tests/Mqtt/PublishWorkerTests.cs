using System.Text.Json;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;
using static Kiosk.Firmware.Tests.Mqtt.TestMosquitto;

namespace Kiosk.Firmware.Tests.Mqtt;

public sealed class PublishWorkerTests : IDisposable
{
    private const string Anonymous = "allow_anonymous true\nmax_queued_messages 100000\nmax_inflight_messages 1000";

    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Events_arrive_in_order_without_a_gap_and_the_place_is_kept()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = new TestHall();
        await using var store = new Store(broker.Address);
        await store.SubscribedAsync();

        await using (var reporting = new Reporting(hall, broker.Address))
        {
            await reporting.StartAsync();
            hall.Open();
            for (var serial = 1; serial <= 500; serial++) hall.Take(serial);
            await store.UntilEventAsync(503);
            await reporting.UntilAsync(status => status is { Acknowledged: 503, Lag: 0, By: AcknowledgedBy.Broker });
        }

        Assert.Equal(Enumerable.Range(1, 503).Select(seq => (1, (long)seq)), store.Events);
        Assert.Equal(503, hall.Journal.Cursor("mqtt-evt"));
        Assert.InRange(hall.Journal.CursorsSaved, 1, 10);

        await using var next = new Reporting(hall, broker.Address);
        await next.StartAsync();
        hall.Call(1, 1);
        await store.UntilEventAsync(504);
        Assert.Equal(504, store.Events.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_missing_after_the_broker_was_killed_again_and_again(bool acknowledging)
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = new TestHall();
        await using var store = new Store(broker.Address);
        await store.SubscribedAsync();
        if (acknowledging) store.Client.Received += message => _ = AcknowledgeAsync(store, message);
        await using var reporting = new Reporting(hall, broker.Address);
        await reporting.StartAsync();

        hall.Open();
        for (var serial = 1; serial <= 2000; serial++)
        {
            hall.Take(serial);
            if (serial % 500 != 250) continue;
            await store.UntilEventAsync(serial / 2); // In the middle of it, with messages under way.
            broker.Kill();
            broker.Start();
        }

        await store.UntilEventAsync(2003);
        var once = store.Events.Distinct().ToList();
        Assert.Equal(Enumerable.Range(1, 2003).Select(seq => (1, (long)seq)), once);
        if (acknowledging) await reporting.UntilAsync(status => status.By == AcknowledgedBy.Store);
    }

    [Fact]
    public async Task What_nobody_listened_to_is_kept_for_the_first_who_does()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = new TestHall();
        hall.Open();
        await using var reporting = new Reporting(hall, broker.Address);
        await reporting.StartAsync();
        for (var serial = 1; serial <= 300; serial++) hall.Take(serial);
        await reporting.UntilAsync(status => status.NobodyListens);
        Assert.Equal((0, 303), (reporting.Status.Acknowledged, reporting.Status.Lag));

        await using (var first = new Store(broker.Address, "first"))
        {
            await first.UntilEventAsync(303);
            Assert.Equal(Enumerable.Range(1, 303).Select(seq => (1, (long)seq)), first.Events);
            await reporting.UntilAsync(status => status is { NobodyListens: false, Lag: 0 });
        }

        await using var noSession = new MosquittoClient(
            new("first") { Protocol = MqttProtocol.V311 }, () => (broker.Address, ""), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<MosquittoClient>.Instance);
        noSession.Start(); // A clean start of the same name ends the session that still listens.
        await MosquittoClientTests.StateAsync<MqttState.Connected>(noSession);
        hall.Take(301);
        await reporting.UntilAsync(status => status is { NobodyListens: true, Lag: 1 });
        await using var second = new Store(broker.Address, "second");
        await second.UntilEventAsync(304);
        Assert.Equal([(1, 304L)], second.Events);
    }

    [Fact]
    public async Task Once_a_store_acknowledges_only_its_word_moves_the_place()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = new TestHall();
        hall.Open();
        await using var store = new Store(broker.Address);
        await using (var reporting = new Reporting(hall, broker.Address))
        {
            await reporting.StartAsync();
            await reporting.UntilAsync(status => status is { Acknowledged: 3, By: AcknowledgedBy.Broker });

            await store.SayAsync(Reporting.Topics.Acknowledgement, """{"epoch":1,"seq":2}""");
            await reporting.UntilAsync(status => status is { Acknowledged: 2, By: AcknowledgedBy.Store });
            hall.Take(1);
            await store.UntilEventAsync(4);
            await store.SayAsync(Reporting.Topics.Acknowledgement, """{"epoch":7,"seq":4}""");
            await store.SayAsync(Reporting.Topics.Acknowledgement, """{"epoch":1,"seq":5}""");
            await store.SayAsync(Reporting.Topics.Acknowledgement, """{"epoch":1}""");
            await store.SayAsync(Reporting.Topics.Acknowledgement, "not JSON");
            await store.SayAsync(Reporting.Topics.Acknowledgement, """{"epoch":1,"seq":3}""");
            await reporting.UntilAsync(status => status is { Acknowledged: 3, Lag: 1 });
        }

        Assert.Equal(3, hall.Journal.Cursor("mqtt-ack"));
        await using var next = new Reporting(hall, broker.Address);
        await next.StartAsync();
        await store.UntilAsync(_ => store.Events.Count(place => place.Seq == 4) == 2);
    }

    [Fact]
    public async Task Retained_texts_show_the_latest_state_to_whoever_comes_later()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = new TestHall();
        await using var reporting = new Reporting(hall, broker.Address);
        await reporting.StartAsync();
        hall.Open();
        hall.Take(1);
        hall.Call(1, 2);
        await using var early = new Store(broker.Address, "early");
        await early.UntilAsync(heard => heard.Any(m => m.Topic == "qms/v1/test-hall/state/counter/2" && Text(m, "ticketServedLabel") == "A001"));

        await using var late = new Store(broker.Address, "late");
        await late.UntilAsync(heard => heard.Count(message => message.Retained) == 6);
        var status = late.Heard.Single(message => message.Topic == Reporting.Topics.Status);
        Assert.Equal(reporting.Status.Boot, Text(status, "boot"));
        Assert.Equal("A001", Text(late.Heard.Single(m => m.Topic == "qms/v1/test-hall/state/service/bills"), "lastTicketIssuedLabel"));
    }

    [Fact]
    public async Task Only_texts_that_changed_are_shown_again_and_all_of_them_at_a_rebirth()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = new TestHall();
        hall.Open();
        await using var store = new Store(broker.Address);
        await store.SubscribedAsync();
        await using var reporting = new Reporting(hall, broker.Address);
        await reporting.StartAsync();
        await store.UntilAsync(heard => heard.Count(IsState) == 5);

        hall.Record(new Kiosk.Domain.Hall.HallEvent.CounterPaused(new(2)));
        await store.UntilAsync(heard => heard.Any(m => m.Topic.EndsWith("counter/2", StringComparison.Ordinal) && Text(m, "serviceStatus") == "Suspended"));
        Assert.DoesNotContain(store.Heard.Where(IsState).Skip(5), m => m.Topic.EndsWith("counter/1", StringComparison.Ordinal));

        await store.SayAsync(Reporting.Topics.Rebirth, "{}");
        await store.UntilAsync(heard => heard.Count(m => m.Topic.EndsWith("counter/1", StringComparison.Ordinal)) == 2
            && heard.Count(m => m.Topic == Reporting.Topics.Status) == 2);
    }

    [Fact]
    public async Task A_clean_stop_says_offline_and_a_vanished_host_is_said_offline_by_the_broker()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        await using var store = new Store(broker.Address);
        await store.SubscribedAsync();
        var clean = new Reporting(new(), broker.Address);
        await clean.StartAsync();
        await store.UntilAsync(heard => heard.Any(m => m.Topic == Reporting.Topics.Status));
        await clean.DisposeAsync();
        await store.UntilAsync(heard => heard.Any(m => Offline(m, clean.Status.Boot)));

        using var wire = new TestWire(broker.Port);
        await using var cut = new Reporting(new(), () => wire.Broken ? (null, "cut") : (new("127.0.0.1", wire.Port, false), ""));
        await cut.StartAsync();
        await store.UntilAsync(heard => heard.Any(m => m.Topic == Reporting.Topics.Status && Text(m, "boot") == cut.Status.Boot));
        wire.Break();
        await store.UntilAsync(heard => heard.Any(m => Offline(m, cut.Status.Boot)));
        await cut.UntilAsync(status => status.State is MqttState.Away);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_said_and_read_again()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = new TestHall();
        hall.Journal.FailingReads = 1;
        hall.Open();
        await using var store = new Store(broker.Address);
        await using var reporting = new Reporting(hall, broker.Address);
        await reporting.StartAsync();
        await reporting.UntilAsync(status => status.Trouble == "The disk gave an error.");
        await reporting.UntilAsync(status => status is { Trouble: null, Acknowledged: 3 });
    }

    [Fact]
    public async Task A_denied_topic_is_named_and_nothing_is_skipped()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "acl"), "topic readwrite qms/v1/test-hall/state/#\ntopic read qms/#\n");
        using var broker = new TestMosquitto(_directory.Path, $"allow_anonymous true\nacl_file {_directory.Path}/acl");
        broker.Start();
        var hall = new TestHall();
        hall.Open();
        await using var reporting = new Reporting(hall, broker.Address);
        await reporting.StartAsync();
        await reporting.UntilAsync(status => status.Trouble?.StartsWith("The broker denies qms/v1/test-hall/evt", StringComparison.Ordinal) == true);
        Assert.IsType<MqttState.Connected>(reporting.Status.State);
        Assert.Equal((0, 3), (reporting.Status.Acknowledged, reporting.Status.Lag));
    }

    [Fact]
    public async Task Events_arrive_over_MQTT_3_1_1_as_well()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var hall = new TestHall();
        await using var store = new Store(broker.Address);
        await store.SubscribedAsync();
        await using var reporting = new Reporting(hall, broker.Address, protocol: MqttProtocol.V311);
        await reporting.StartAsync();
        hall.Open();
        await store.UntilEventAsync(3);
        Assert.Equal([(1, 1L), (1, 2L), (1, 3L)], store.Events);
    }

    private static async Task AcknowledgeAsync(Store store, MqttMessage message)
    {
        if (!message.Topic.EndsWith("/evt", StringComparison.Ordinal)) return;
        var (epoch, seq) = Store.Place(message);
        if (seq % 50 != 0) return;

        try
        {
            // A store acknowledges what it has without a gap.
            await store.SayAsync(Reporting.Topics.Acknowledgement, $$"""{"epoch":{{epoch}},"seq":{{store.Whole}}}""");
        }
        catch (MqttAwayException)
        {
            return; // The broker was killed; the next one is acknowledged.
        }
    }

    private static bool IsState(MqttMessage message) => message.Topic.Contains("/state/", StringComparison.Ordinal);

    private static bool Offline(MqttMessage message, string boot) =>
        message.Topic == Reporting.Topics.Status
        && !JsonDocument.Parse(message.Payload).RootElement.GetProperty("online").GetBoolean() && Text(message, "boot") == boot;

    private static string? Text(MqttMessage message, string name) => JsonDocument.Parse(message.Payload).RootElement.GetProperty(name).GetString();
}
