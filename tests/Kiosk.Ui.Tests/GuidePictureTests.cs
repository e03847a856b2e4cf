using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

/// <summary>The screens of the floor guide, and the steps at which somebody decides, at the sizes they are made for.</summary>
[Collection(SharedBrowser.Name)]
public sealed class GuidePictureTests(Browser browser)
{
    [Theory]
    [InlineData("en", 1280, 800)]
    [InlineData("zh-CN", 1280, 800)]
    [InlineData("zh-TW", 800, 1280)]
    [InlineData("en", 800, 1280)]
    [InlineData("en", 400, 850)]
    public async Task Guides_screen_fits_empty_busy_and_broken(string language, int width, int height)
    {
        await using var host = await ScreenHost.StartAsync();
        await LookAsync(host, $"/guide?lang={language}", $"guide-empty-{width}-{language}", width, height);

        host.Busy();
        var senior = host.Feed.Latest.State.Tickets.Values.Where(ticket => ticket.Phase == TicketPhase.Waiting).OrderBy(ticket => ticket.Order).ElementAt(2);
        host.Intake.Do(new HallCommand.PrioritiseTicket(senior.Id, PriorityClass.Pregnant));
        host.Intake.Do(new HallCommand.StaffCounter(new(1), "zhang"));
        await LookAsync(host, $"/guide?lang={language}&ticket={senior.Id}", $"guide-busy-{width}-{language}", width, height);

        host.Devices.SetPrinter(DeviceState.OutOfService, "OutOfPaper");
        host.Intake.Do(new HallCommand.CloseDay());
        await LookAsync(host, $"/guide?lang={language}&service=bill", $"guide-broken-{width}-{language}", width, height);
    }

    [Theory]
    [InlineData("en", 1280, 1024)]
    [InlineData("zh-CN", 1280, 1024)]
    [InlineData("zh-TW", 1080, 1920)]
    public async Task Counter_kiosk_and_phone_fit_with_their_questions(string language, int width, int height)
    {
        await using var host = (await ScreenHost.StartAsync(change: hall => hall with { Rules = hall.Rules with { LongWait = TimeSpan.FromSeconds(1) } })).Busy();
        var mine = host.Feed.Latest.State.Tickets.Values.First(ticket => ticket.Phase == TicketPhase.Waiting);
        host.Intake.Do(new HallCommand.PrioritiseTicket(mine.Id, PriorityClass.Senior));
        await LookAsync(host, $"/counter/1?lang={language}", $"counter-busy-{width}-{language}", 1280, 900);
        await LookAsync(host, $"/?lang={language}", $"start-{width}-{language}", 1280, 900);
        await LookAsync(host, $"/ticket/{mine.Id}?lang={language}", $"phone-ask-{width}-{language}", 400, 850, page => page.ClickAsync("[data-key=cancel]"));
        foreach (var mode in new[] { "normal", "large" })
        {
            await LookAsync(host, "/kiosk", $"kiosk-long-wait-{width}-{language}-{mode}", width, height, async page =>
            {
                await ReadAsync(page, language, mode);
                await page.ClickAsync("[data-key=service-bill]");
                await page.WaitForSelectorAsync("[data-key=anyway]");
            });
            await LookAsync(host, "/kiosk", $"kiosk-check-in-{width}-{language}-{mode}", width, height, async page =>
            {
                await ReadAsync(page, language, mode);
                await page.ClickAsync("[data-key=appointment]");
                foreach (var digit in "4102") await page.ClickAsync($"[data-key=digit-{digit}]:enabled");
                await page.WaitForSelectorAsync(".kiosk-code:has-text('4102')");
            });
        }
    }

    private static async Task ReadAsync(IPage page, string language, string mode)
    {
        await page.ClickAsync($"[data-key=language-{language}]");
        await page.WaitForSelectorAsync($"html[lang={language}]");
        if (mode == "normal") return;
        await page.ClickAsync($"[data-key={mode}]");
        await page.WaitForSelectorAsync($"html.{mode}");
    }

    private async Task LookAsync(ScreenHost host, string path, string name, int width, int height, Func<IPage, Task>? before = null)
    {
        var page = await browser.OpenAsync(host.Address + path, width, height);
        if (before is not null) await before(page);
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Kiosk.sln"))) root = root.Parent;
        await page.ScreenshotAsync(new() { Path = Path.Combine(root.FullName, ".shots", name + ".png"), FullPage = !name.StartsWith("kiosk", StringComparison.Ordinal) });

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than its screen");
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, a, h1, h2, p, .guide-service, .guide-tickets a, .kiosk-pad, .kiosk-question')]
              .filter(e => e.offsetParent !== null && (e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 || e.getBoundingClientRect().right > innerWidth + 1))
              .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40))
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, a.button, summary, label')]
              .filter(e => e.offsetParent !== null && e.getBoundingClientRect().height < 44 - .5)
              .map(e => e.tagName + ': ' + e.textContent.trim() + ' ' + e.getBoundingClientRect().height)
            """));
        if (name.StartsWith("kiosk", StringComparison.Ordinal))
        {
            Assert.True(await page.EvaluateAsync<bool>("(m => m.scrollHeight <= m.clientHeight + 1)(document.querySelector('.kiosk-main'))"), $"{name} does not fit the height");
        }

        await page.Context.CloseAsync();
    }
}
