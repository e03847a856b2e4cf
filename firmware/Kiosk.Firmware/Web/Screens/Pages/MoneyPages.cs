using System.Globalization;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Ui;
using Kiosk.Ui.Screens.Takings;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/manager/money</c>: what the self-service terminal took, and what became of it.</summary>
/// <param name="office">Null: the hall has no self-service terminal, and these pages are not there.</param>
internal sealed class MoneyPages(HallFeed feed, StaffPages pages, IMoneyOffice? office = null)
{
    private const int ReceiptsShown = 200, PeriodsShown = 100;

    public Task<IResult> OverviewAsync(HttpContext http) => WithAsync(ledger => PageAsync(http, typeof(OverviewPage), ledger, new()
    {
        ["Ledger"] = ledger,
        ["Lines"] = Settlement.Lines(ledger),
        ["Payments"] = (IReadOnlyList<Payment>)[.. ledger.Payments.Values.Where(payment => payment.End is null).OrderByDescending(payment => payment.BegunAt), .. ledger.Recent],
    }));

    public Task<IResult> ReceiptsAsync(HttpContext http) => WithAsync(ledger =>
    {
        var query = http.Request.Query["q"].ToString().Trim();
        if (query.Length > 30) query = query[..30];
        return PageAsync(http, typeof(ReceiptsPage), ledger, new()
        {
            ["Ledger"] = ledger,
            ["Query"] = query,
            ["Receipts"] = ledger.Receipts.Values.Reverse().Where(receipt => query.Length == 0 || Fits(ledger, receipt, query)).Take(ReceiptsShown).ToList(),
        });
    });

    public Task<IResult> CasesAsync(HttpContext http) => WithAsync(ledger => PageAsync(http, typeof(CasesPage), ledger, new() { ["Ledger"] = ledger }));

    /// <summary>Only of a count that was written down is told what was expected.</summary>
    public Task<IResult> CountAsync(HttpContext http) => WithAsync(ledger =>
    {
        var (device, batch) = http.Request.Query["counted"].ToString().Split('/', 2) is [var of, var number] ? (of, number) : ("", "");
        var counted = ledger.Totals.Counts.FindLast(count => count.Device == device && count.Batch.ToString(CultureInfo.InvariantCulture) == batch);
        return PageAsync(http, typeof(CountPage), ledger, new()
        {
            ["Counted"] = counted,
            ["Boxes"] = Devices(ledger).Select(id => (id, ledger.Box(id).Removed.Count)).ToList(),
            ["Pieces"] = Pieces(ledger).ToList(),
        });
    });

    public Task<IResult> CloseAsync(HttpContext http) => WithAsync(ledger => PageAsync(http, typeof(ClosePage), ledger, new() { ["Ledger"] = ledger, ["Lines"] = Settlement.Lines(ledger) }));

    public Task<IResult> PeriodsAsync(HttpContext http, CancellationToken cancel) => WithAsync(async ledger => await PageAsync(http, typeof(PeriodsPage), ledger, new()
    {
        ["Periods"] = (await office!.PeriodsAsync(PeriodsShown, cancel)).Select(View).ToList(),
    }));

    /// <param name="name"><c>7</c>, or <c>7.csv</c>.</param>
    public Task<IResult> PeriodAsync(HttpContext http, string name, CancellationToken cancel) => WithAsync(async ledger =>
    {
        var csv = name.EndsWith(".csv", StringComparison.Ordinal);
        if (!int.TryParse(csv ? name[..^4] : name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await office!.PeriodAsync(number, cancel) is not { } closed) return Results.NotFound();

        return csv
            ? Results.File(System.Text.Encoding.UTF8.GetPreamble().Concat(System.Text.Encoding.UTF8.GetBytes(SettlementCsv.Write(number, closed.Entry.Lines))).ToArray(), "text/csv; charset=utf-8", $"settlement-{ledger.Site.Terminal}-{number}.csv")
            : await PageAsync(http, typeof(PeriodPage), ledger, new() { ["Period"] = View(closed) });
    });

    internal static IEnumerable<string> Devices(LedgerState ledger) => (ledger.Site.Cash?.Devices ?? []).Union(ledger.Boxes.Keys, StringComparer.Ordinal);

    /// <summary>What may lie in a box: what is accepted now, and what the ledger once accepted.</summary>
    internal static IEnumerable<Money> Pieces(LedgerState ledger) =>
        (ledger.Site.Cash?.Accept ?? []).Union(ledger.Boxes.Values.SelectMany(box => box.Content.Concat(box.Removed.SelectMany(batch => batch.Content))).Select(pile => pile.Value))
            .Order().Select(value => new Money(value, ledger.Currency));

    private static PeriodView View(ClosedPeriod closed) => new(
        closed.Entry.Period, closed.At, closed.Entry.By, closed.Entry.Difference, closed.Entry.Reason, closed.Entry.Lines, closed.Entry.Forward.Cases, closed.Counts,
        [.. closed.Corrections.Select(correction => (correction.At, correction.Entry))]);

    private static bool Fits(LedgerState ledger, Receipt receipt, string query) =>
        ledger.ReceiptName(receipt.Number).EndsWith(query, StringComparison.OrdinalIgnoreCase)
        || receipt.Number.ToString(CultureInfo.InvariantCulture) == query
        || (receipt.Case is { } number && ledger.CaseName(number).EndsWith(query, StringComparison.OrdinalIgnoreCase))
        || receipt.Payment?.Value == query
        || (receipt.Of is { } payment && (payment.Account.EndsWith(query, StringComparison.Ordinal) || payment.BillerNumber == query))
        || receipt.Amount.Plain == query;

    private async Task<IResult> WithAsync(Func<LedgerState, Task<IResult>> page) =>
        feed.Latest.State.Ledger is { } ledger && office is not null ? await page(ledger) : Results.NotFound();

    private Task<IResult> PageAsync(HttpContext http, Type component, LedgerState ledger, Dictionary<string, object?> parameters)
    {
        var (t, said) = (pages.T(http), http.Request.Query["said"].ToString());
        parameters["Common"] = new MoneyCommon(t, pages.Profile, http.Staff()?.View, StaffPress.NewPress(), StaffPress.Sentence(t, said), StaffPress.Done(said), ledger.Cases.Count);
        return pages.ShowBareAsync(http, "money.title", component, parameters);
    }
}
