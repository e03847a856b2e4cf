using System.Text.Encodings.Web;
using System.Text.Unicode;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Ui.Screens.TakeNumber;
using Kiosk.Ui.Screens.Technician;
using Kiosk.Ui.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Ui.Tests;

/// <summary>Parts of screens that say how devices are, as HTML.</summary>
public sealed class DeviceScreenTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task History_shows_the_last_outages_with_reason_and_the_week_as_a_picture_with_words()
    {
        EquipmentFault[] faults =
        [
            new(null, "printer", "OutOfPaper", Now.AddDays(-3), null) { Until = Now.AddDays(-3).AddHours(3) },
            new(null, "printer", "CoverOpen", Now.AddMinutes(-7), null),
            new("f1", "printer", "squeaks", Now.AddDays(-1), "wang"),
        ];
        var history = DeviceHistory.Of(new([.. faults]), "printer", Now - DeviceHistory.Week, Now);

        var html = await HtmlAsync<FaultHistory>(new() { ["T"] = Phrases.In("en"), ["History"] = history, ["Zone"] = DemoProfile.Hall.TimeZone });

        Assert.Contains("<desc id=\"faults-printer-desc\">in service 98.1 % of the time; out 2 ×, 3 h 7 min in all</desc>", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("class=\"down\"").Length - 1);
        Assert.True(html.IndexOf("The cover is open.", StringComparison.Ordinal) < html.IndexOf("Out of paper.", StringComparison.Ordinal), "the latest is not first");
        Assert.DoesNotContain("squeaks", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Outage_counts_only_within_the_stretch_and_is_never_rounded_away()
    {
        EquipmentFault[] faults = [new(null, "printer", "Silent", Now.AddDays(-9), null) { Until = Now.AddDays(-7).AddSeconds(30) }];

        var history = DeviceHistory.Of(new([.. faults]), "printer", Now.AddDays(-7), Now);

        Assert.Equal((TimeSpan.FromSeconds(30), 99.9), (history.Down, history.UpPercent));
        Assert.Equal(100, DeviceHistory.Of(EquipmentRegister.Empty, "printer", Now.AddDays(-7), Now).UpPercent);
    }

    [Theory]
    [InlineData(null, null, "Not known how much paper is left", "what is left is known from the next new roll on")]
    [InlineData(60, "2026-01-12T07:30:00Z", "About 60 % of the roll left", "ends about 15:30")]
    public async Task Paper_is_told_as_far_as_it_is_known(int? left, string? ends, string says, string more)
    {
        var end = ends is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(ends, System.Globalization.CultureInfo.InvariantCulture);
        var paper = new PaperView(80, 32, left is null ? null : Now, left, null, end, false);

        var html = await HtmlAsync<PaperLine>(new() { ["T"] = Phrases.In("en"), ["Device"] = "printer", ["Paper"] = paper, ["Zone"] = DemoProfile.Hall.TimeZone });

        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.Contains(more, html, StringComparison.Ordinal);
        Assert.Equal(left is not null, html.Contains("<meter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Running_script_can_be_stopped_and_one_that_is_over_cannot()
    {
        var running = new ScriptView("printer", "bad-day", ScriptState.Running, 3, 13, 1, 1, "cutter", Now, Now.AddSeconds(9), null);

        var html = await HtmlAsync<ScriptLine>(new() { ["T"] = Phrases.In("zh-CN"), ["Script"] = running });
        Assert.Contains("状况不断", html, StringComparison.Ordinal);
        Assert.Contains("data-method=\"DELETE\"", html, StringComparison.Ordinal);

        var failed = await HtmlAsync<ScriptLine>(new() { ["T"] = Phrases.In("en"), ["Script"] = running with { State = ScriptState.Failed, NextAt = null, Trouble = "steps[2]: no" } });
        Assert.Contains("steps[2]: no", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("DELETE", failed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "暂停使用")]
    [InlineData("zh-TW", "暫停使用")]
    [InlineData("en", "Out of service")]
    public async Task Ticket_machine_that_cannot_issue_numbers_says_so_and_offers_no_service(string language, string says)
    {
        var hall = HallDecider.Evolve(HallState.For(DemoProfile.Hall, printing: true), [new HallEvent.DayOpened(new(2026, 1, 12))], Now);
        var view = new KioskView(DemoProfile.Hall, Board.Of(hall, DemoProfile.Hall), language, false, false, "1", null, null, null, [], PaperState.None, null, false, null);

        var html = await HtmlAsync<KioskScreen>(new() { ["View"] = view with { OutOfUse = true } });

        Assert.Contains($"<h1>{says}</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"service\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"service\"", await HtmlAsync<KioskScreen>(new() { ["View"] = view }), StringComparison.Ordinal);
    }

    private static async Task<string> HtmlAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
