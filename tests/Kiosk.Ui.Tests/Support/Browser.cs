using Microsoft.Playwright;

namespace Kiosk.Ui.Tests.Support;

/// <summary>One real Chromium for a class of tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _chromium;
    private string _host = "";

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
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

[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}
