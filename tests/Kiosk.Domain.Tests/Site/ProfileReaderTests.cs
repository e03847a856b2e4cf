using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using static Kiosk.Domain.Tests.Site.Profiles;

namespace Kiosk.Domain.Tests.Site;

public sealed class ProfileReaderTests
{
    [Theory]
    [InlineData("telecom-hall.json")]
    [InlineData("bank-branch.json")]
    [InlineData("clinic.json")]
    public void Profiles_of_the_project_are_without_mistake(string file)
    {
        var reading = Read(File.ReadAllText(Path.Combine(Folder, file)));

        Assert.Empty(reading.Mistakes);
        Assert.NotNull(reading.Profile);
    }

    [Fact]
    public void Demo_hall_is_read_as_it_is_written()
    {
        var hall = Read(Demo()).Profile!;

        Assert.Equal("telecom-demo", hall.Id);
        Assert.Equal("zh-CN", hall.DefaultLanguage);
        Assert.Equal("電信營業廳", hall.Name.In("zh-TW"));
        Assert.Equal(TimeSpan.FromHours(8), hall.TimeZone.BaseUtcOffset);
        Assert.Equal("ABCDV", string.Concat(hall.Services.Select(service => service.Letter)));
        Assert.Equal(TimeSpan.FromMinutes(3), hall.Services[4].TargetWait);
        Assert.Equal(999, hall.Services[0].DailyLimit);
        Assert.Equal(
            [CounterKind.Normal, CounterKind.Normal, CounterKind.Normal, CounterKind.Normal, CounterKind.Priority, CounterKind.Vip],
            hall.Counters.Select(counter => counter.Kind));
        Assert.Equal(new ServiceId("complaints"), hall.Counters[3].Services[0]);
        Assert.Equal([new OpenSpan(new(9, 0), new(17, 30))], hall.Hours.On(DayOfWeek.Sunday).ToArray());
        Assert.Equal(["escpos", "gpio-buttons", "max7219", "espeak", "zvt", "ssp", "cctalk-coins"], hall.Devices.Select(device => device.Driver));
        Assert.Equal("one", hall.Devices[1].Options.GetProperty("lines").GetProperty("COUNTER1").GetProperty("key").GetString());
        Assert.Equal(KeyValuePair.Create("store", StaffRole.Manager), Assert.Single(hall.Mqtt.Commands));
        Assert.Equal(new MqttProfile(true, null, 1883, null, null) { Commands = hall.Mqtt.Commands }, hall.Mqtt);
        Assert.Equal(new HallRules(DayOpening.Automatic, TimeSpan.FromMinutes(15), new(4, 0)), hall.Rules);
        Assert.Null(hall.PublicUrl);
    }

    [Fact]
    public void What_is_left_out_has_a_default()
    {
        var profile = Demo();
        foreach (var member in new[] { "$schema", "openingHours", "devices", "mqtt", "rules", "payments", "publicUrl" }) profile.Remove(member);

        var hall = Read(profile).Profile!;

        Assert.Empty(hall.Devices);
        Assert.Equal(new MqttProfile(true, null, 1883, null, null), hall.Mqtt);
        Assert.Equal(new HallRules(DayOpening.Automatic, TimeSpan.FromMinutes(15), new(4, 0)), hall.Rules);
        Assert.All(Enum.GetValues<DayOfWeek>(), day => Assert.Equal([new OpenSpan(TimeOnly.MinValue, TimeOnly.MinValue)], hall.Hours.On(day).ToArray()));
    }

    [Fact]
    public void Days_that_are_left_out_or_empty_are_days_off_and_spans_are_put_in_order()
    {
        var profile = Demo();
        profile["openingHours"] = new JsonObject { ["monday"] = new JsonArray("13:00-24:00", "08:00-13:00"), ["tuesday"] = new JsonArray() };

        var hours = Read(profile).Profile!.Hours;

        Assert.Equal([new OpenSpan(new(8, 0), new(13, 0)), new OpenSpan(new(13, 0), new(0, 0))], hours.On(DayOfWeek.Monday).ToArray());
        Assert.Empty(hours.On(DayOfWeek.Tuesday));
        Assert.Empty(hours.On(DayOfWeek.Wednesday));
    }

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_are_allowed()
    {
        var text = "\uFEFF// our hall\n" + Demo().ToJsonString().Replace("\"publicUrl\":null", "\"publicUrl\":null, /* none */", StringComparison.Ordinal);

        Assert.Empty(ProfileReader.Read(Encoding.UTF8.GetBytes(text), _ => []).Mistakes);
    }

    [Fact]
    public void Every_mistake_is_listed_with_its_place_at_once()
    {
        var mistakes = After(hall =>
        {
            hall.Remove("id");
            hall["timeZone"] = "Asia/Shangai";
            hall["services"]![2]!["letter"] = "AA";
            hall["services"]![3]!["leter"] = "D";
            hall["services"]![4]!["targetWaitMinutes"] = 0;
            hall["counters"]![0]!["services"]!.AsArray().Add("bills");
            hall["counters"]![1]!["number"] = "2";
            hall["mqtt"]!["port"] = 70000;
        });

        Assert.Equal(
            [
                "counters[0].services[3]", "counters[1].number", "id", "mqtt.port", "services[2].letter", "services[3].leter",
                "services[4].targetWaitMinutes", "timeZone",
            ],
            mistakes.Select(mistake => mistake.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{\n  \"id\": \"a\",\n  \"name\" 3\n}", "line 3, column 10: ")]
    [InlineData("{ \"缴费\" 3 }", "line 1, column 8: ")]
    [InlineData("{ \"id\": \"\\ud800\" }", "line 1, column 9: half of a surrogate pair")]
    [InlineData("", "line 1, column 1: ")]
    [InlineData("{", "line 1, column ")]
    [InlineData("{} x", "line 1, column 4: ")]
    public void Syntax_error_is_one_mistake_with_line_and_column(string text, string start)
    {
        var mistake = Assert.Single(Read(text).Mistakes);

        Assert.Equal("", mistake.Path);
        Assert.StartsWith(start, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "the profile is a list")]
    [InlineData("null", "the profile is null")]
    [InlineData("7", "the profile is 7")]
    public void Document_that_is_no_object_is_named(string text, string start) =>
        Assert.StartsWith(start, Assert.Single(Read(text).Mistakes).ToString(), StringComparison.Ordinal);

    [Fact]
    public void File_that_is_not_UTF8_or_far_too_long_is_refused()
    {
        Assert.Contains("not UTF-8", Assert.Single(ProfileReader.Read(Encoding.Latin1.GetBytes("{\"id\":\"é\"}"), _ => []).Mistakes).Message, StringComparison.Ordinal);
        Assert.Contains("bytes long", Assert.Single(ProfileReader.Read(new byte[ProfileReader.MaxBytes + 1], _ => []).Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_of_a_device_stand_below_its_place_in_the_list()
    {
        var asked = new List<DeviceProfile>();
        var reading = ProfileReader.Read(Encoding.UTF8.GetBytes(Demo().ToJsonString()), device =>
        {
            asked.Add(device);
            return device.Driver == "max7219" ? [new("options.panels", "is wrong"), new("link", "is wrong too")] : [];
        });

        Assert.Equal(["devices[2].options.panels", "devices[2].link"], reading.Mistakes.Select(mistake => mistake.Path));
        Assert.Equal(["ticket-printer", "call-keys", "counter-displays", "announcer", "card-terminal", "notes", "coins"], asked.Select(device => device.Id));
        Assert.Null(reading.Profile);
    }
}
