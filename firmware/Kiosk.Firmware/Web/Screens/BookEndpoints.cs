using Kiosk.Domain.Staff;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Firmware.Web.Staff;

namespace Kiosk.Firmware.Web.Screens;

/// <summary>The manager's pages, the feedback units and the suggestion book.</summary>
internal static class BookEndpoints
{
    public static IServiceCollection AddBookScreens(this IServiceCollection services) => services.AddMoneyScreens()
        .AddSingleton<BookScreens>().AddSingleton<DevicePasts>().AddSingleton<KioskUse>().AddHostedService(all => all.GetRequiredService<KioskUse>()).AddSingleton<StaffPress>().AddSingleton<StaffPages>().AddSingleton<ManagerPages>().AddSingleton<BooksPages>()
        .AddSingleton<SlipPages>().AddSingleton<EquipmentPages>().AddSingleton<AppointmentPages>().AddSingleton<FeedbackPages>().AddSingleton<SuggestionPages>();

    public static void MapBookScreens(this WebApplication app)
    {
        var screens = app.MapGroup("").AddEndpointFilter(PageGuard.InvokeAsync).ExcludeFromDescription();
        screens.MapGet("/manager", (HttpContext http, ManagerPages pages) => pages.TodayAsync(http)).Needs(Right.SeeHall);
        screens.MapGet("/live/manager", (HttpContext http, ManagerPages pages) => pages.LiveTodayAsync(http)).Needs(Right.SeeHall);
        screens.MapPost("/manager/day", (HttpContext http, ManagerPages pages, CancellationToken cancel) => pages.DayAsync(http, cancel)).Needs(Right.RunDay);
        screens.MapGet("/manager/check", (HttpContext http, ManagerPages pages) => pages.CheckAsync(http)).Needs(Right.RunDay);
        screens.MapGet("/live/check", (HttpContext http, ManagerPages pages) => pages.LiveCheckAsync(http)).Needs(Right.RunDay);
        screens.MapPost("/manager/check/run", (HttpContext http, ManagerPages pages, CancellationToken cancel) => pages.RunCheckAsync(http, cancel)).Needs(Right.RunDay);
        screens.MapPost("/manager/check/sign", (HttpContext http, ManagerPages pages, CancellationToken cancel) => pages.SignAsync(http, cancel)).Needs(Right.RunDay);

        screens.MapGet("/manager/books", (HttpContext http, BooksPages pages) => pages.ShowAsync(http)).Needs(Right.KeepBooks);
        screens.MapPost("/manager/books/hand-over", (HttpContext http, BooksPages pages, CancellationToken cancel) => pages.WriteAsync(http, cancel)).Needs(Right.KeepBooks);
        screens.MapPost("/manager/books/take", (HttpContext http, BooksPages pages, CancellationToken cancel) => pages.TakeAsync(http, cancel)).Needs(Right.KeepBooks);
        screens.MapPost("/manager/books/assign", (HttpContext http, BooksPages pages, CancellationToken cancel) => pages.AssignAsync(http, cancel)).Needs(Right.KeepBooks);
        screens.MapPost("/manager/books/answer", (HttpContext http, BooksPages pages, CancellationToken cancel) => pages.AnswerAsync(http, cancel)).Needs(Right.KeepBooks);
        screens.MapPost("/manager/books/erase", (HttpContext http, BooksPages pages, CancellationToken cancel) => pages.EraseAsync(http, cancel)).Needs(Right.KeepBooks);

        screens.MapGet("/manager/equipment", (HttpContext http, EquipmentPages pages) => pages.ShowAsync(http)).Needs(Right.ServiceDevices);
        screens.MapPost("/manager/equipment/report", (HttpContext http, EquipmentPages pages, CancellationToken cancel) => pages.ReportAsync(http, cancel)).Needs(Right.ServiceDevices);
        screens.MapPost("/manager/equipment/mend", (HttpContext http, EquipmentPages pages, CancellationToken cancel) => pages.MendAsync(http, cancel)).Needs(Right.ServiceDevices);

        screens.MapGet("/manager/slips", (HttpContext http, SlipPages pages) => pages.ShowAsync(http)).Needs(Right.DesignSlips);
        screens.MapPost("/manager/slips", (HttpContext http, SlipPages pages, CancellationToken cancel) => pages.DoAsync(http, cancel)).Needs(Right.DesignSlips);

        screens.MapGet("/manager/appointments", (HttpContext http, AppointmentPages pages) => pages.ShowAsync(http)).Needs(Right.GuideCustomers);
        screens.MapPost("/manager/appointments/book", (HttpContext http, AppointmentPages pages, CancellationToken cancel) => pages.BookAsync(http, cancel)).Needs(Right.GuideCustomers);
        screens.MapPost("/manager/appointments/import", (HttpContext http, AppointmentPages pages, CancellationToken cancel) => pages.ImportAsync(http, cancel)).Needs(Right.GuideCustomers);
        screens.MapPost("/manager/appointments/cancel", (HttpContext http, AppointmentPages pages, CancellationToken cancel) => pages.CancelAsync(http, cancel)).Needs(Right.GuideCustomers);

        screens.MapGet("/feedback/{number}", (HttpContext http, string number, FeedbackPages pages) => pages.ShowAsync(http, number));
        screens.MapGet("/live/feedback", (HttpContext http, FeedbackPages pages) => pages.LiveAsync(http));
        screens.MapPost("/feedback/{number}/press", (HttpContext http, string number, FeedbackPages pages, CancellationToken cancel) => pages.PressAsync(http, number, cancel));

        app.MapMoneyScreens();

        // On the customer's own phone as well: they are read by nobody who does not know the secret.
        screens.MapGet("/suggestion", (HttpContext http, SuggestionPages pages) => pages.ShowAsync(http)).ForEverybody();
        screens.MapPost("/suggestion", (HttpContext http, SuggestionPages pages, CancellationToken cancel) => pages.SendAsync(http, cancel)).ForEverybody();
        screens.MapGet("/suggestion/{id}", (HttpContext http, string id, SuggestionPages pages) => pages.AnswerAsync(http, id)).ForEverybody();
    }
}
