using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Firmware.Tests.Journal;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The contract is what its documents say: AsyncAPI, JSON Schemas, examples and code agree.</summary>
public sealed class ContractTests : IDisposable
{
    private static readonly string Schemas = Path.Combine(RunningHall.Repository(), "firmware/docs/schemas");

    private readonly TestDirectory _directory = new();

    public static TheoryData<string, string> Records => new()
    {
        { nameof(EventPayload), "event" }, { nameof(HallPayload), "hall-state" }, { nameof(ServicePayload), "service-state" }, { nameof(CounterPayload), "counter-state" },
        { nameof(DevicePayload), "device-status" }, { nameof(StatusPayload), "status" }, { nameof(AcknowledgementPayload), "acknowledgement" }, { nameof(RebirthPayload), "rebirth" },
        { nameof(CommandPayload), "command" }, { nameof(AnswerPayload), "answer" },
    };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_document_is_valid_and_every_schema_takes_what_is_right_and_refuses_what_is_not()
    {
        var events = EventCodecTests.All.Select((fact, index) => new KeyValuePair<string, ContractSample>(
            $"data {index} of {EventCodec.TypeOf(fact)}", ContractSample.Of($"events/{EventCodec.TypeOf(fact)}", EventPayloads.Masked(fact))));
        var samples = ContractSamples.All.Concat(CommandSamples.Parts).Concat(events);
        var file = Path.Combine(_directory.Path, "samples.json");
        await File.WriteAllTextAsync(file, new JsonArray([.. samples.Select(sample => new JsonObject
        {
            ["name"] = sample.Key, ["schema"] = sample.Value.Schema, ["value"] = JsonNode.Parse(sample.Value.Text),
        })]).ToJsonString());

        var (code, said) = await NodeCheck.RunAsync(Path.Combine(RunningHall.Repository(), "firmware/docs/asyncapi.yaml"), Schemas, file);
        Assert.True(code == 0, said);
    }

    [Fact]
    public void The_schemas_of_events_are_what_the_journal_writes_and_the_wire_masks()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.Combine(Schemas, "events"));
            foreach (var old in Directory.EnumerateFiles(Path.Combine(Schemas, "events"))) File.Delete(old);
            foreach (var (path, text) in EventSchemas.Files) File.WriteAllText(Path.Combine(Schemas, path), text);
        }

        Assert.Equal(
            EventSchemas.Files.Keys.Where(path => path.StartsWith("events/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Schemas, "events")).Select(path => $"events/{Path.GetFileName(path)}").Order(StringComparer.Ordinal));
        foreach (var (path, text) in EventSchemas.Files)
            Assert.True(File.ReadAllText(Path.Combine(Schemas, path)) == text, $"{path} is not what the code writes: look at the difference after UPDATE_GOLDEN=1.");
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void A_payload_has_the_members_of_its_schema(string record, string schema)
    {
        var shape = PayloadJson.Wire.GetTypeInfo(typeof(EventPayload).Assembly.GetType($"Kiosk.Mqtt.{record}", throwOnError: true)!)!;
        Assert.Equal(shape.Properties.Select(property => property.Name).Order(StringComparer.Ordinal), Members($"{schema}.schema.json").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_action_has_a_schema_of_its_arguments_and_is_one_of_the_commands()
    {
        var command = JsonNode.Parse(File.ReadAllText(Path.Combine(Schemas, "command.schema.json")))!;
        Assert.Equal(StoreActions.All, command["properties"]!["action"]!["enum"]!.AsArray().Select(action => action!.GetValue<string>()));
        Assert.Equal(StoreActions.All, command["allOf"]!.AsArray().Select(one => one!["if"]!["properties"]!["action"]!["const"]!.GetValue<string>()));
        Assert.All(StoreActions.All, action => Assert.True(File.Exists(Path.Combine(Schemas, $"args/{action}.schema.json")), action));
    }

    [Fact]
    public void A_command_of_the_examples_is_read_as_it_is_written()
    {
        foreach (var (name, sample) in CommandSamples.Commands)
        {
            var read = JsonSerializer.Deserialize(sample.Text, PayloadJson.Wire.CommandPayload)!;
            Assert.Contains(read.Action, StoreActions.All);
            Assert.Equal(JsonNode.Parse(sample.Text)!["args"]?.ToJsonString(), read.Args is { } args ? JsonNode.Parse(args.GetRawText())!.ToJsonString() : null);
            Assert.True(read.Expires > TestHall.Opening, name);
        }
    }

    private static IEnumerable<string> Members(string file)
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Schemas, file)))!.AsObject();
        return Own(schema).Concat(schema["allOf"]?.AsArray().SelectMany(part => part!["$ref"] is { } other ? Members(other.GetValue<string>()) : Own(part.AsObject())) ?? []);
    }

    private static IEnumerable<string> Own(JsonObject schema) => schema["properties"]?.AsObject().Select(member => member.Key) ?? [];
}
