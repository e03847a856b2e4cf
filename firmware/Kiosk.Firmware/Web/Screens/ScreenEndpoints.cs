using System.Text.Encodings.Web;
using System.Text.Unicode;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Screens.Dialogue;
using Kiosk.Firmware.Web.Screens.Dialogue.Pay;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Ui;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kiosk.Firmware.Web.Screens;

/// <summary>
/// The hall's screens. The host brings <c>HallFeed</c>, <c>IIntake</c>, <c>IDeviceDirectory</c> and <c>TimeProvider</c>.
/// </summary>
public static class ScreenEndpoints
{
    /// <param name="address">Where this host is reached; stands in QR codes when the profile names no public address.</param>
    public static IServiceCollection AddHallScreens(this IServiceCollection services, Uri? address)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Refusals>();

        // Chinese goes over the wire as itself, not as six signs of escape for each character.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<KioskDialogues>().AddSingleton(new HostAddress(address)).AddSingleton<PayComposer>().AddSingleton<ScreenComposer>().AddSingleton<ScreenRenderer>().AddSingleton<ScreenReply>();
        services.TryAddSingleton<ScreenPulse>();
        services.TryAddSingleton<Effects.Captions>();
        services.TryAddSingleton<Effects.WaitQuotes>();
        services.AddSingleton<PayErrands>().AddHostedService(provider => provider.GetRequiredService<PayErrands>()).AddSingleton<PayPresses>();
        services.AddSingleton<LiveStream>().AddSingleton<KioskPages>().AddSingleton<CounterPages>().AddSingleton<OtherPages>();
        services.AddSingleton<GuideComposer>().AddSingleton<GuidePages>().AddSingleton<PhonePages>().AddSingleton<ReceiptPages>();
        services.AddSingleton<ReportPages>().AddSingleton<ForecastPages>().AddSingleton<WaitPages>();
        services.AddSingleton<LiveScreens>().AddHostedService(provider => provider.GetRequiredService<LiveScreens>());
        return services;
    }

    public static IEndpointRouteBuilder MapHallScreens(this IEndpointRouteBuilder routes)
    {
        var screens = routes.MapGroup("").AddEndpointFilter(PageGuard.InvokeAsync).ExcludeFromDescription();
        screens.MapGet("/", (HttpContext http, OtherPages pages) => pages.StartAsync(http));
        screens.MapGet("/kiosk", (HttpContext http, KioskPages pages) => pages.ShowAsync(http));
        screens.MapPost("/kiosk/press", (HttpContext http, KioskPages pages, CancellationToken cancel) => pages.PressAsync(http, cancel));
        screens.MapGet("/hall", (OtherPages pages) => pages.HallAsync());
        screens.MapGet("/counter/{number}", (HttpContext http, string number, CounterPages pages) => pages.ShowAsync(http, number)).Needs(Right.ServeCounter);
        screens.MapPost("/counter/{number}/press", (HttpContext http, string number, CounterPages pages, CancellationToken cancel) => pages.PressAsync(http, number, cancel)).Needs(Right.ServeCounter);
        screens.MapGet("/guide", (HttpContext http, GuidePages pages) => pages.ShowAsync(http)).Needs(Right.SeeHall);
        screens.MapPost("/guide/press", (HttpContext http, GuidePages pages, CancellationToken cancel) => pages.PressAsync(http, cancel)).Needs(Right.GuideCustomers);
        screens.MapGet("/devices", (HttpContext http, OtherPages pages) => pages.DevicesAsync(http));
        screens.MapGet("/ticket/{id}", (HttpContext http, string id, PhonePages pages) => pages.ShowAsync(http, id)).ForEverybody();
        screens.MapPost("/ticket/{id}/cancel", (HttpContext http, string id, PhonePages pages, CancellationToken cancel) => pages.CancelAsync(http, id, cancel)).ForEverybody();
        screens.MapGet("/receipt/{id}", (HttpContext http, string id, ReceiptPages pages) => pages.ShowAsync(http, id)).ForEverybody();

        screens.MapGet("/manager/reports", (HttpContext http, ReportPages pages) => pages.LatestAsync(http)).Needs(Right.SeeReports);
        screens.MapGet("/manager/reports/{kind}/{name}", (HttpContext http, string kind, string name, ReportPages pages) => pages.ShowAsync(http, kind, name)).Needs(Right.SeeReports);
        screens.MapGet("/manager/forecast", (HttpContext http, ForecastPages pages) => pages.TodayAsync(http)).Needs(Right.SeeReports, Right.RunDay);
        screens.MapGet("/manager/forecast/{day}", (HttpContext http, string day, ForecastPages pages) => pages.ShowAsync(http, day)).Needs(Right.SeeReports, Right.RunDay);
        screens.MapGet("/manager/waits", (HttpContext http, WaitPages pages) => pages.ShowAsync(http)).Needs(Right.SeeReports);

        screens.MapGet("/live/kiosk", (HttpContext http, KioskPages pages) => pages.LiveAsync(http));
        screens.MapGet("/live/hall", (HttpContext http, OtherPages pages) => pages.LiveHallAsync(http));
        screens.MapGet("/live/counter", (HttpContext http, CounterPages pages) => pages.LiveAsync(http)).Needs(Right.ServeCounter);
        screens.MapGet("/live/guide", (HttpContext http, GuidePages pages) => pages.LiveAsync(http)).Needs(Right.SeeHall);
        screens.MapGet("/live/devices", (HttpContext http, OtherPages pages) => pages.LiveDevicesAsync(http));
        screens.MapGet("/live/ticket", (HttpContext http, PhonePages pages) => pages.LiveAsync(http)).ForEverybody();

        screens.MapGet("/assets/{name}", (HttpContext http, string name) => Serve(http, name)).ForEverybody();
        return routes;
    }

    private static IResult Serve(HttpContext http, string name)
    {
        if (Asset.Find(name) is not { } asset) return Results.NotFound();

        // The address carries the hash: what it names never changes.
        http.Response.Headers.CacheControl = http.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Content, asset.ContentType);
    }
}
