using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;

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
        Address(hall.Text("publicUrl")))
    {
        Routing = Routing(hall.Member("routing") ?? Nothing),
        SpecialDays = [.. hall.List("specialDays").Select(SpecialDay)],
        Staff = Staff(hall.Member("staff") ?? Nothing),
        Retention = Retention(hall.Member("retention") ?? Nothing),
        Staffing = StaffingBuilder.Build(hall.Member("staffing")),
        Slips = (hall.Member("slips") ?? Nothing).EnumerateObject().ToImmutableSortedDictionary(slip => slip.Name, slip => slip.Value.GetString()!, StringComparer.Ordinal),
        Payments = hall.Member("payments") is { } payments ? PaymentsBuilder.Build(payments) : null,
        Surge = [.. hall.List("surge").Select(SurgeBuilder.Build)],
    };

    public static Texts Name(JsonElement owner, string member = "name") =>
        Texts.Of([.. owner.Member(member)!.Value.EnumerateObject().Select(text => (text.Name, text.Value.GetString()!))]);

    private static ServiceProfile Service(JsonElement service) => new(
        new(service.Text("id")!),
        service.Text("letter")![0],
        Name(service),
        TimeSpan.FromMinutes(service.Whole("targetWaitMinutes")!.Value),
        service.Whole("dailyLimit") ?? ProfileShape.DefaultDailyLimit)
    {
        TypicalService = TimeSpan.FromMinutes(service.Whole("typicalMinutes") ?? ProfileShape.DefaultTypicalMinutes),
    };

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
            ? Spans(given, day.ToString().ToLowerInvariant())
            : [new OpenSpan(TimeOnly.MinValue, TimeOnly.MinValue)]));

    private static ImmutableArray<OpenSpan> Spans(JsonElement owner, string name) =>
        [.. owner.Texts(name).Select(entry => DaySpan.Parse(entry.Value)!.Value).OrderBy(span => span.From).Select(span => span.ToOpenSpan())];

    /// <summary>Options are copied: the document they stand in goes away.</summary>
    private static DeviceProfile Device(JsonElement device) =>
        new(device.Text("id")!, device.Text("driver")!, device.Text("link")!, (device.Member("options") ?? Nothing).Clone());

    private static MqttProfile Mqtt(JsonElement mqtt) => new(
        mqtt.Member("enabled") is not { ValueKind: JsonValueKind.False },
        Address(mqtt.Text("url")),
        mqtt.Whole("port") ?? ProfileShape.DefaultPort,
        mqtt.Text("user"),
        mqtt.Text("passwordFile"))
    {
        Old = mqtt.Text("protocol") == "3.1.1",
        CaFile = mqtt.Text("caFile"),
        CertFile = mqtt.Text("certFile"),
        KeyFile = mqtt.Text("keyFile"),
        Listen = mqtt.Member("listen") is { } listen ? Listen(listen) : null,
        Commands = ImmutableSortedDictionary<string, StaffRole>.Empty.AddRange(
            mqtt.List("commands").Select(entry => KeyValuePair.Create(entry.Text("user")!, Enum.Parse<StaffRole>(entry.Text("role")!, ignoreCase: true)))),
    };

    private static MqttListenProfile Listen(JsonElement listen) => new(
        listen.Text("address") ?? "0.0.0.0",
        listen.Whole("port") ?? ProfileShape.DefaultListenPort,
        listen.Text("certFile")!,
        listen.Text("keyFile")!,
        listen.Text("caFile"));

    private static HallRules Rules(JsonElement rules)
    {
        var plain = new HallRules(
            rules.Text("dayOpening") == "manual" ? DayOpening.Manual : DayOpening.Automatic,
            Minutes(rules, "noShowGraceMinutes") ?? TimeSpan.FromMinutes(ProfileShape.DefaultNoShowGraceMinutes),
            TimeOnly.ParseExact(rules.Text("rollover") ?? ProfileShape.DefaultRollover, "HH:mm", CultureInfo.InvariantCulture));
        return plain with
        {
            KeepHours = rules.Text("closing") == "hours",
            NoShowGraceCalls = rules.Whole("noShowGraceCalls") ?? plain.NoShowGraceCalls,
            NoShowPlace = rules.Whole("noShowPlace") ?? plain.NoShowPlace,
            HoldFor = Minutes(rules, "holdMinutes") is { } hold && hold > TimeSpan.Zero ? hold : null,
            AutoCall = rules.Text("calling") == "automatic",
            BeginOnArrival = rules.Text("begin") == "arrival",
            Walking = rules.Whole("walkingSeconds") is { } walking ? TimeSpan.FromSeconds(walking) : plain.Walking,
            LastTicket = Minutes(rules, "lastTicketMinutes") ?? plain.LastTicket,
            LongWait = Minutes(rules, "longWaitMinutes") ?? plain.LongWait,
            VipAlarm = Minutes(rules, "vipAlarmMinutes") ?? plain.VipAlarm,
            AppointmentEarly = Minutes(rules, "appointmentEarlyMinutes") ?? plain.AppointmentEarly,
            AppointmentLate = Minutes(rules, "appointmentLateMinutes") ?? plain.AppointmentLate,
            ClockMustBeSynchronised = rules.Text("clock") == "synchronised",
            KeysNeedSignIn = rules.Member("keysNeedSignIn") is { ValueKind: JsonValueKind.True },
        };
    }

    private static RoutingProfile Routing(JsonElement routing)
    {
        var (plain, rates) = (new RoutingProfile(), routing.Member("ratePercent") ?? Nothing);
        return new()
        {
            Policy = routing.Text("policy") switch
            {
                "strict" => RoutingPolicy.Strict,
                "first-come" => RoutingPolicy.FirstCome,
                _ => RoutingPolicy.Accumulating,
            },
            MayAdd = Minutes(routing, "mayAddMinutes") ?? plain.MayAdd,
            Preference = Minutes(routing, "preferenceMinutes") ?? plain.Preference,
            RatePercent = RoutingProfile.DefaultRates.ToImmutableSortedDictionary(rate => rate.Key, rate => rates.Whole(ProfileShape.Name(rate.Key)) ?? rate.Value),
        };
    }

    private static SpecialDay SpecialDay(JsonElement day) => new(
        Date(day.Text("from")!),
        Date(day.Text("until") ?? day.Text("from")!),
        Name(day),
        Spans(day, "hours"));

    private static StaffProfile Staff(JsonElement staff)
    {
        var plain = new StaffProfile();
        return new()
        {
            Session = Minutes(staff, "sessionMinutes") ?? plain.Session,
            LockAfter = staff.Whole("lockAfter") ?? plain.LockAfter,
            LockFor = Minutes(staff, "lockMinutes") ?? plain.LockFor,
        };
    }

    private static RetentionProfile Retention(JsonElement retention)
    {
        var plain = new RetentionProfile();
        return new()
        {
            JournalDays = retention.Whole("journalDays") ?? plain.JournalDays,
            PersonalDays = retention.Whole("personalDays") ?? plain.PersonalDays,
        };
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static TimeSpan? Minutes(JsonElement owner, string name) => owner.Whole(name) is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    private static Uri? Address(string? address) => address is null ? null : new Uri(address);
}
