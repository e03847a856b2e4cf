using System.Globalization;
using System.Text.Json.Nodes;
using Kiosk.Domain.Site.Reading;

namespace Kiosk.Domain.Tests.Site;

/// <summary>Editors follow the schema, the appliance follows its reader: both are written out as the same lines and compared.</summary>
public sealed class SchemaAgreesTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Profiles.Folder, "hall.schema.json")))!.AsObject();

    [Fact]
    public void Schema_and_reader_know_the_same_members_types_and_limits()
    {
        var schema = OfSchema("hall", Schema).ToList();
        var reader = OfReader("hall", ProfileShape.Hall).ToList();

        Assert.True(reader.Count > 60, "the lists are too short to be the profile's");
        Assert.Equal(reader.Order(StringComparer.Ordinal), schema.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Schema_and_reader_know_the_same_defaults()
    {
        var defaults = Schema["$defs"]!;

        Assert.Equal(ProfileShape.DefaultDailyLimit, (int)defaults["service"]!["properties"]!["dailyLimit"]!["default"]!);
        Assert.Equal(ProfileShape.DefaultPort, (int)defaults["mqtt"]!["properties"]!["port"]!["default"]!);
        Assert.Equal(ProfileShape.DefaultNoShowGraceMinutes, (int)defaults["rules"]!["properties"]!["noShowGraceMinutes"]!["default"]!);
        Assert.Equal(ProfileShape.DefaultTypicalMinutes, (int)defaults["service"]!["properties"]!["typicalMinutes"]!["default"]!);
        Assert.Equal(ProfileShape.DefaultRollover, (string?)defaults["rules"]!["properties"]!["rollover"]!["default"]);
    }

    [Fact]
    public void Profile_that_says_nothing_has_the_defaults_of_the_schema()
    {
        var silent = Profiles.Demo();
        foreach (var section in new[] { "rules", "routing", "staff", "retention", "specialDays" }) silent.Remove(section);
        var profile = Profiles.Read(silent).Profile!;
        int Of(string section, string member) => (int)Schema["$defs"]![section]!["properties"]![member]!["default"]!;

        var (rules, routing, staff, kept) = (profile.Rules, profile.Routing, profile.Staff, profile.Retention);
        Assert.Equal(
            [rules.NoShowGraceCalls, rules.NoShowPlace, rules.Walking.TotalSeconds, rules.LastTicket.TotalMinutes, rules.LongWait.TotalMinutes, rules.VipAlarm.TotalMinutes,
                rules.AppointmentEarly.TotalMinutes, rules.AppointmentLate.TotalMinutes, routing.MayAdd.TotalMinutes, routing.Preference.TotalMinutes,
                staff.Session.TotalMinutes, staff.LockAfter, staff.LockFor.TotalMinutes, kept.JournalDays, kept.PersonalDays],
            new double[]
            {
                Of("rules", "noShowGraceCalls"), Of("rules", "noShowPlace"), Of("rules", "walkingSeconds"), Of("rules", "lastTicketMinutes"), Of("rules", "longWaitMinutes"),
                Of("rules", "vipAlarmMinutes"), Of("rules", "appointmentEarlyMinutes"), Of("rules", "appointmentLateMinutes"), Of("routing", "mayAddMinutes"),
                Of("routing", "preferenceMinutes"), Of("staff", "sessionMinutes"), Of("staff", "lockAfter"), Of("staff", "lockMinutes"), Of("retention", "journalDays"),
                Of("retention", "personalDays"),
            });
        Assert.Equal(routing.RatePercent.Values, routing.RatePercent.Keys.Select(priority => Of("rates", ProfileShape.Name(priority))));
        Assert.False(rules.KeepHours || rules.AutoCall || rules.BeginOnArrival || rules.ClockMustBeSynchronised || rules.KeysNeedSignIn || rules.HoldFor is not null);
    }

    [Fact]
    public void Every_member_is_described_for_editors_or_its_type_is()
    {
        foreach (var members in new[] { Schema }.Concat(Schema["$defs"]!.AsObject().Select(definition => definition.Value!.AsObject())))
        {
            if (members["properties"] is not JsonObject properties) continue;
            foreach (var (name, member) in properties)
            {
                if (name is "rules") continue;
                Assert.True((member!["description"] ?? Resolve(member.AsObject())["description"]) is not null, $"{name} has no description");
            }
        }
    }

    private static IEnumerable<string> OfReader(string path, ValueRule rule) => rule switch
    {
        ValueRule.Text text => [$"{path}: text {text.Pattern} up to {text.MaxLength}{(text.OrNull ? " or null" : "")}"],
        ValueRule.Whole whole => [$"{path}: whole {whole.Min} to {whole.Max}"],
        ValueRule.Truth => [$"{path}: truth"],
        ValueRule.Choice choice => [$"{path}: one of {string.Join(' ', choice.Values)}"],
        ValueRule.List list => OfReader(path + "[]", list.Item).Prepend($"{path}: list {list.Min} to {list.Max}{(list.Distinct ? " distinct" : "")}"),
        ValueRule.ByLanguage texts => OfReader(path + ".*", texts.Value),
        ValueRule.AnyObject => [$"{path}: any object"],
        ValueRule.Members members => members.All.SelectMany(member =>
            OfReader($"{path}.{member.Name}", member.Value).Append($"{path}.{member.Name}: {(member.Required ? "required" : "optional")}")),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<string> OfSchema(string path, JsonObject given)
    {
        var node = Resolve(given);
        if (node["enum"] is JsonArray values) return [$"{path}: one of {string.Join(' ', values.Select(value => (string)value!))}"];

        return node["type"] switch
        {
            JsonArray types => [$"{path}: {Text(node)} or {types[1]}"],
            { } type when (string)type! == "string" => [$"{path}: {Text(node)}"],
            { } type when (string)type! == "integer" => [$"{path}: whole {node["minimum"]} to {node["maximum"]}"],
            { } type when (string)type! == "boolean" => [$"{path}: truth"],
            { } type when (string)type! == "array" => OfSchema(path + "[]", node["items"]!.AsObject())
                .Prepend($"{path}: list {node["minItems"]} to {node["maxItems"]}{(node["uniqueItems"] is { } unique && (bool)unique ? " distinct" : "")}"),
            _ when node["additionalProperties"] is JsonObject each => OfSchema(path + ".*", each),
            _ when node["properties"] is JsonObject members => OfMembers(path, node, members),
            _ => [$"{path}: any object"],
        };
    }

    private static IEnumerable<string> OfMembers(string path, JsonObject node, JsonObject members)
    {
        Assert.False((bool)node["additionalProperties"]!, $"{path} lets unknown members pass");
        var required = node["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        return members.SelectMany(member => OfSchema($"{path}.{member.Key}", member.Value!.AsObject())
            .Append($"{path}.{member.Key}: {(required.Contains(member.Key) ? "required" : "optional")}"));
    }

    private static string Text(JsonObject node) => string.Create(CultureInfo.InvariantCulture, $"text {node["pattern"]} up to {node["maxLength"]}");

    private static JsonObject Resolve(JsonObject node) =>
        node["$ref"] is { } reference ? Schema["$defs"]![((string)reference!).Split('/')[^1]]!.AsObject() : node;
}
