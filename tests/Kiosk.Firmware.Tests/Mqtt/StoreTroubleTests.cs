using System.Net;
using System.Text.Json.Nodes;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Tests.Staff;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>What people and programs are told when the store does not accept the hall.</summary>
public sealed class StoreTroubleTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_wrong_password_and_then_a_denied_topic_stand_on_the_guides_screen_until_they_are_mended()
    {
        var (passwords, rules, ours) = (At("passwords"), At("rules"), At("password"));
        await File.WriteAllTextAsync(passwords, $"hall:{BrokerPassword.Hash("right", 101)}\n");
        await File.WriteAllTextAsync(rules, "user hall\ntopic readwrite qms/v1/telecom-demo/state/#\ntopic readwrite qms/v1/telecom-demo/status\ntopic readwrite qms/v1/telecom-demo/dev/#\n");
        TestAuthority.Write(ours, "wrong\n");
        using var broker = new TestMosquitto(_directory.Path, $"allow_anonymous false\npassword_file {passwords}\nacl_file {rules}");
        broker.Start();
        await using var hall = await RunningHall.StartAsync(
            profile => profile["mqtt"] = new JsonObject { ["url"] = broker.Address.ToString(), ["user"] = "hall", ["passwordFile"] = ours }, broker: TestMosquitto.AnyPort());

        var refused = await FaultAsync(hall, "password");
        Assert.Equal("refused", (string?)refused["state"]);
        Assert.NotNull(refused["since"]);
        await SaysAsync(hall, "en", "The store has not accepted our user or password since ", "put the right password into its file");
        await SaysAsync(hall, "zh-CN", "后台不接受我们的用户名或密码");
        await SaysAsync(hall, "zh-TW", "後台不接受我們的使用者名稱或密碼");

        TestAuthority.Write(ours, "right\n");
        var denied = await FaultAsync(hall, "denied");
        Assert.Equal("connected", (string?)denied["state"]);
        Assert.Contains("The broker denies qms/v1/telecom-demo/", (string?)denied["reason"], StringComparison.Ordinal);
        await SaysAsync(hall, "en", "lets us in but denies what we report since ");
        Assert.NotEqual(0, (long)denied["behind"]!);

        await File.AppendAllTextAsync(rules, "topic readwrite qms/v1/telecom-demo/#\n");
        broker.Reload();
        await using var store = new Store(broker.Address, user: "hall");
        await FaultAsync(hall, null);
        await store.UntilEventAsync(1);
        await hall.UntilAsync("health", shape => (long)shape["mqtt"]!["behind"]! == 0);
        Assert.DoesNotContain("guide-store", await GuideAsync(hall, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_acknowledged_before_and_falls_silent_is_spoken_of_after_ten_minutes()
    {
        var clock = new HandClock();
        var status = new MqttStatus { Time = clock };
        status.Enter(new MqttState.Connected(1));
        status.Saw(10);
        status.Reached(10, AcknowledgedBy.Store);
        clock.Advance(TimeSpan.FromHours(8)); // A night: nothing waits.
        Assert.Null(status.Worst);

        status.Saw(12);
        clock.Advance(MqttStatus.SilentAfter - TimeSpan.FromSeconds(5));
        status.Saw(13);
        Assert.Null(status.Worst);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ReportingFault.Silent, status.Worst!.Fault);
        Assert.Contains("nothing since event 10: 3 events wait", status.Worst.Said, StringComparison.Ordinal);

        status.Reached(11, AcknowledgedBy.Store);
        Assert.Null(status.Worst);
    }

    [Fact]
    public void Without_a_store_that_acknowledges_nobody_is_silent()
    {
        var clock = new HandClock();
        var status = new MqttStatus { Time = clock };
        status.Enter(new MqttState.Connected(1));
        status.Saw(10);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(status.Worst);
    }

    [Fact]
    public void What_is_wrong_keeps_the_moment_it_began_while_its_words_change()
    {
        var clock = new HandClock();
        var status = new MqttStatus { Time = clock };
        status.Enter(new MqttState.Away("nobody there"));
        var since = status.Worst!.Since;
        clock.Advance(TimeSpan.FromMinutes(5));
        status.Enter(new MqttState.Away("no route"));
        Assert.Equal((since, "no route"), (status.Worst!.Since, status.Worst.Said));
        status.Enter(new MqttState.Refused("no") { Why = Refusal.Password });
        Assert.True(status.Worst!.Since - since >= TimeSpan.FromMinutes(5));
    }

    private string At(string name) => Path.Combine(_directory.Path, name);

    private static async Task<JsonNode> FaultAsync(RunningHall hall, string? fault) =>
        (await hall.UntilAsync("health", shape => (string?)shape["mqtt"]!["fault"] == fault && (string?)shape["mqtt"]!["state"] != "connecting"))["mqtt"]!;

    private static async Task SaysAsync(RunningHall hall, string language, params string[] words)
    {
        var page = await GuideAsync(hall, language);
        Assert.Contains("guide-store", page, StringComparison.Ordinal);
        foreach (var word in words) Assert.Contains(word, page, StringComparison.Ordinal);
    }

    private static async Task<string> GuideAsync(RunningHall hall, string language) => WebUtility.HtmlDecode(await hall.Http.GetStringAsync(new Uri(hall.Address, $"/guide?lang={language}")));
}
