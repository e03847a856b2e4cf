using System.Text.Json.Nodes;
using Kiosk.Domain.Tests.Site;

namespace Kiosk.Domain.Tests.Waiting;

/// <summary>What is wrong with a roster, where, and what is allowed.</summary>
public sealed class RosterMistakeTests
{
    [Theory]
    [InlineData("staffing.sharePercent", "a whole number from 50 to 99", """{ "sharePercent": 100 }""")]
    [InlineData("staffing.monthStartDays", "a whole number from 0 to 10", """{ "monthStartDays": 11 }""")]
    [InlineData("staffing.minimum", "more than the 6 counters", """{ "minimum": 7 }""")]
    [InlineData("staffing.roster.mnoday", "did you mean \"monday\"?", """{ "roster": { "mnoday": [] } }""")]
    [InlineData("staffing.roster.monday[0].counters", "is missing", """{ "roster": { "monday": [{ "span": "08:30-12:00" }] } }""")]
    [InlineData("staffing.roster.monday[0].span", "a span as 08:30-18:00", """{ "roster": { "monday": [{ "span": "8-12", "counters": 3 }] } }""")]
    [InlineData("staffing.roster.monday[0].span", "ends before it begins", """{ "roster": { "monday": [{ "span": "12:00-08:30", "counters": 3 }] } }""")]
    [InlineData("staffing.roster.monday[0].counters", "7 is more than the 6 counters of the hall", """{ "roster": { "monday": [{ "span": "08:30-12:00", "counters": 7 }] } }""")]
    [InlineData("staffing.roster.friday[1].span", "overlaps staffing.roster.friday[0] of the same counters",
        """{ "roster": { "friday": [{ "span": "08:30-12:00", "counters": 3 }, { "span": "11:30-13:00", "counters": 2 }] } }""")]
    [InlineData("staffing.roster.friday[1].span", "overlaps staffing.roster.friday[0]",
        """{ "roster": { "friday": [{ "span": "08:30-12:00", "counters": 3, "service": "pay" }, { "span": "11:30-13:00", "counters": 2, "service": "vip" }] } }""")]
    [InlineData("staffing.roster.monday[0].service", "did you mean \"pay\"? allowed: pay, new-number", """{ "roster": { "monday": [{ "span": "08:30-12:00", "counters": 3, "service": "pya" }] } }""")]
    public void Mistake_is_said_with_its_place(string path, string part, string staffing)
    {
        var mistake = Assert.Single(Profiles.After(hall => hall["staffing"] = JsonNode.Parse(staffing)));

        Assert.Equal(path, mistake.Path);
        Assert.Contains(part, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roster_of_a_group_beside_that_of_the_hall_is_no_overlap() => Assert.Empty(Profiles.After(hall => hall["staffing"] = JsonNode.Parse(
        """{ "roster": { "monday": [{ "span": "08:30-12:00", "counters": 6 }, { "span": "08:30-12:00", "counters": 6, "service": "pay" }] } }""")));

    [Fact]
    public void Profile_that_says_nothing_has_the_defaults_of_the_schema()
    {
        var silent = Profiles.Demo();
        silent.Remove("staffing");
        var (staffing, schema) = (Profiles.Read(silent).Profile!.Staffing, JsonNode.Parse(File.ReadAllText(Path.Combine(Profiles.Folder, "hall.schema.json")))!["$defs"]!["staffing"]!["properties"]!);

        Assert.Equal(((int)schema["sharePercent"]!["default"]! / 100.0, (int)schema["minimum"]!["default"]!, (int)schema["monthStartDays"]!["default"]!), (staffing.Share, staffing.Minimum, staffing.MonthStartDays));
        Assert.Empty(staffing.Roster);
    }
}
