using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Surge;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

/// <summary>The advice of a surge plan on the guide's screen.</summary>
[Collection(SharedBrowser.Name)]
public sealed class SurgeScreenTests(Browser browser)
{
    private static readonly SurgePlan Plan = SurgePlan.Example with
    {
        Groups = [.. SurgePlan.Example.Groups.Select(group => group.Id == "outbound" ? group with { Counters = [new(2)] } : group)],
    };

    [Fact]
    public async Task Guide_sees_live_who_is_in_and_who_comes_next_and_when()
    {
        await using var host = await HostAsync(new Past().At(12, new HallCommand.OpenDay(Past.Day)).Take(12, 7));
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 1000);
        Assert.Equal("Floating staff in 1 min if the line stays above 5.", (await page.InnerTextAsync("#guide-surge .surge-next")).Trim());

        host.Intake.Do(new HallCommand.KeepSurge());

        await page.WaitForSelectorAsync("#guide-surge .surge-next:has-text('Quality staff in 3 min if the line stays above 5.')");
        Assert.Contains("in since", await page.InnerTextAsync("[data-key=rung-hall-outbound]"), StringComparison.Ordinal);
        Assert.Contains("comes next", await page.InnerTextAsync("[data-key=rung-hall-quality]"), StringComparison.Ordinal);
        Assert.Contains("not called", await page.InnerTextAsync("[data-key=rung-hall-back-office]"), StringComparison.Ordinal);

        foreach (var ticket in host.Feed.Latest.State.Tickets.Keys.Take(2)) host.Intake.Do(new HallCommand.CancelTicket(ticket));

        await page.WaitForSelectorAsync("#guide-surge .surge-next:has-text('Outbound staff may go in 5 min if the line stays at 5 or below.')");
    }

    [Fact]
    public async Task Released_group_is_shown_as_finishing_until_its_counter_is_empty()
    {
        await using var host = await HostAsync(new Past()
            .At(30, new HallCommand.OpenDay(Past.Day), new HallCommand.OpenCounter(new(1)), new HallCommand.OpenCounter(new(2)))
            .Take(30, 8)
            .At(20, new HallCommand.KeepSurge(), new HallCommand.CallNext(new(1)), new HallCommand.CallNext(new(2)), new HallCommand.CallNext(new(1)))
            .At(15, new HallCommand.KeepSurge()));
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 1000);
        Assert.Contains("finishing, counter 2", await page.InnerTextAsync("[data-key=rung-hall-outbound]"), StringComparison.Ordinal);

        host.Intake.Do(new HallCommand.Finish(new(2)));

        await page.WaitForSelectorAsync("[data-key=rung-hall-outbound] .badge:has-text('released')");
        Assert.Equal(CounterPhase.Open, host.Feed.Latest.State.Counters[new(2)].Phase);
    }

    [Fact]
    public async Task Overtime_is_advised_in_words_and_the_stairs_tell_full_from_empty_without_colour()
    {
        await using var host = await HostAsync(Full());
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 1000);
        Assert.StartsWith("Everybody is in and 11 still wait: arrange longer shifts and overtime", (await page.InnerTextAsync(".surge-overtime")).Trim(), StringComparison.Ordinal);
        Assert.Equal((0, 4), (await page.Locator(".surge-next").CountAsync(), await page.Locator("#guide-surge .surge-ladder .tick-mark").CountAsync()));
        var said = await page.EvaluateAsync<string>("document.querySelector('#guide-surge svg.chart desc').textContent");
        Assert.All(Plan.Groups.Append(Plan.Reserve!.Group), group => Assert.Contains(group.Name.In("en") + ": in since", said, StringComparison.Ordinal));

        await using var waiting = await HostAsync(new Past().At(7, new HallCommand.OpenDay(Past.Day)).Take(7, 6).At(2, new HallCommand.KeepSurge()));
        var next = await browser.OpenAsync(waiting.Address + "/guide?lang=en", 1280, 1000);
        Assert.Equal((1, 1, 2), (await next.Locator(".rung.in").CountAsync(), await next.Locator(".rung.comes").CountAsync(), await next.Locator(".rung.out").CountAsync()));
        Assert.Equal(1, await next.Locator(".surge-ladder .tick-mark").CountAsync());
        Assert.NotEqual("none", await next.EvaluateAsync<string>("getComputedStyle(document.querySelector('.rung.comes')).strokeDasharray"));
        Assert.Equal("none", await next.EvaluateAsync<string>("getComputedStyle(document.querySelector('.rung.out')).strokeDasharray"));
    }

    [Fact]
    public async Task Calm_hall_is_told_in_one_line_and_the_stairs_come_with_the_crowd()
    {
        await using var host = await HostAsync(new Past().At(5, new HallCommand.OpenDay(Past.Day)).Take(5, 5));
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 1000);
        Assert.Equal("Nobody else is needed now.", (await page.InnerTextAsync("#guide-surge .surge-next")).Trim());
        Assert.Equal(0, await page.Locator("#guide-surge .surge-ladder, #guide-surge .surge-rung").CountAsync());

        host.Take("bill");

        await page.WaitForSelectorAsync("#guide-surge .surge-next:has-text('Floating staff in 5 min if the line stays above 5.')");
        Assert.Equal(4, await page.Locator("#guide-surge .surge-rung").CountAsync());
    }

    [Fact]
    public async Task Hall_without_a_plan_shows_nothing_of_it()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/guide?lang=en", 1280, 1000);

        Assert.Equal(0, await page.Locator(".surge-plan, #guide-surge").CountAsync());
    }

    [Theory]
    [InlineData("en", 1280, 1000)]
    [InlineData("zh-CN", 1280, 1000)]
    [InlineData("zh-TW", 800, 1280)]
    [InlineData("en", 400, 850)]
    public async Task Panel_fits_its_screen_in_each_language(string language, int width, int height)
    {
        var some = SurgePlan.Example with { Id = "front", Services = [new("bill"), new("plan")], Threshold = 2, Reserve = SurgePlan.Example.Reserve! with { Threshold = 20, Mode = ReserveMode.Independent } };
        await using var host = await HostAsync(Full(Plan, some), Plan, some);
        var page = await browser.OpenAsync($"{host.Address}/guide?lang={language}", width, height);
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Kiosk.sln"))) root = root.Parent;
        await page.ScreenshotAsync(new() { Path = Path.Combine(root.FullName, ".shots", $"guide-surge-{width}-{language}.png"), FullPage = true });

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than its screen");
        Assert.Contains(Phrases.In(language)["surge.title"], await page.InnerTextAsync("#guide-surge"), StringComparison.Ordinal);
        Assert.Contains(Plan.Groups[0].Name.In(language), await page.InnerTextAsync("#guide-surge"), StringComparison.Ordinal);
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('#guide-surge *')]
              .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
              .map(e => e.tagName + '.' + e.getAttribute('class') + ': ' + e.textContent.trim().slice(0, 40))
            """));
    }

    private static Past Full(params SurgePlan[] plans) => new Past(plans).At(40, new HallCommand.OpenDay(Past.Day)).Take(40, 11).At(10, new HallCommand.KeepSurge());

    private static Task<ScreenHost> HostAsync(Past past, params SurgePlan[] plans) =>
        ScreenHost.StartAsync(before: past.Snapshot, change: hall => hall with { Surge = plans.Length == 0 ? [Plan] : [.. plans] });

    /// <summary>What happened in the hall in the last minutes.</summary>
    private sealed class Past(params SurgePlan[] plans)
    {
        private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
        private int _tickets;

        public static DateOnly Day => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        public HallSnapshot Snapshot { get; private set; } =
            new(1, 0, DateTimeOffset.UnixEpoch, HallState.For(DemoProfile.Hall with { Surge = plans.Length == 0 ? [Plan] : [.. plans] }, printing: true));

        public Past At(int minutesAgo, params HallCommand[] commands)
        {
            var at = _now - TimeSpan.FromMinutes(minutesAgo);
            foreach (var command in commands)
            {
                var decision = HallDecider.Decide(Snapshot.State, command, at);
                Assert.Null(decision.Rejection);
                Snapshot = new(1, Snapshot.Seq + decision.Events.Length, at, HallDecider.Evolve(Snapshot.State, decision.Events, at));
            }

            return this;
        }

        public Past Take(int minutesAgo, int people)
        {
            for (var n = 0; n < people; n++) At(minutesAgo, new HallCommand.TakeTicket(new($"past{_tickets++:00000000}"), new("bill"), "en"));
            return this;
        }
    }
}
