using Kiosk.Domain.Hall;
using Kiosk.Firmware;
using Kiosk.Journal;
using Kiosk.Ui.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Ui.Tests;

/// <summary>The forecast page of a hall with a month behind it, in a real browser, by keyboard alone.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ForecastPageTests(Browser browser) : IAsyncLifetime
{
    private const string Pin = "246813";

    private readonly string _data = Directory.CreateTempSubdirectory("kiosk-test-").FullName;
    private SqliteJournal _journal = null!;
    private WebApplication _app = null!;

    private static DateOnly Today => DateOnly.FromDateTime(DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).DateTime);

    public async Task InitializeAsync()
    {
        _journal = SqliteJournal.Open(_data, "test");
        for (var day = Today.AddDays(-35); day < Today; day = day.AddDays(1)) Write(day);
        var profile = DemoProfile.Hall with { Hours = new(System.Collections.Immutable.ImmutableDictionary<DayOfWeek, System.Collections.Immutable.ImmutableArray<Kiosk.Domain.Site.OpenSpan>>.Empty.AddRange(
            Enum.GetValues<DayOfWeek>().Select(day => KeyValuePair.Create(day, System.Collections.Immutable.ImmutableArray.Create(new Kiosk.Domain.Site.OpenSpan(new(8, 0), new(18, 0))))))) };
        _app = Appliance.Build(new LaunchOptions(Path.Combine(_data, "hall.json"), _data, new Uri("http://127.0.0.1:0"), null, null, NoBroker: true, Crowd: 0, DemoPin: Pin), profile, _journal);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _journal.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Manager_goes_from_tomorrow_to_one_service_by_keyboard_and_a_screen_reader_hears_the_charts()
    {
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(one => one.StartsWith("http://127", StringComparison.Ordinal));
        var page = await browser.OpenAsync(address + "/sign-in?lang=en&to=%2Fmanager%2Fforecast");
        await page.FillAsync("[name=user]", "manager");
        await page.FillAsync("[name=pin]", Pin);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/manager/forecast*");

        await page.FocusAsync("text=Tomorrow");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/manager/forecast/{Today.AddDays(1):yyyy-MM-dd}*");
        Assert.Equal("Whole hall", await page.InnerTextAsync("nav a[aria-current=true].small"));

        await page.FocusAsync("nav a.small >> nth=1");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**service=*");

        var picture = page.GetByRole(Microsoft.Playwright.AriaRole.Img, new() { Name = "Arrivals in each half hour" });
        Assert.Equal(1, await picture.CountAsync());
        Assert.StartsWith("Forecast: ", await page.InnerHTMLAsync("#arrivals-desc"), StringComparison.Ordinal);
        Assert.Equal(20 + 1, await page.Locator(".report-table tbody tr").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    // Two customers in each half hour from eight to six, nobody served: arrivals are all that a forecast looks at.
    private void Write(DateOnly day)
    {
        var (service, letter) = (DemoProfile.Hall.Services[0].Id, DemoProfile.Hall.Services[0].Letter);
        DateTimeOffset At(double minutes) => new DateTimeOffset(day.ToDateTime(new TimeOnly(8, 0)), TimeSpan.FromHours(8)).AddMinutes(minutes);
        var tickets = Enumerable.Range(1, 40).Select(n => new Entry(
            At(n * 14.9), new HallEvent.TicketIssued(new($"{day:MMdd}{n:00000000}"), new(letter, n), service, "en", 0), $"{day:yyyyMMdd}-{n}", "kiosk"));
        _journal.Append([new(At(-60), new HallEvent.DayOpened(day), null, "clock"), .. tickets, new(At(700), new HallEvent.DayClosed(day), null, "clock")]);
    }
}
