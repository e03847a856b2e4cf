using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Kioskctl;

/// <summary>A store that was tried and does not come back.</summary>
public sealed class StoreForgetTests : IDisposable
{
    private readonly DataDirectory _data = new();
    private readonly TestDirectory _directory = new();
    private readonly TestMosquitto _broker;

    public StoreForgetTests()
    {
        _broker = new(_directory.Path, "allow_anonymous true\nmax_queued_messages 100000");
        _broker.Start();
    }

    public void Dispose()
    {
        _broker.Dispose();
        _directory.Dispose();
        _data.Dispose();
    }

    private Task<DataDirectory.Ran> ForgetAsync() => DataDirectory.RunAsync(["store", "forget", "--data", _data.Path]);

    private Task<RunningHall> HallAsync() => RunningHall.StartAsync(profile => profile["mqtt"] = new JsonObject { ["url"] = _broker.Address.ToString() }, data: _data.Path, broker: TestMosquitto.AnyPort());

    [Fact]
    public async Task A_running_hall_waits_for_it_no_more_until_a_store_acknowledges_again()
    {
        await using var store = new Store(_broker.Address);
        await store.SubscribedAsync();
        var hall = await HallAsync();
        try
        {
            await store.UntilEventAsync(1);
            Assert.Equal(64, (await ForgetAsync()).Code);
            await AcknowledgeAsync(store, hall);

            var ran = await ForgetAsync();
            Assert.True(ran.Code == 0, ran.Errors);
            await UntilAsync(hall, status => status is { By: AcknowledgedBy.Broker, Lag: 0 });
            Assert.Equal(0, hall.The<IJournal>().Cursor("mqtt-ack"));
            var audit = (await hall.GetAsync("audit"))["events"]!.AsArray();
            var fact = audit.Single(fact => (string)fact!["type"]! == "store-forgotten")!;
            Assert.Equal(("kioskctl", 1L), ((string)fact["source"]!, (long)fact["data"]!["seq"]!));
            var again = await ForgetAsync();
            Assert.Equal((64, true), (again.Code, again.Errors.Contains("there is none to forget", StringComparison.Ordinal)));
        }
        finally
        {
            await hall.StopAsync();
        }

        hall = await HallAsync();
        try
        {
            await UntilAsync(hall, status => status is { By: AcknowledgedBy.Broker, Lag: 0 });
            await AcknowledgeAsync(store, hall);
        }
        finally
        {
            await hall.StopAsync();
        }
    }

    [Fact]
    public async Task Where_no_host_runs_it_is_forgotten_and_written_down_all_the_same()
    {
        using (var journal = SqliteJournal.Open(_data.Path))
        {
            journal.Append([new(TestHall.Opening, new HallEvent.DayOpened(new(2026, 1, 5)), null, "test")]);
            journal.SaveCursor("mqtt-ack", 1);
        }

        var ran = await ForgetAsync();
        Assert.True(ran.Code == 0, ran.Errors);
        Assert.Equal(64, (await ForgetAsync()).Code);
        using var after = SqliteJournal.Open(_data.Path);
        Assert.Equal(0, after.Cursor("mqtt-ack"));
        Assert.Equal([("kioskctl", new HallEvent.StoreForgotten(1))], after.Read(1, 10).Select(recorded => (recorded.Source, (HallEvent.StoreForgotten)recorded.Fact)));
    }

    [Fact]
    public void A_store_that_is_forgotten_is_not_silent()
    {
        var clock = new Staff.HandClock();
        var status = new MqttStatus { Time = clock };
        status.Enter(new Kiosk.Mqtt.MqttState.Connected(1));
        status.Reached(10, AcknowledgedBy.Store);
        status.Saw(12);
        clock.Advance(MqttStatus.SilentAfter);
        Assert.Equal(ReportingFault.Silent, status.Worst!.Fault);

        var told = 0;
        status.Changed += () => told++;
        status.Reached(10, AcknowledgedBy.Broker);
        Assert.Equal((null, 1), (status.Worst, told));
    }

    private static async Task AcknowledgeAsync(Store store, RunningHall hall)
    {
        await store.SayAsync(hall.The<Kiosk.Mqtt.Topics>().Acknowledgement, $$"""{"epoch":{{hall.The<IJournal>().Epoch}},"seq":1}""");
        await UntilAsync(hall, status => status is { By: AcknowledgedBy.Store, Acknowledged: 1 });
    }

    private static async Task UntilAsync(RunningHall hall, Func<MqttStatus, bool> so)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        while (!so(hall.The<MqttStatus>())) await Task.Delay(20, watchdog.Token);
    }
}
