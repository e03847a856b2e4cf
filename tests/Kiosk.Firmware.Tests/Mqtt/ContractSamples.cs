using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Domain.Waiting;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Tests.Devices;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <param name="Schema">Below <c>firmware/docs/schemas</c>.</param>
/// <param name="Text">JSON in one line.</param>
internal sealed record ContractSample(string Schema, string Text)
{
    public static ContractSample Of(string schema, byte[] payload) => new($"{schema}.schema.json", Encoding.UTF8.GetString(payload));

    public static ContractSample Of(string schema, JsonObject payload) => new($"{schema}.schema.json", payload.ToJsonString(ContractSamples.Plain));
}

/// <summary>The contract's texts: golden files, and the examples of <c>asyncapi.yaml</c>.</summary>
internal static class ContractSamples
{
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Boot = "5b8e9f0a1c2d3e4f", Version = "0.1.0";

    private static readonly Topics Topics = new("test-hall");

    public static IReadOnlyDictionary<string, ContractSample> All { get; } = Reports().Concat(CommandSamples.Commands).Concat(CommandSamples.Answers).ToDictionary();

    private static IEnumerable<KeyValuePair<string, ContractSample>> Reports()
    {
        var hall = new TestHall();
        hall.Open();
        hall.Take(1);
        hall.Take(2);
        hall.Call(1, 2);
        var texts = Snapshots.Of(hall.Feed.Latest, TestHall.Profile, Topics, new Dictionary<ServiceId, WaitRange> { [new("bills")] = new(10, 20) }).ToDictionary(text => text.Topic, text => PayloadJson.Bytes(text.Payload));
        var fact = EventPayloads.Of(hall.Journal.Read(5, 1)[0], "test-hall");
        var late = JsonSerializer.Deserialize(fact, PayloadJson.Wire.EventPayload)! with { Historical = true };
        return new Dictionary<string, ContractSample>
        {
            ["evt"] = ContractSample.Of("event", fact),
            ["evt-historical"] = ContractSample.Of("event", PayloadJson.Bytes(late)),
            ["state-hall"] = ContractSample.Of("hall-state", texts[Topics.HallState]),
            ["state-hall-surge"] = ContractSample.Of("hall-state", PayloadJson.Bytes(Snapshots.Of(CrowdedHall.Latest(), CrowdedHall.Profile, Topics).First().Payload)),
            ["state-service"] = ContractSample.Of("service-state", texts[Topics.ServiceState(new("bills"))]),
            ["state-counter"] = ContractSample.Of("counter-state", texts[Topics.CounterState(new(2))]),
            ["state-counter-free"] = ContractSample.Of("counter-state", texts[Topics.CounterState(new(1))]),
            ["status-online"] = ContractSample.Of("status", PayloadJson.Bytes(new StatusPayload(true, Boot, 1, 6, Version))),
            ["status-restored"] = ContractSample.Of("status", PayloadJson.Bytes(new StatusPayload(true, Boot, 2, 0, Version, 1, new(1, 6)))),
            ["status-offline"] = ContractSample.Of("status", PayloadJson.Bytes(new StatusPayload(false, Boot, 1, 6, Version))),
            ["dev-status"] = ContractSample.Of("device-status", PayloadJson.Bytes(RetainedDevices.Payload(
                FakeDevices.Printer(DeviceState.OutOfService, "OutOfPaper", "DLE EOT 4 answered 0x7E") with { Paper = new(80, 79.2, TestHall.Opening, 0, 14.5, null, false) }, "test-hall"))),
            ["dev-status-ok"] = ContractSample.Of("device-status", PayloadJson.Bytes(RetainedDevices.Payload(
                FakeDevices.Printer(DeviceState.Ok, null) with { Paper = new(80, 30.5, TestHall.Opening, 60, 14.5, TestHall.Opening.AddHours(3.5), false) }, "test-hall"))),
            ["ack"] = ContractSample.Of("acknowledgement", PayloadJson.Bytes(new AcknowledgementPayload(1, 6))),
            ["rebirth"] = ContractSample.Of("rebirth", new JsonObject()),
            ["rebirth-place"] = ContractSample.Of("rebirth", PayloadJson.Bytes(new RebirthPayload(1, 6))),
        };
    }
}
