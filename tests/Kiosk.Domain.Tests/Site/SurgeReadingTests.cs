using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Surge;
using static Kiosk.Domain.Tests.Site.Profiles;

namespace Kiosk.Domain.Tests.Site;

public sealed class SurgeReadingTests
{
    private const string Whole = """
        {
          "id": "front", "services": ["pay", "vip"], "threshold": 3, "holdMinutes": 2, "releaseMinutes": 4,
          "groups": [
            { "id": "one", "name": { "zh-CN": "甲", "zh-TW": "甲", "en": "One" }, "size": { "from": 1, "to": 2 }, "counters": [3, 4] },
            { "id": "two", "name": { "zh-CN": "乙", "zh-TW": "乙", "en": "Two" } }
          ],
          "reserve": { "id": "last", "name": { "zh-CN": "丙", "zh-TW": "丙", "en": "Last" }, "size": { "from": 4, "to": 4 }, "counters": [5], "threshold": 7, "mode": "independent" }
        }
        """;

    [Fact]
    public void Plan_is_read_as_it_is_written()
    {
        var plan = Plan(Whole);

        Assert.Equal(("front", 3, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)), (plan.Id, plan.Threshold, plan.Hold, plan.Release));
        Assert.Equal(["pay", "vip"], plan.Services.Select(service => service.Value));
        Assert.Equal(["one 1-2 3,4", "two - "], plan.Groups.Select(Words));
        Assert.Equal("乙", plan.Groups[1].Name.In("zh-CN"));
        Assert.Equal(("last 4-4 5", 7, ReserveMode.Independent), (Words(plan.Reserve!.Group), plan.Reserve.Threshold, plan.Reserve.Mode));
    }

    [Fact]
    public void Empty_plan_is_the_worked_example() => AssertSame(SurgePlan.Example, Plan("{}"));

    [Fact]
    public void Demo_hall_has_the_worked_example_written_out() => AssertSame(SurgePlan.Example, Assert.Single(Read(Demo()).Profile!.Surge));

    [Fact]
    public void Reserve_that_says_nothing_is_the_one_of_the_example()
    {
        var plan = Plan("""{ "groups": [{ "id": "one", "name": { "zh-CN": "甲", "zh-TW": "甲", "en": "One" } }], "reserve": {} }""");

        Assert.Equal(("back-office 2-3 ", 10, ReserveMode.AfterGroups), (Words(plan.Reserve!.Group), plan.Reserve.Threshold, plan.Reserve.Mode));
    }

    [Fact]
    public void Groups_without_a_reserve_have_none() =>
        Assert.Null(Plan("""{ "groups": [{ "id": "one", "name": { "zh-CN": "甲", "zh-TW": "甲", "en": "One" } }] }""").Reserve);

    [Fact]
    public void Hall_without_the_section_has_no_plan()
    {
        var hall = Demo();
        hall.Remove("surge");

        Assert.Empty(Read(hall).Profile!.Surge);
    }

    [Fact]
    public void Defaults_are_those_of_the_schema()
    {
        var defaults = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "hall.schema.json")))!["$defs"]!;
        int Of(string section, string member) => (int)defaults[section]!["properties"]![member]!["default"]!;
        var plain = SurgePlan.Example;

        Assert.Equal(
            (Of("surgePlan", "threshold"), Of("surgePlan", "holdMinutes"), Of("surgePlan", "releaseMinutes"), Of("surgeReserve", "threshold")),
            (plain.Threshold, (int)plain.Hold.TotalMinutes, (int)plain.Release.TotalMinutes, plain.Reserve!.Threshold));
    }

    [Theory]
    [InlineData("id", "\"Front\"", "surge[0].id", "1 to 40 of a-z, 0-9 and -")]
    [InlineData("services", "[\"payy\"]", "surge[0].services[0]", "did you mean \"pay\"")]
    [InlineData("services", "[]", "surge[0].services", "a list of 1 to 26 ids of services")]
    [InlineData("threshold", "-1", "surge[0].threshold", "a whole number from 0 to 999")]
    [InlineData("holdMinutes", "0", "surge[0].holdMinutes", "a whole number from 1 to 120")]
    [InlineData("releaseMinutes", "2.5", "surge[0].releaseMinutes", "a whole number from 1 to 120")]
    [InlineData("groups", "[]", "surge[0].groups", "a list of 1 to 8 groups")]
    [InlineData("groups[1].id", "\"one\"", "surge[0].groups[1].id", "one is taken by surge[0].groups[0]")]
    [InlineData("reserve.id", "\"two\"", "surge[0].reserve.id", "two is taken by surge[0].groups[1]")]
    [InlineData("groups[0].name.en", null, "surge[0].groups[0].name.en", "a text for each of zh-CN, zh-TW, en")]
    [InlineData("reserve.name.en", null, "surge[0].reserve.name.en", "a text for each of zh-CN, zh-TW, en")]
    [InlineData("groups[0].size.from", "0", "surge[0].groups[0].size.from", "a whole number from 1 to 99")]
    [InlineData("groups[0].size.from", "3", "surge[0].groups[0].size.to", "is 2; allowed: at least 3")]
    [InlineData("groups[0].counters", "[7]", "surge[0].groups[0].counters[0]", "there is no counter 7; allowed: 1, 2, 3, 4, 5, 6")]
    [InlineData("reserve.counters", "[3]", "surge[0].reserve.counters[0]", "counter 3 is taken by surge[0].groups[0].counters[0]")]
    [InlineData("reserve.threshold", "2", "surge[0].reserve.threshold", "is 2; allowed: at least 3")]
    [InlineData("reserve.mode", "\"afterGroups\"", "surge[0].reserve.mode", "allowed: after-groups, independent")]
    [InlineData("treshold", "4", "surge[0].treshold", "unknown member")]
    public void Mistake_is_named_with_its_place_and_what_is_allowed(string where, string? value, string path, string said)
    {
        var hall = Demo();
        hall["surge"] = new JsonArray(JsonNode.Parse(Whole));
        Put(hall["surge"]![0]!, where, value);

        var mistake = Assert.Single(Read(hall).Mistakes);

        Assert.Equal(path, mistake.Path);
        Assert.Contains(said, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{}, {}]""", "surge[1].id", "hall (left out) is taken by surge[0]")]
    [InlineData("""[{ "threshold": 11 }]""", "surge[0].reserve.threshold", "is 10 where it is left out; allowed: at least 11")]
    [InlineData("""[{ "reserve": { "id": "floating" } }]""", "surge[0].reserve.id", "floating is taken by the groups that are there where groups is left out")]
    [InlineData("""[[]]""", "surge[0]", "an object")]
    [InlineData("""{}""", "surge", "a list of 0 to 16 surge plans")]
    public void Mistake_in_what_is_left_out_is_named_too(string plans, string path, string said)
    {
        var hall = Demo();
        hall["surge"] = JsonNode.Parse(plans);

        var mistake = Assert.Single(Read(hall).Mistakes);

        Assert.Equal(path, mistake.Path);
        Assert.Contains(said, mistake.Message, StringComparison.Ordinal);
    }

    private static SurgePlan Plan(string plan)
    {
        var hall = Demo();
        hall["surge"] = new JsonArray(JsonNode.Parse(plan));
        var reading = Read(hall);
        Assert.Empty(reading.Mistakes);
        return Assert.Single(reading.Profile!.Surge);
    }

    private static void AssertSame(SurgePlan expected, SurgePlan plan)
    {
        Assert.Equal((expected.Id, expected.Threshold, expected.Hold, expected.Release), (plan.Id, plan.Threshold, plan.Hold, plan.Release));
        Assert.Equal(expected.Groups.Select(Words), plan.Groups.Select(Words));
        Assert.Equal(expected.Groups.Select(group => group.Name), plan.Groups.Select(group => group.Name));
        Assert.Equal((Words(expected.Reserve!.Group), expected.Reserve.Group.Name), (Words(plan.Reserve!.Group), plan.Reserve.Group.Name));
        Assert.Equal((expected.Reserve.Threshold, expected.Reserve.Mode), (plan.Reserve.Threshold, plan.Reserve.Mode));
        Assert.Empty(plan.Services);
    }

    private static string Words(SurgeGroup group) => $"{group.Id} {(group.Size is { } size ? $"{size.From}-{size.To}" : "-")} {string.Join(',', group.Counters)}";

    private static void Put(JsonNode plan, string where, string? value)
    {
        var steps = where.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var owner = steps[..^1].Aggregate(plan, (node, step) => step[0] == '[' ? node[int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
        if (value is null) owner.AsObject().Remove(steps[^1]);
        else owner[steps[^1]] = JsonNode.Parse(value);
    }
}
