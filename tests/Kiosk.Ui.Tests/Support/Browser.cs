using Microsoft.Playwright;

namespace Kiosk.Ui.Tests.Support;

/// <summary>One real Chromium for a collection of tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    // Chromium without windows of its own needs half the time for the same pictures; where it is not packaged, the whole browser does it.
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _chromium;
    private string _host = "";

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists)
                ?? throw new InvalidOperationException($"There is no browser at {string.Join(" or ", Places)}: install chromium-headless-shell or chromium, or say in CHROMIUM where one is."),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A browser of its own: cookies, language, size.</summary>
    public async Task<IPage> OpenAsync(string address, int width = 1280, int height = 1024, string locale = "zh-CN", bool script = true)
    {
        await CloseOthersAsync(new Uri(address).Authority);
        var context = await _chromium!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = locale, JavaScriptEnabled = script });
        context.SetDefaultTimeout(10_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return page;
    }

    // Pages of an earlier test's host would go on asking for it, and slow down those that are looked at.
    private async Task CloseOthersAsync(string host)
    {
        if (host == _host) return;
        _host = host;
        foreach (var context in _chromium!.Contexts.ToList()) await context.CloseAsync();
    }
}

/// <summary>What is pressed and watched.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}

/// <summary>Many pictures, beside the others in a browser of their own: each waits for its page most of the time.</summary>
[CollectionDefinition(Name)]
public sealed class PictureBrowser : ICollectionFixture<Browser>
{
    public const string Name = "pictures";
}
