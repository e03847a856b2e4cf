using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Ui.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Ui.Tests;

/// <summary>Every screen at the sizes it is made for, in each language and mode. The pictures are kept in <c>.shots</c> of the checkout for people to look at.</summary>
[Collection(PictureBrowser.Name)]
public sealed class ScreenPictureTests(Browser browser)
{
    public static TheoryData<int, int, string, string> KioskLooks()
    {
        var looks = new TheoryData<int, int, string, string>();
        foreach (var (width, height) in new[] { (1280, 1024), (1080, 1920) })
            foreach (var language in new[] { "zh-CN", "zh-TW", "en" })
                foreach (var mode in new[] { "normal", "large", "contrast" }) looks.Add(width, height, language, mode);
        return looks;
    }

    [Theory]
    [MemberData(nameof(KioskLooks))]
    public async Task Kiosk_fits_its_screen(int width, int height, string language, string mode)
    {
        await using var host = (await ScreenHost.StartAsync()).Busy();
        var page = await browser.OpenAsync(host.Address + "/kiosk", width, height);
        await page.ClickAsync($"[data-key=language-{language}]");
        await page.WaitForSelectorAsync($"html[lang={language}]");
        if (mode != "normal") await page.ClickAsync($"[data-key={mode}]");
        if (mode != "normal") await page.WaitForSelectorAsync($"html.{mode}");
        await LookAsync(page, $"kiosk-choose-{width}-{language}-{mode}");

        await page.ClickAsync("[data-key=service-bill]");
        await page.WaitForSelectorAsync("#your-number");
        await LookAsync(page, $"kiosk-ticket-{width}-{language}-{mode}");

        host.Devices.SetPrinter(DeviceState.OutOfService, "OutOfPaper");
        await page.WaitForSelectorAsync(".paper-missing");
        await LookAsync(page, $"kiosk-broken-{width}-{language}-{mode}");
    }

    [Theory]
    [InlineData(1280, 1024)]
    [InlineData(1080, 1920)]
    public async Task Closed_kiosk_shows_opening_hours(int width, int height)
    {
        await using var host = await ScreenHost.StartAsync(dayOpen: false);
        var page = await browser.OpenAsync(host.Address + "/kiosk", width, height);
        Assert.Contains("08:30–18:00", await page.InnerTextAsync(".hours"), StringComparison.Ordinal);
        await LookAsync(page, $"kiosk-closed-{width}");
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("busy")]
    [InlineData("closed")]
    public async Task Hall_screen_fits_a_television(string state)
    {
        await using var host = await ScreenHost.StartAsync(dayOpen: state != "closed");
        if (state == "busy") host.Busy();
        var page = await browser.OpenAsync(host.Address + "/hall", 1920, 1080);
        await page.WaitForFunctionAsync("document.querySelector('.clock').textContent !== ''");
        await LookAsync(page, $"hall-{state}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"));
    }

    [Theory]
    [InlineData("zh-CN", 1280, 900)]
    [InlineData("zh-TW", 1280, 900)]
    [InlineData("en", 1280, 900)]
    [InlineData("en", 768, 1024)]
    [InlineData("en", 400, 850)]
    public async Task Staff_screens_fit(string language, int width, int height)
    {
        await using var host = (await ScreenHost.StartAsync()).Busy();
        host.Devices.SetPrinter(DeviceState.Degraded, "PaperNearEnd");
        var ticket = host.Take("plan", language);
        foreach (var (name, path) in new[] { ("start", "/"), ("counter", "/counter/2"), ("counter-closed", "/counter/6"), ("counter-none", "/counter/99"), ("devices", "/devices"), ("phone", $"/ticket/{ticket}"), ("phone-none", "/ticket/000000000000") })
        {
            var page = await browser.OpenAsync($"{host.Address}{path}?lang={language}", width, height);
            await LookAsync(page, $"{name}-{width}-{language}");
            await page.Context.CloseAsync();
        }
    }

    // What a form or card of the kiosk holds lies within it, from top to bottom.
    private const string NothingBelowTheFold = """
        [...document.querySelectorAll('.kiosk-main, .kiosk-main .kiosk-ticket-facts, .kiosk-ticket-number, .kiosk-service, .hall-call, .hall-side section, .tile')].every(box => {
          const outer = box.getBoundingClientRect();
          return [...box.querySelectorAll(':scope > *, .kiosk-service-words > *')].every(e => {
            const inner = e.getBoundingClientRect();
            return inner.height === 0 || (inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1);
          });
        })
        """;

    private static async Task LookAsync(IPage page, string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Kiosk.sln"))) root = root.Parent;
        var path = Path.Combine(root?.FullName ?? AppContext.BaseDirectory, ".shots", name + ".png");
        await page.ScreenshotAsync(new() { Path = path, FullPage = !name.StartsWith("kiosk", StringComparison.Ordinal) && !name.StartsWith("hall", StringComparison.Ordinal) });

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than its screen");
        var cut = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, a, h1, h2, p, .kiosk-main, .tile, .hall-side section, .hall-call')]
              .filter(e => e.offsetParent !== null && getComputedStyle(e).position !== 'absolute' && (e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 || e.getBoundingClientRect().right > innerWidth + 1))
              .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40))
            """);
        Assert.Empty(cut);
        Assert.True(await page.EvaluateAsync<bool>(NothingBelowTheFold), $"{name}: something does not fit the height");
    }
}
