using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Tests.Devices;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The contract's texts, byte for byte. UPDATE_GOLDEN=1 writes the files anew; the difference is for a person to judge.</summary>
public sealed partial class PayloadTests
{
    private static readonly Topics Topics = new("test-hall");

    public static TheoryData<string> Kinds =>
        ["evt", "state-hall", "state-service", "state-counter", "state-counter-free", "status-online", "status-offline", "ack", "dev-status", "dev-status-ok"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_payload_is_its_golden_file(string kind)
    {
        var file = Path.Combine(Here("tests/Kiosk.Firmware.Tests/Mqtt/Golden"), kind + ".json");
        var actual = Encoding.UTF8.GetString(Payload(kind)) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(file, actual);
        Assert.Equal(File.ReadAllText(file), actual);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_contract_shows_the_golden_file_as_its_example(string kind)
    {
        var contract = File.ReadAllText(Path.Combine(Here("firmware/docs"), "asyncapi.yaml"));
        var examples = Example().Matches(contract).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["payload"].Value);
        Assert.Equal(Encoding.UTF8.GetString(Payload(kind)), examples[kind]);
    }

    [Fact]
    public void The_contract_names_every_event_of_the_journal()
    {
        var contract = File.ReadAllText(Path.Combine(Here("firmware/docs"), "asyncapi.yaml"));
        Assert.All(EventCodec.Types, type => Assert.Contains($"- {type}\n", contract, StringComparison.Ordinal));
    }

    [Fact]
    public void No_event_takes_a_tickets_id_to_the_wire()
    {
        foreach (var type in typeof(HallEvent).GetNestedTypes().Where(type => !type.IsAbstract))
        {
            var fact = (HallEvent)Any(type);
            var payload = Encoding.UTF8.GetString(EventPayloads.Of(new(1, 1, TestHall.Opening, fact, "request-1", "counter-3"), "test-hall"));
            Assert.DoesNotContain(TestHall.Ticket(1).Value, payload, StringComparison.Ordinal);
            Assert.DoesNotContain("request-1", payload, StringComparison.Ordinal);
            Assert.DoesNotContain("counter-3", payload, StringComparison.Ordinal);
            Assert.Contains($"\"type\":\"{EventCodec.TypeOf(fact)}\"", payload, StringComparison.Ordinal);
            var tickets = type.GetProperties().Count(property => property.PropertyType == typeof(TicketId) || property.PropertyType == typeof(TicketId?));
            Assert.Equal(tickets, payload.Split(TicketReference.Of(TestHall.Ticket(1))).Length - 1);
        }
    }

    [Fact]
    public void A_reference_is_stable_and_short() => Assert.Equal("ad4b4bca", TicketReference.Of(TestHall.Ticket(1)));

    private static byte[] Payload(string kind)
    {
        var hall = new TestHall();
        hall.Open();
        hall.Take(1);
        hall.Take(2);
        hall.Call(1, 2);
        var texts = Snapshots.Of(hall.Feed.Latest, TestHall.Profile, Topics).ToDictionary(text => text.Topic, text => PayloadJson.Bytes(text.Payload));
        return kind switch
        {
            "evt" => EventPayloads.Of(hall.Journal.Read(5, 1)[0], "test-hall"),
            "state-hall" => texts[Topics.HallState],
            "state-service" => texts[Topics.ServiceState(new("bills"))],
            "state-counter" => texts[Topics.CounterState(new(2))],
            "state-counter-free" => texts[Topics.CounterState(new(1))],
            "status-online" => PayloadJson.Bytes(new StatusPayload(true, "5b8e9f0a1c2d3e4f", 1, 6, "0.1.0")),
            "status-offline" => PayloadJson.Bytes(new StatusPayload(false, "5b8e9f0a1c2d3e4f", 1, 6, "0.1.0")),
            "dev-status" => PayloadJson.Bytes(RetainedDevices.Payload(
                FakeDevices.Printer(DeviceState.OutOfService, "OutOfPaper", "DLE EOT 4 answered 0x7E") with { Paper = new(80, 79.2, TestHall.Opening, 0, 14.5, null, false) }, "test-hall")),
            "dev-status-ok" => PayloadJson.Bytes(RetainedDevices.Payload(
                FakeDevices.Printer(DeviceState.Ok, null) with { Paper = new(80, 30.5, TestHall.Opening, 60, 14.5, TestHall.Opening.AddHours(3.5), false) }, "test-hall")),
            "ack" => PayloadJson.Bytes(new AcknowledgementPayload(1, 6)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>A value of any type that events are made of.</summary>
    internal static object Any(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        if (type == typeof(bool)) return true;
        if (type == typeof(long)) return 1L;
        if (type == typeof(DateTimeOffset)) return TestHall.Opening;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = Array.CreateInstance(type.GetGenericArguments()[0], 1);
            list.SetValue(Any(type.GetGenericArguments()[0]), 0);
            return list;
        }

        if (type == typeof(IReadOnlyDictionary<string, string>)) return new Dictionary<string, string> { ["zh-CN"] = "缴费" };
        if (type == typeof(TicketId)) return TestHall.Ticket(1);
        if (type == typeof(TicketNumber)) return new TicketNumber('A', 1);
        if (type == typeof(ServiceId)) return new ServiceId("bills");
        if (type == typeof(CounterId)) return new CounterId(1);
        if (type == typeof(DateOnly)) return new DateOnly(2026, 1, 5);
        if (type == typeof(string)) return "zh-CN";
        if (type == typeof(int)) return 1;

        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(one => one.GetParameters().Length);
        Assert.True(constructor is not null, $"{type} is new among the members of events: say here what one looks like.");
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Any(parameter.ParameterType))]);
    }

    private static string Here(string path)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Kiosk.sln"))) return Path.Combine(directory.FullName, path);
        }

        throw new DirectoryNotFoundException("The tests run outside of their checkout.");
    }

    [GeneratedRegex(@"- name: (?<name>[a-z-]+)\n\s+payload: (?<payload>\{.*\})\n")]
    private static partial Regex Example();
}
