using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The contract's texts, byte for byte. UPDATE_GOLDEN=1 writes the files anew; the difference is for a person to judge.</summary>
public sealed partial class PayloadTests
{
    public static TheoryData<string> Kinds => [.. ContractSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_payload_is_its_golden_file(string kind)
    {
        var file = Path.Combine(RunningHall.Repository(), "tests/Kiosk.Firmware.Tests/Mqtt/Golden", kind + ".json");
        var actual = ContractSamples.All[kind].Text + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(file, actual);
        Assert.Equal(File.ReadAllText(file), actual);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_contract_shows_the_golden_file_as_its_example(string kind)
    {
        var file = Path.Combine(RunningHall.Repository(), "firmware/docs/asyncapi.yaml");
        var contract = File.ReadAllText(file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            contract = Example().Replace(contract, match => match.Groups["name"].Value == kind ? match.Value[..^(match.Groups["payload"].Length + 1)] + ContractSamples.All[kind].Text + "\n" : match.Value);
            File.WriteAllText(file, contract);
        }

        var examples = Example().Matches(contract).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["payload"].Value);
        Assert.Equal(ContractSamples.All[kind].Text, examples[kind]);
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
        if (type == typeof(double)) return 1.5;

        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(one => one.GetParameters().Length);
        Assert.True(constructor is not null, $"{type} is new among the members of events: say here what one looks like.");
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Any(parameter.ParameterType))]);
    }

    [GeneratedRegex(@"- name: (?<name>[a-z-]+)\n\s+payload: (?<payload>\{.*\})\n")]
    private static partial Regex Example();
}
