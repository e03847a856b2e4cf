using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Site.Reading;

/// <summary>Makes the profile of a document in which no mistake was found.</summary>
internal static class ProfileBuilder
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    public static HallProfile Build(JsonElement hall) => new(
        hall.Text("id")!,
        Name(hall),
        TimeZoneInfo.FindSystemTimeZoneById(hall.Text("timeZone")!),
        [.. hall.Texts("languages").Select(entry => entry.Value)],
        [.. hall.List("services").Select(Service)],
        [.. hall.List("counters").Select(Counter)],
        Hours(hall.Member("openingHours")),
        [.. hall.List("devices").Select(Device)],
        Mqtt(hall.Member("mqtt") ?? Nothing),
        Rules(hall.Member("rules") ?? Nothing),
        Address(hall.Text("publicUrl")));

    private static Texts Name(JsonElement owner) =>
        Texts.Of([.. owner.Member("name")!.Value.EnumerateObject().Select(text => (text.Name, text.Value.GetString()!))]);

    private static ServiceProfile Service(JsonElement service) => new(
        new(service.Text("id")!),
        service.Text("letter")![0],
        Name(service),
        TimeSpan.FromMinutes(service.Whole("targetWaitMinutes")!.Value),
        service.Whole("dailyLimit") ?? ProfileShape.DefaultDailyLimit);

    private static CounterProfile Counter(JsonElement counter) => new(
        new(counter.Whole("number")!.Value),
        counter.Text("kind") switch
        {
            "vip" => CounterKind.Vip,
            "priority" => CounterKind.Priority,
            _ => CounterKind.Normal,
        },
        [.. counter.Texts("services").Select(entry => new ServiceId(entry.Value))]);

    /// <summary>A hall that names no hours is always open; one that names some is closed on the days it leaves out.</summary>
    private static OpeningHours Hours(JsonElement? hours) => new(Enum.GetValues<DayOfWeek>().ToImmutableDictionary(
        day => day,
        day => hours is { } given
            ? given.Texts(day.ToString().ToLowerInvariant())
                .Select(entry => DaySpan.Parse(entry.Value)!.Value)
                .OrderBy(span => span.From)
                .Select(span => span.ToOpenSpan())
                .ToImmutableArray()
            : [new OpenSpan(TimeOnly.MinValue, TimeOnly.MinValue)]));

    /// <summary>Options are copied: the document they stand in goes away.</summary>
    private static DeviceProfile Device(JsonElement device) =>
        new(device.Text("id")!, device.Text("driver")!, device.Text("link")!, (device.Member("options") ?? Nothing).Clone());

    private static MqttProfile Mqtt(JsonElement mqtt) => new(
        mqtt.Member("enabled") is not { ValueKind: JsonValueKind.False },
        Address(mqtt.Text("url")),
        mqtt.Whole("port") ?? ProfileShape.DefaultPort,
        mqtt.Text("user"),
        mqtt.Text("passwordFile"));

    private static HallRules Rules(JsonElement rules) => new(
        rules.Text("dayOpening") == "manual" ? DayOpening.Manual : DayOpening.Automatic,
        TimeSpan.FromMinutes(rules.Whole("noShowGraceMinutes") ?? ProfileShape.DefaultNoShowGraceMinutes),
        TimeOnly.ParseExact(rules.Text("rollover") ?? ProfileShape.DefaultRollover, "HH:mm", CultureInfo.InvariantCulture));

    private static Uri? Address(string? address) => address is null ? null : new Uri(address);
}
