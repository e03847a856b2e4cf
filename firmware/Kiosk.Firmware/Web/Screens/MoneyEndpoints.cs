using Kiosk.Domain.Staff;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Firmware.Web.Staff;

namespace Kiosk.Firmware.Web.Screens;

/// <summary>The pages about money.</summary>
internal static class MoneyEndpoints
{
    public static IServiceCollection AddMoneyScreens(this IServiceCollection services) => services.AddSingleton<MoneyPages>().AddSingleton<MoneyPresses>();

    public static void MapMoneyScreens(this IEndpointRouteBuilder routes)
    {
        var see = routes.MapGroup("/manager/money").AddEndpointFilter(PageGuard.InvokeAsync).ExcludeFromDescription().Needs(Right.SeeMoney);
        see.MapGet("", (HttpContext http, MoneyPages pages) => pages.OverviewAsync(http));
        see.MapGet("/receipts", (HttpContext http, MoneyPages pages) => pages.ReceiptsAsync(http));
        see.MapGet("/cases", (HttpContext http, MoneyPages pages) => pages.CasesAsync(http));
        see.MapGet("/periods", (HttpContext http, MoneyPages pages, CancellationToken cancel) => pages.PeriodsAsync(http, cancel));
        see.MapGet("/periods/{name}", (HttpContext http, string name, MoneyPages pages, CancellationToken cancel) => pages.PeriodAsync(http, name, cancel));

        var settle = routes.MapGroup("/manager/money").AddEndpointFilter(PageGuard.InvokeAsync).ExcludeFromDescription().Needs(Right.SettleMoney);
        settle.MapGet("/count", (HttpContext http, MoneyPages pages) => pages.CountAsync(http));
        settle.MapGet("/close", (HttpContext http, MoneyPages pages) => pages.CloseAsync(http));
        settle.MapPost("/receipts/print", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.PrintReceiptAsync(http, cancel));
        settle.MapPost("/receipts/void", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.VoidReceiptAsync(http, cancel));
        settle.MapPost("/cases/settle", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.SettleCaseAsync(http, cancel));
        settle.MapPost("/count", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.CountAsync(http, cancel));
        settle.MapPost("/card-totals", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.CardTotalsAsync(http, cancel));
        settle.MapPost("/statements", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.StatementsAsync(http, cancel));
        settle.MapPost("/deposit", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.DepositAsync(http, cancel));
        settle.MapPost("/close", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.CloseAsync(http, cancel));
        settle.MapPost("/print", (HttpContext http, MoneyPresses presses, CancellationToken cancel) => presses.PrintAsync(http, cancel));
        settle.MapPost("/periods/{period:int}/correct", (HttpContext http, int period, MoneyPresses presses, CancellationToken cancel) => presses.CorrectAsync(http, period, cancel));
    }
}
