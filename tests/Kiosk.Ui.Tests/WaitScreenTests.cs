using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

/// <summary>What every screen tells of the waiting time. The pictures are kept in <c>.shots</c> of the checkout for people to look at.</summary>
[Collection(SharedBrowser.Name)]
public sealed class WaitScreenTests(Browser browser)
{
    private static readonly WaitPromise Told = new(900, 660, 1_150, 800, 1_000);

    [Theory]
    [InlineData("en", "about 10–20 minutes", "about 10 to 20 minutes")]
    [InlineData("zh-CN", "约 10–20 分钟", "约 10 到 20 分钟")]
    [InlineData("zh-TW", "約 10–20 分鐘", "約 10 到 20 分鐘")]
    public async Task Every_screen_tells_the_range_and_for_whom_it_is(string language, string shown, string aloud)
    {
        await using var host = (await ScreenHost.StartAsync(waits: Quote)).Busy();
        foreach (var ticket in host.Feed.Latest.State.Tickets.Values) host.Tell(ticket.Id, Told);
        var mine = host.Feed.Latest.State.Tickets.Values.First(ticket => ticket.Phase == TicketPhase.Waiting);

        foreach (var (width, height, large) in new[] { (1280, 1024, false), (1280, 1024, true), (1080, 1920, false), (1080, 1920, true) })
        {
            var kiosk = await browser.OpenAsync(host.Address + "/kiosk", width, height);
            await kiosk.ClickAsync($"[data-key=language-{language}]");
            await kiosk.WaitForSelectorAsync($"html[lang={language}]");
            if (large) await kiosk.ClickAsync("[data-key=large]");
            if (large) await kiosk.WaitForSelectorAsync("html.large");
            await ShootAsync(kiosk, $"waits-kiosk-{width}-{language}{(large ? "-large" : "")}");
            Assert.Equal((large ? Phrases.In(language).WaitShort(new(10, 20)) : shown, aloud), (await kiosk.InnerTextAsync("[data-key=service-bill] .wait [aria-hidden]"), await kiosk.InnerTextAsync("[data-key=service-bill] .wait .unseen")));
            Assert.Equal(Phrases.In(language)["kiosk.wait-who"], await kiosk.InnerTextAsync(".kiosk-wait-who"));
            Assert.Null(await kiosk.QuerySelectorAsync("[data-key=service-complaint] .wait"));
            Assert.True(await kiosk.EvaluateAsync<bool>("(m => m.scrollHeight <= m.clientHeight + 1)(document.querySelector('.kiosk-main'))"), "the kiosk scrolls");
            Assert.Empty(await kiosk.EvaluateAsync<string[]>("""
                [...document.querySelectorAll('.kiosk-service')].filter(b => [...b.querySelectorAll('.kiosk-service-words > *')].some(e => { const i = e.getBoundingClientRect(), o = b.getBoundingClientRect(); return i.bottom > o.bottom + 1 || i.top < o.top - 1 || i.right > o.right + 1; }))
                  .map(e => e.textContent.trim())
                """));
            await kiosk.Context.CloseAsync();
        }

        await HoldsAsync(host, $"/counter/1?lang={language}", "#counter-state", shown, $"waits-counter-{language}", 1280, 900);
        await HoldsAsync(host, $"/counter/1?lang={language}", "#counter-now", Phrases.In(language).Say("counter.told", aloud), $"waits-counter-{language}", 1280, 900);
        await HoldsAsync(host, $"/guide?lang={language}", "#guide-services", Phrases.In(language).Say("guide.wait-now", aloud), $"waits-guide-{language}", 1280, 900);
        var span = Phrases.In(language).WaitByTheClock(WaitSpan.Of(new(10, 20), mine.IssuedAt), host.Feed.Profile.TimeZone, mine.IssuedAt);
        await HoldsAsync(host, $"/ticket/{mine.Id}?lang={language}", "#phone-ticket", span, $"waits-phone-{language}", 400, 850);
        await HoldsAsync(host, "/hall", "#hall-waits", "10–20", "waits-hall", 1920, 1080);
    }

    [Fact]
    public async Task Confirmation_says_what_was_told_and_the_phone_says_when_it_takes_longer()
    {
        await using var host = await ScreenHost.StartAsync();
        host.Take("bill");
        var page = await browser.OpenAsync(host.Address + "/kiosk");
        await page.ClickAsync("[data-key=language-en]");
        await page.WaitForSelectorAsync("html[lang=en]");
        await page.ClickAsync("[data-key=service-bill]");
        await page.WaitForSelectorAsync("#your-number");
        Assert.Null(await page.QuerySelectorAsync(".progress.told"));

        var ticket = host.Feed.Latest.State.Tickets.Values.Single(one => one.Number.Serial == 2);
        host.Tell(ticket.Id, Told);
        await page.WaitForSelectorAsync(".progress.told:has-text('Expected wait: about 10 to 20 minutes')");
        Assert.Contains("The expected wait is about 10 to 20 minutes.", await page.InnerTextAsync("#kiosk-say"), StringComparison.Ordinal);
        await ShootAsync(page, "waits-kiosk-ticket");

        // Past what was told: as if it had been issued an hour ago.
        var latest = host.Feed.Latest;
        var late = latest.State.Tickets[ticket.Id] with { IssuedAt = ticket.IssuedAt.AddHours(-1) };
        host.Feed.Publish(latest with { Seq = latest.Seq + 1, State = latest.State with { Tickets = latest.State.Tickets.SetItem(late.Id, late) } });
        await HoldsAsync(host, $"/ticket/{ticket.Id}?lang=en", "#phone-ticket", "It takes longer, and we are sorry.", "waits-phone-late", 400, 850);
    }

    [Fact]
    public async Task Nothing_is_shown_where_nothing_is_known()
    {
        await using var host = (await ScreenHost.StartAsync()).Busy();
        foreach (var path in new[] { "/kiosk", "/hall", "/counter/1?lang=en", "/guide?lang=en" })
        {
            var page = await browser.OpenAsync(host.Address + path);
            Assert.Empty(await page.QuerySelectorAllAsync(".wait, .kiosk-wait-who, .hall-wait, .hall-wait-about, .counter-waits, .guide-wait, .told"));
            await page.Context.CloseAsync();
        }
    }

    private static WaitPromise? Quote(HallState hall, ServiceId service, DateTimeOffset at) => service.Value switch
    {
        "bill" => Told,
        "plan" => new(100, 20, 250, 60, 150),
        "number" => new(5_400, 4_000, 7_900, 5_000, 6_000),
        "vip" => new(3_000, 2_500, 4_900, 2_900, 3_500),
        _ => null,
    };

    private async Task HoldsAsync(ScreenHost host, string path, string part, string says, string picture, int width, int height)
    {
        var page = await browser.OpenAsync(host.Address + path, width, height);
        Assert.Contains(says, await page.InnerTextAsync(part), StringComparison.Ordinal);
        await ShootAsync(page, picture);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{picture} is wider than its screen");
        if (path == "/hall") Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight && [...document.querySelectorAll('.hall-side section')].every(s => s.scrollHeight <= s.clientHeight + 1)"), "the hall screen does not fit");
        await page.Context.CloseAsync();
    }

    private static Task ShootAsync(IPage page, string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Kiosk.sln"))) root = root.Parent;
        return page.ScreenshotAsync(new() { Path = Path.Combine(root.FullName, ".shots", name + ".png"), FullPage = name.Contains("guide", StringComparison.Ordinal) || name.Contains("counter", StringComparison.Ordinal) });
    }
}
