using Kiosk.Domain.Hall;
using static Kiosk.Domain.Site.Reading.ValueRule;

namespace Kiosk.Domain.Site.Reading;

/// <summary>The shape of <c>hall.json</c>: member names, types and limits.</summary>
internal static class ProfileShape
{
    public const int DefaultDailyLimit = 999, DefaultPort = 1883, DefaultListenPort = 8883, DefaultNoShowGraceMinutes = 15, DefaultTypicalMinutes = 5;
    public const string DefaultRollover = "04:00";

    private static readonly Text Id = new("^[a-z0-9-]{1,40}$", 40, "1 to 40 of a-z, 0-9 and -");

    private static readonly Text Language = new(
        "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", 11, "a language tag as zh-CN, zh-TW or en");

    private static readonly ByLanguage TextsOf = new(
        new("^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$", 60, "1 to 60 characters on one line, not only spaces"));

    private static readonly Text Line = new("^[^\\u0000-\\u001f\\u007f]+$", 200, "1 to 200 characters on one line");

    private static readonly Text LineOrNull = Line with { Allowed = "1 to 200 characters on one line, or null", OrNull = true };

    public static readonly Text BrokerAddress = new(
        "^mqtts?://[^\\s]+$", 200, "null for the hall's own broker, or an address as mqtt://host:1883 or mqtts://host:8883", OrNull: true);

    public static readonly Text PublicAddress = new("^https?://[^\\s]+$", 200, "null, or an address as http://192.168.1.10:8080", OrNull: true);

    private static readonly Text TimeOfDay = new("^([01][0-9]|2[0-3]):[0-5][0-9]$", 5, "a time of day as 04:00, from 00:00 to 23:59");

    public static readonly Text Date = new("^20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", 10, "a date as 2026-10-01");

    private static readonly List Spans = new(
        new Text("^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", 11, "a span as 08:30-18:00; 24:00 is the end of the day"),
        0,
        6,
        "spans as 08:30-18:00");

    public static readonly Members Service = new(
        Must("id", Id),
        Must("letter", new Text("^[A-Z]$", 1, "one letter from A to Z")),
        Must("name", TextsOf),
        Must("targetWaitMinutes", new Whole(1, 240)),
        May("dailyLimit", new Whole(1, 999_999)),
        May("typicalMinutes", new Whole(1, 240)));

    public static readonly Members Counter = new(
        Must("number", new Whole(1, 99)),
        May("kind", new Choice("normal", "priority", "vip")),
        Must("services", new List(Id, 1, 26, "ids of services", Distinct: true)));

    public static readonly Members OpeningHours = new(
        May("monday", Spans),
        May("tuesday", Spans),
        May("wednesday", Spans),
        May("thursday", Spans),
        May("friday", Spans),
        May("saturday", Spans),
        May("sunday", Spans));

    public static readonly Members Device = new(
        Must("id", Id),
        Must("driver", Line),
        Must("link", Line),
        May("options", new AnyObject()));

    public static readonly Members StoreUser = new(
        Must("user", new Text("^[a-z0-9][a-z0-9._-]*$", 40, "a user of the broker: a-z 0-9 . _ -")),
        Must("role", new Choice("clerk", "guide", "duty", "manager", "auditor", "technician")));

    public static readonly Text ListenAddress = new("^[0-9a-fA-F.:]+$", 45, "an address of this machine as 0.0.0.0 or 192.168.1.10");

    public static readonly Members Listen = new(
        May("address", ListenAddress),
        May("port", new Whole(1, 65535)),
        Must("certFile", Line),
        Must("keyFile", Line),
        May("caFile", LineOrNull));

    public static readonly Members Mqtt = new(
        May("enabled", new Truth()),
        May("url", BrokerAddress),
        May("port", new Whole(1, 65535)),
        May("user", LineOrNull),
        May("passwordFile", LineOrNull),
        May("protocol", new Choice("5", "3.1.1")),
        May("caFile", LineOrNull),
        May("certFile", LineOrNull),
        May("keyFile", LineOrNull),
        May("listen", Listen),
        May("commands", new List(StoreUser, 0, 32, "users of the broker with their roles")));

    public static readonly Members Rules = new(
        May("dayOpening", new Choice("automatic", "manual")),
        May("noShowGraceMinutes", new Whole(0, 240)),
        May("rollover", TimeOfDay),
        May("closing", new Choice("manual", "hours")),
        May("noShowGraceCalls", new Whole(0, 100)),
        May("noShowPlace", new Whole(0, 50)),
        May("holdMinutes", new Whole(0, 240)),
        May("calling", new Choice("key", "automatic")),
        May("begin", new Choice("key", "arrival")),
        May("walkingSeconds", new Whole(0, 600)),
        May("lastTicketMinutes", new Whole(0, 240)),
        May("longWaitMinutes", new Whole(0, 600)),
        May("vipAlarmMinutes", new Whole(1, 240)),
        May("appointmentEarlyMinutes", new Whole(0, 240)),
        May("appointmentLateMinutes", new Whole(0, 240)),
        May("clock", new Choice("trusted", "synchronised")),
        May("keysNeedSignIn", new Truth()));

    public static readonly Members Rates = new([.. Enum.GetValues<PriorityClass>().Select(priority => May(Name(priority), new Whole(100, 1000)))]);

    public static readonly Members Routing = new(
        May("policy", new Choice("accumulating", "strict", "first-come")),
        May("mayAddMinutes", new Whole(0, 240)),
        May("preferenceMinutes", new Whole(0, 60)),
        May("ratePercent", Rates));

    public static readonly Members SpecialDay = new(
        Must("from", Date),
        May("until", Date),
        Must("name", TextsOf),
        May("hours", Spans));

    public static readonly Members Staff = new(
        May("sessionMinutes", new Whole(1, 720)),
        May("lockAfter", new Whole(3, 20)),
        May("lockMinutes", new Whole(1, 1440)));

    public static readonly Members Retention = new(
        May("journalDays", new Whole(2, 3650)),
        May("personalDays", new Whole(0, 3650)));

    public static readonly Members Staffing = StaffingShape.Of(Id);

    private static readonly Text SlipFile = new("^[A-Za-z0-9_][A-Za-z0-9._-]*\\.slip$", 80, "a file beside the profile, as ticket.slip");

    public static readonly Members Slips = new(
        May("ticket", SlipFile),
        May("receipt", SlipFile));

    public static readonly Members Payments = PaymentsShape.Of(Id, TextsOf, Line);

    public static readonly Members SurgePlan = SurgeShape.Of(Id, TextsOf);

    public static readonly Members Hall = new(
        May("$schema", Line),
        Must("id", Id),
        Must("name", TextsOf),
        Must("timeZone", new Text("^[A-Za-z0-9_+/-]+$", 60, "an IANA time zone as Asia/Shanghai")),
        Must("languages", new List(Language, 1, 8, "language tags; the first is the default", Distinct: true)),
        Must("services", new List(Service, 1, 26, "services")),
        Must("counters", new List(Counter, 1, 99, "counters")),
        May("openingHours", OpeningHours),
        May("devices", new List(Device, 0, 64, "devices")),
        May("mqtt", Mqtt),
        May("rules", Rules),
        May("routing", Routing),
        May("specialDays", new List(SpecialDay, 0, 100, "special days")),
        May("staff", Staff),
        May("retention", Retention),
        May("staffing", Staffing),
        May("slips", Slips),
        May("payments", Payments),
        May("surge", new List(SurgePlan, 0, 16, "surge plans")),
        May("publicUrl", PublicAddress));

    /// <summary>A class of priority as the profile calls it.</summary>
    public static string Name(PriorityClass priority) => priority.ToString().ToLowerInvariant();

    public static Member Must(string name, ValueRule value) => new(name, value, Required: true);

    public static Member May(string name, ValueRule value) => new(name, value, Required: false);
}
