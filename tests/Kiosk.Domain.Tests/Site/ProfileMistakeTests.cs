using System.Text.Json.Nodes;
using Kiosk.Domain.Site;
using static Kiosk.Domain.Tests.Site.Profiles;

namespace Kiosk.Domain.Tests.Site;

/// <summary>One kind of mistake each: where it is said to be, and what is said to be allowed.</summary>
public sealed class ProfileMistakeTests
{
    private static void Says(string path, string part, Action<JsonObject> change)
    {
        var mistakes = After(change);
        Assert.Contains(mistakes, mistake => mistake.Path == path && mistake.Message.Contains(part, StringComparison.Ordinal));
        Assert.Single(mistakes);
    }

    [Fact]
    public void Unknown_member_is_named_with_the_one_that_was_meant() =>
        Says("services[1].dayliLimit", "did you mean \"dailyLimit\"? allowed: id, letter, name,", hall => hall["services"]![1]!["dayliLimit"] = 5);

    [Fact]
    public void Member_unlike_any_other_is_named_without_a_guess() =>
        Says("zzz", "unknown member; allowed: $schema, id,", hall => hall["zzz"] = 5);

    [Fact]
    public void Wrong_type_names_what_it_is_and_what_is_allowed() =>
        Says("rules.noShowGraceMinutes", "is \"15\"; allowed: a whole number from 0 to 240", hall => hall["rules"]!["noShowGraceMinutes"] = "15");

    [Fact]
    public void Broken_number_is_no_whole_number() =>
        Says("services[0].targetWaitMinutes", "is 2.5; allowed: a whole number from 1 to 240", hall => hall["services"]![0]!["targetWaitMinutes"] = 2.5);

    [Fact]
    public void Kind_of_counter_is_one_of_three() =>
        Says("counters[5].kind", "unknown: \"vipp\"; did you mean \"vip\"? allowed: normal, priority, vip", hall => hall["counters"]![5]!["kind"] = "vipp");

    [Fact]
    public void Line_feed_at_the_end_of_an_id_does_not_pass() =>
        Says("id", "a-z, 0-9 and -", hall => hall["id"] = "demo\n");

    [Theory]
    [InlineData("mqtt.listen.certFile", "is missing", """{ "keyFile": "a.key" }""")]
    [InlineData("mqtt.listen.keyFile", "is missing", """{ "certFile": "a.crt" }""")]
    [InlineData("mqtt.listen.port", "1883 is mqtt.port", """{ "certFile": "a.crt", "keyFile": "a.key", "port": 1883 }""")]
    [InlineData("mqtt.listen.address", "\"1.2.3.4.5\" is not an address", """{ "certFile": "a.crt", "keyFile": "a.key", "address": "1.2.3.4.5" }""")]
    [InlineData("mqtt.listen.address", "an address of this machine", """{ "certFile": "a.crt", "keyFile": "a.key", "address": "eth0" }""")]
    public void Listener_for_other_machines_is_always_TLS_and_beside_the_boards_own(string path, string part, string listen) =>
        Says(path, part, hall => hall["mqtt"]!["listen"] = JsonNode.Parse(listen));

    [Fact]
    public void Listener_of_a_broker_that_the_hall_does_not_have() => Says("mqtt.listen", "is for the hall's own broker", hall =>
    {
        hall["mqtt"]!["url"] = "mqtt://broker";
        hall["mqtt"]!["listen"] = JsonNode.Parse("""{ "certFile": "a.crt", "keyFile": "a.key" }""");
    });

    [Fact]
    public void Certificate_without_its_key() => Says("mqtt.keyFile", "certificate and key go together", hall => hall["mqtt"]!["certFile"] = "a.crt");

    [Fact]
    public void Day_that_the_calendar_does_not_have() =>
        Says("specialDays[0].from", "there is no 2027-02-30", hall => hall["specialDays"] = JsonNode.Parse("""[{ "from": "2027-02-30", "name": { "zh-CN": "a", "zh-TW": "b", "en": "c" } }]"""));

    [Fact]
    public void Special_days_that_end_before_they_begin() =>
        Says("specialDays[0].until", "is before from", hall => hall["specialDays"] = JsonNode.Parse("""[{ "from": "2027-02-20", "until": "2027-02-19", "name": { "zh-CN": "a", "zh-TW": "b", "en": "c" } }]"""));

    [Fact]
    public void Hours_of_a_special_day_that_overlap() =>
        Says("specialDays[0].hours[1]", "overlaps specialDays[0].hours[0]", hall => hall["specialDays"] = JsonNode.Parse("""[{ "from": "2027-02-20", "name": { "zh-CN": "a", "zh-TW": "b", "en": "c" }, "hours": ["08:00-12:00", "11:00-13:00"] }]"""));

    [Fact]
    public void Priority_cannot_be_slower_than_the_clock() =>
        Says("routing.ratePercent.senior", "is 50; allowed: a whole number from 100 to 1000", hall => hall["routing"] = JsonNode.Parse("""{ "ratePercent": { "senior": 50 } }"""));

    [Fact]
    public void Two_services_with_one_letter() =>
        Says("services[1].letter", "A is taken by services[0]", hall => hall["services"]![1]!["letter"] = "A");

    [Fact]
    public void Two_counters_with_one_number() =>
        Says("counters[1].number", "1 is taken by counters[0]", hall => hall["counters"]![1]!["number"] = 1);

    [Fact]
    public void Two_devices_with_one_id() =>
        Says("devices[1].id", "ticket-printer is taken by devices[0]", hall => hall["devices"]![1]!["id"] = "ticket-printer");

    [Fact]
    public void Two_real_devices_on_one_link() =>
        Says("devices[2].link", "usb:///dev/usb/lp0 is taken by devices[0]", hall =>
        {
            hall["devices"]![0]!["link"] = "usb:///dev/usb/lp0";
            hall["devices"]![2]!["link"] = "usb:///dev/usb/lp0";
        });

    [Fact]
    public void Counter_that_offers_an_unknown_service() =>
        Says("counters[0].services[0]", "unknown service \"payy\"; did you mean \"pay\"? allowed: pay, new-number", hall => hall["counters"]![0]!["services"]![0] = "payy");

    [Fact]
    public void Counter_that_offers_a_service_twice() =>
        Says("counters[0].services[1]", "stands in counters[0].services[0] already", hall => hall["counters"]![0]!["services"]![1] = "pay");

    [Fact]
    public void Service_that_no_counter_offers() =>
        Says("services[4]", "no counter offers \"vip\"", hall => hall["counters"]![5]!["services"] = new JsonArray("pay"));

    [Fact]
    public void Language_without_a_text() =>
        Says("services[0].name.zh-TW", "is missing; needed: a text for each of zh-CN, zh-TW, en", hall => hall["services"]![0]!["name"]!.AsObject().Remove("zh-TW"));

    [Fact]
    public void Text_in_a_language_that_the_hall_does_not_speak() =>
        Says("name.eng", "did you mean \"en\"?", hall => hall["name"]!["eng"] = "Hall");

    [Fact]
    public void Text_of_spaces_only() =>
        Says("name.en", "not only spaces", hall => hall["name"]!["en"] = "   ");

    [Fact]
    public void Language_tag_in_the_wrong_case() =>
        Assert.Contains(After(hall => hall["languages"]![0] = "zh-cn"), mistake => mistake.Path == "languages[0]");

    [Theory]
    [InlineData("Asia/Shangai", "did you mean \"Asia/Shanghai\"?")]
    [InlineData("Mars/Olympus", "allowed: an IANA time zone")]
    public void Time_zone_that_does_not_exist(string zone, string part) => Says("timeZone", part, hall => hall["timeZone"] = zone);

    [Theory]
    [InlineData("08:00-12:00", "11:59-14:00", "overlaps openingHours.monday[0]")]
    [InlineData("08:00-12:00", "08:00-12:00", "overlaps openingHours.monday[0]")]
    [InlineData("08:00-12:00", "22:00-02:00", "ends before it begins")]
    [InlineData("08:00-12:00", "14:00-14:00", "ends before it begins")]
    [InlineData("08:00-12:00", "14:00-25:00", "a span as 08:30-18:00")]
    [InlineData("08:00-12:00", "24:00-24:00", "a span as 08:30-18:00")]
    public void Spans_that_clash_or_make_no_sense(string first, string second, string part) =>
        Says("openingHours.monday[1]", part, hall => hall["openingHours"]!["monday"] = new JsonArray(first, second));

    [Theory]
    [InlineData("tcp://broker:1883")]
    [InlineData("mqtt://")]
    [InlineData("mqtt://broker:port")]
    public void Broker_address_that_is_none(string url) => Says("mqtt.url", "mqtt", hall => hall["mqtt"]!["url"] = url);

    [Fact]
    public void Address_for_phones_that_is_none() => Says("publicUrl", "not an address", hall => hall["publicUrl"] = "http://:80");

    [Fact]
    public void Member_that_stands_twice()
    {
        var mistake = Assert.Single(Read(Demo().ToJsonString().Replace("\"publicUrl\":null", "\"publicUrl\":null,\"publicUrl\":null", StringComparison.Ordinal)).Mistakes);

        Assert.Equal(new ProfileMistake("publicUrl", "stands here twice; leave one"), mistake);
    }

    [Fact]
    public void Too_many_devices_are_too_many() => Assert.Contains(
        After(hall => hall["devices"] = new JsonArray([.. Enumerable.Range(0, 65).Select(n => new JsonObject { ["id"] = $"d{n}", ["driver"] = "x", ["link"] = "emulated:" })])),
        mistake => mistake == new ProfileMistake("devices", "has 65 entries; allowed: a list of 0 to 64 devices"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_change_of_one_value_makes_the_reader_throw(int seed)
    {
        var random = new Random(seed);
        JsonNode?[] odd() => [null, -1, 1e300, "", "\u0000", new JsonArray(), new JsonArray(1, "a", null), new JsonObject(), new JsonObject { ["id"] = 3 }, true];
        for (var round = 0; round < 500; round++)
        {
            var hall = Demo();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var (owner, key) = Places(hall).ElementAt(random.Next(Places(hall).Count()));
                var value = odd()[random.Next(odd().Length)];
                if (owner is JsonObject parent) parent[(string)key] = value;
                else owner[(int)key] = value;
            }

            var reading = Read(hall);
            Assert.Equal(reading.Profile is null, reading.Mistakes.Length > 0);
        }
    }

    private static IEnumerable<(JsonNode Owner, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => (member.Value is null ? [] : Places(member.Value)).Append((members, member.Key))),
        JsonArray items => items.SelectMany((item, index) => (item is null ? [] : Places(item)).Append((items, index))),
        _ => [],
    };
}
