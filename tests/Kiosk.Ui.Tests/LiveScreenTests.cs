using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

[Collection(SharedBrowser.Name)]
public sealed class LiveScreenTests(Browser browser)
{
    [Fact]
    public async Task One_call_reaches_two_screens_and_the_clerk_without_a_reload()
    {
        await using var host = await ScreenHost.StartAsync();
        host.Take("bill");
        host.Intake.Do(new HallCommand.OpenCounter(new(3)));
        var (first, second) = (await browser.OpenAsync(host.Address + "/hall", 1920, 1080), await browser.OpenAsync(host.Address + "/hall", 1920, 1080));
        var clerk = await browser.OpenAsync(host.Address + "/counter/3");
        foreach (var page in new[] { first, second, clerk }) await page.EvaluateAsync("window.stillHere = true");

        await clerk.ClickAsync("[data-key=key-next]");

        foreach (var hall in new[] { first, second })
        {
            await hall.WaitForSelectorAsync(".hall-now-number:text-is('A001')");
            Assert.Contains("请 A001 号到 3 号窗口", await hall.InnerTextAsync(".hall-caption"), StringComparison.Ordinal);
        }

        await clerk.WaitForSelectorAsync(".now .number:text-is('A001')");
        foreach (var page in new[] { first, second, clerk }) Assert.True(await page.EvaluateAsync<bool>("window.stillHere"));
    }

    [Fact]
    public async Task Called_number_is_at_least_122_millimetres_high_on_a_55_inch_television()
    {
        await using var host = (await ScreenHost.StartAsync()).Busy();
        var page = await browser.OpenAsync(host.Address + "/hall", 1920, 1080);

        var pixels = await page.EvaluateAsync<double>("""
            () => {
              const style = getComputedStyle(document.querySelector('.hall-now-number'));
              const canvas = document.createElement('canvas').getContext('2d');
              canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
              return canvas.measureText('A').actualBoundingBoxAscent;
            }
            """);

        Assert.True(pixels * 685 / 1080 >= 122, $"{pixels} px");
    }

    [Fact]
    public async Task Screen_says_that_the_host_is_away_and_recovers_by_itself()
    {
        var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/hall", 1920, 1080);
        host.Take("bill");
        await page.WaitForSelectorAsync(".hall-waits .number:text-is('1')");
        await page.EvaluateAsync("() => new MutationObserver(() => window.saidAway ??= Date.now()).observe(document.getElementById('away'), { attributeFilter: ['hidden'] })");

        var (port, kept) = (host.Port, host.Feed.Latest);
        await host.DisposeAsync();
        var gone = DateTimeOffset.UtcNow;
        await page.WaitForSelectorAsync("#away:not([hidden])");

        // By the browser's own clock, which is this machine's: what the test's driver takes to look is not the screen's.
        var said = DateTimeOffset.FromUnixTimeMilliseconds((long)await page.EvaluateAsync<double>("() => window.saidAway")) - gone;
        Assert.True(said < TimeSpan.FromSeconds(3.5), $"said after {said}");
        await page.WaitForSelectorAsync("html.stale");
        Assert.Contains("连接中断", await page.InnerTextAsync("#away"), StringComparison.Ordinal);
        Assert.Contains("Connection lost", await page.InnerTextAsync("#away"), StringComparison.Ordinal);

        await using var again = await ScreenHost.StartAsync(port, kept);
        again.Take("bill");
        await page.WaitForSelectorAsync("html:not(.stale)");
        await page.WaitForSelectorAsync(".hall-waits .number:text-is('2')");
        Assert.True(await page.IsHiddenAsync("#away"));
    }

    [Fact]
    public async Task Press_while_the_host_restarts_takes_one_number()
    {
        var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/kiosk");
        var (port, kept) = (host.Port, host.Feed.Latest);
        await host.DisposeAsync();

        await page.ClickAsync("[data-key=service-bill]");
        await using var again = await ScreenHost.StartAsync(port, kept);

        Assert.Equal("A001", await page.InnerTextAsync("#your-number"));
        Assert.Equal(1, again.Feed.Latest.State.Services[new("bill")].Issued);
    }

    [Fact]
    public async Task Refused_press_is_told_in_the_clerks_language()
    {
        await using var host = await ScreenHost.StartAsync();
        var first = host.Take("bill");
        host.Take("bill");
        host.Intake.Do(new HallCommand.OpenCounter(new(1)));
        var page = await browser.OpenAsync(host.Address + "/counter/1?lang=zh-TW");

        // Somebody presses the key on the wall while this press is on its way.
        await page.RouteAsync("**/press*", async route =>
        {
            host.Intake.Do(new HallCommand.CallNext(new(1)));
            await route.ContinueAsync();
        });
        await page.ClickAsync("[data-key=key-next]");

        await page.WaitForSelectorAsync("#counter-message:text-is('有人先按了此窗口的鍵，請看目前的顯示。')");
        Assert.Equal(first, host.Feed.Latest.State.Counters[new(1)].Ticket);
    }

    [Fact]
    public async Task Clerk_serves_a_customer_from_call_to_finish_with_transfer_and_hold()
    {
        await using var host = await ScreenHost.StartAsync();
        var (first, second) = (host.Take("bill"), host.Take("bill"));
        var page = await browser.OpenAsync(host.Address + "/counter/1?lang=en");
        Assert.True(await page.IsDisabledAsync("[data-key=key-next]"));
        Assert.Contains("open it first", await page.InnerTextAsync("[data-key=key-next] .key-why"), StringComparison.Ordinal);

        await page.ClickAsync("[data-key=key-open]");
        await page.ClickAsync("[data-key=key-next]");
        await page.ClickAsync("[data-key=key-begin]");
        await page.ClickAsync("[data-key=to-complaint]");
        await page.WaitForSelectorAsync(".now .none");
        Assert.Equal(new ServiceId("complaint"), host.Feed.Latest.State.Tickets[first].Service);

        await page.ClickAsync("[data-key=key-next]");
        await page.ClickAsync("[data-key=key-hold]");
        await page.ClickAsync($"[data-key=resume-{second}]");
        await page.WaitForSelectorAsync(".counter-aside .aside-list", new() { State = WaitForSelectorState.Detached });
        Assert.Equal(TicketPhase.Waiting, host.Feed.Latest.State.Tickets[second].Phase);
    }

    [Fact]
    public async Task Focus_stays_on_a_key_that_was_replaced()
    {
        await using var host = await ScreenHost.StartAsync();
        host.Intake.Do(new HallCommand.OpenCounter(new(1)));
        var page = await browser.OpenAsync(host.Address + "/counter/1");
        await page.FocusAsync("[data-key=key-pause]");

        host.Take("bill");
        await page.WaitForSelectorAsync("[data-key=key-next]:enabled");

        Assert.Equal("key-pause", await page.EvaluateAsync<string>("document.activeElement.dataset.key"));
    }

    [Fact]
    public async Task Phone_follows_its_place_in_line()
    {
        await using var host = await ScreenHost.StartAsync();
        host.Take("bill");
        var mine = host.Take("bill", "en");
        host.Intake.Do(new HallCommand.OpenCounter(new(2)));
        var page = await browser.OpenAsync($"{host.Address}/ticket/{mine}", 400, 850);
        Assert.Contains("1 person ahead of you", await page.InnerTextAsync("#phone-ticket"), StringComparison.Ordinal);

        host.Intake.Do(new HallCommand.CallNext(new(2)));
        await page.WaitForSelectorAsync("text=You are next");
        host.Intake.Do(new HallCommand.CallNext(new(2)));
        await page.WaitForSelectorAsync("text=Please go to counter 2");
    }

    [Fact]
    public async Task Device_page_follows_faults_and_uses_the_emulators()
    {
        await using var host = await ScreenHost.StartAsync();
        var page = await browser.OpenAsync(host.Address + "/devices?lang=en");
        host.Devices.SetPrinter(DeviceState.OutOfService, "OutOfPaper");
        await page.WaitForSelectorAsync("text=Open the cover, load a new roll, close the cover.");

        await page.ClickAsync("summary:text('Use the emulated device') >> nth=0");
        await page.ClickAsync("[data-key=ticket-printer-paper-near-end]");
        await page.FillAsync("input[name=milliseconds]", "250");
        await page.ClickAsync("[data-key=ticket-printer-slow]");
        await page.ClickAsync("[data-key=test-ticket-printer]");
        await page.WaitForSelectorAsync("#device-message:text-is('Test done')");

        Assert.Equal([("ticket-printer", "paper", """{"state":"near-end"}"""), ("ticket-printer", "slow", """{"milliseconds":250}""")], host.Devices.Controlled);
    }
}
