using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Tests.Devices;
using static Kiosk.Firmware.Tests.Mqtt.TestMosquitto;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The retained texts of devices, on a real broker.</summary>
public sealed class DeviceStatusTests : IDisposable
{
    private const string Anonymous = "allow_anonymous true", Topic = "qms/v1/test-hall/dev/ticket-printer/status";

    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Device_is_told_with_reason_and_advice_and_again_when_it_works()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        var devices = new FakeDevices(FakeDevices.Printer(DeviceState.OutOfService, "OutOfPaper"));
        await using var reporting = new Reporting(new TestHall(), broker.Address, devices: devices);
        await reporting.StartAsync();
        await using var store = new Store(broker.Address);
        await store.UntilAsync(heard => heard.Any(message => message.Topic == Topic));

        var told = Last(store);
        Assert.Equal(("out-of-service", "out-of-paper", "ticket-printer"), ((string)told["state"]!, (string)told["fault"]!, (string)told["class"]!));
        Assert.Contains("load a new roll", (string)told["advice"]!, StringComparison.Ordinal);

        devices.Set(FakeDevices.Printer(DeviceState.Ok, null));
        await store.UntilAsync(_ => (string)Last(store)["state"]! == "ok");
        Assert.Null(Last(store)["advice"]);
    }

    [Fact]
    public async Task Device_that_left_the_profile_has_its_text_cleared_and_others_stay()
    {
        using var broker = new TestMosquitto(_directory.Path, Anonymous);
        broker.Start();
        await using (var earlier = new Reporting(new TestHall(), broker.Address, devices: new FakeDevices(FakeDevices.Printer(DeviceState.Ok, null), FakeDevices.Printer(DeviceState.Ok, null) with { Id = "second" })))
        {
            await earlier.StartAsync();
            await using var witness = new Store(broker.Address, "witness");
            await witness.UntilAsync(heard => heard.Count(message => message.Topic.Contains("/dev/", StringComparison.Ordinal)) == 2);
        }

        await using var reporting = new Reporting(new TestHall(), broker.Address, devices: new FakeDevices(FakeDevices.Printer(DeviceState.Ok, null)));
        await using var store = new Store(broker.Address);
        await store.SubscribedAsync();
        await reporting.StartAsync();
        await store.UntilAsync(heard => heard.Any(message => message.Topic == "qms/v1/test-hall/dev/second/status" && message.Payload.Length == 0));

        await using var late = new Store(broker.Address, "late", "qms/v1/+/dev/+/status");
        await late.UntilAsync(heard => heard.Count > 0);
        Assert.Equal([Topic], late.Heard.Select(message => message.Topic));
    }

    private static JsonNode Last(Store store) => JsonNode.Parse(Encoding.UTF8.GetString(store.Heard.Last(message => message.Topic == Topic).Payload))!;
}
