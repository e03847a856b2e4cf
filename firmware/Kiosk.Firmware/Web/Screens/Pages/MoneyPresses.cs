using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Web.Screens.Dialogue.Pay;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>What staff do with money. Everything is written down with who did it.</summary>
internal sealed class MoneyPresses(HallFeed feed, StaffPress press, StaffPages pages, IMoneyOffice? office = null)
{
    private const string Root = "/manager/money";
    private const int LongestLabel = 40;

    /// <summary>Who can be left out of a settlement.</summary>
    private static readonly string[] Sources = ["card", "biller", "bank"];

    public Task<IResult> PrintReceiptAsync(HttpContext http, CancellationToken cancel) => DoAsync(http, $"{Root}/receipts", "reprint", async (form, id, _) =>
        Number(form, "receipt") is { } receipt ? await press.AskAsync(http, id, new HallCommand.PrintReceipt(receipt), cancel) ?? "done.reprinted" : null, cancel);

    public Task<IResult> VoidReceiptAsync(HttpContext http, CancellationToken cancel) => DoAsync(http, $"{Root}/receipts", "void", async (form, id, who) =>
        Number(form, "receipt") is { } receipt ? await press.AskAsync(http, id, new HallCommand.VoidReceipt(receipt, form.Field("reason") ?? "", who), cancel) ?? "done.voided" : null, cancel);

    public Task<IResult> SettleCaseAsync(HttpContext http, CancellationToken cancel) => DoAsync(http, $"{Root}/cases", "case", async (form, id, who) =>
    {
        if (Number(form, "case") is not { } number || !Enum.TryParse<CaseOutcome>(form.Field("outcome"), out var outcome) || !Enum.IsDefined(outcome)) return null;
        if (await press.AskAsync(http, id, new HallCommand.SettleCase(number, outcome, form.Field("reason") ?? "", who), cancel) is { } refused) return refused;
        return feed.Latest.State.Ledger?.Cases.ContainsKey(number) == true ? "done.case-proposed" : "done.case-settled";
    }, cancel);

    public async Task<IResult> CountAsync(HttpContext http, CancellationToken cancel)
    {
        var counted = "";
        return await DoAsync(http, () => $"{Root}/count{counted}", "count", async (form, id, who) =>
        {
            if (feed.Latest.State.Ledger is not { } ledger || form.Field("device") is not { } device || !MoneyPages.Devices(ledger).Contains(device)) return null;
            if (Label(form, "box") is not { } box || Piles(form, ledger) is not { } piles) return null;
            if (await press.AskAsync(http, id, new HallCommand.CountCash(device, box, piles, who), cancel) is { } refused) return refused;

            var batch = feed.Latest.State.Ledger?.Totals.Counts.FindLast(count => count.Device == device)?.Batch ?? 0;
            counted = $"?counted={Uri.EscapeDataString(device)}/{batch}";
            return "done.counted";
        }, cancel);
    }

    public Task<IResult> CardTotalsAsync(HttpContext http, CancellationToken cancel) => DoAsync(http, $"{Root}/close", "card-totals", async (_, _, who) =>
        Said(await office!.TakeCardTotalsAsync(who, cancel), "done.card-totals", "trouble.card-away"), cancel);

    public Task<IResult> StatementsAsync(HttpContext http, CancellationToken cancel) => DoAsync(http, $"{Root}/close", "statements", async (_, _, who) =>
        Said(await office!.AskBillersAsync(who, cancel), "done.statements", "trouble.biller-away"), cancel);

    public Task<IResult> DepositAsync(HttpContext http, CancellationToken cancel) => DoAsync(http, $"{Root}/close", "deposit", async (form, id, who) =>
        Label(form, "slip") is { } slip && TypedAmount.Read(form.Field("amount")?.Trim() ?? "", Currency) is { } amount
            ? await press.AskAsync(http, id, new HallCommand.DepositCash(slip, amount, who), cancel) ?? "done.deposited"
            : null, cancel);

    public async Task<IResult> CloseAsync(HttpContext http, CancellationToken cancel)
    {
        var page = $"{Root}/close";
        return await DoAsync(http, () => page, "close", async (form, id, who) =>
        {
            if (form.Field("sure") is null || Number(form, "period") is not { } period) return null;

            // Signed for what the page showed: a period that somebody else has closed meanwhile is not this one.
            if (feed.Latest.State.Ledger?.Period != period) return "trouble.changed";
            string[] without = [.. Sources.Where(source => form.Field("without-" + source) is not null)];
            if (await press.AskAsync(http, id, new HallCommand.ClosePeriod(form.Field("reason") ?? "", who, without), cancel) is { } refused) return refused;

            page = $"{Root}/periods/{period}";
            return "done.period-closed";
        }, cancel);
    }

    public Task<IResult> CorrectAsync(HttpContext http, int period, CancellationToken cancel) => DoAsync(http, $"{Root}/periods/{period}", "correct", async (form, id, who) =>
    {
        var (text, account) = (form.Field("amount")?.Trim() ?? "", form.Field("account"));
        if (account is not ("cash" or "card" or "biller" or "bank") || TypedAmount.Read(text.TrimStart('-'), Currency) is not { } amount) return null;
        var signed = text.StartsWith('-') ? Money.Zero(Currency) - amount : amount;
        return await press.AskAsync(http, id, new HallCommand.CorrectLedger(period, account, signed, form.Field("reason") ?? "", who), cancel) ?? "done.corrected";
    }, cancel);

    public async Task<IResult> PrintAsync(HttpContext http, CancellationToken cancel)
    {
        var page = Root;
        return await DoAsync(http, () => page, "print", async (form, _, who) =>
        {
            var period = Number(form, "period");
            if (period is { } closed) page = $"{Root}/periods/{closed}";
            return Said(await office!.PrintAsync(period, who, cancel), "done.printing", "trouble.no-printer");
        }, cancel);
    }

    private string Currency => feed.Latest.State.Ledger?.Currency ?? "";

    private static string Said(OfficeAnswer answer, string done, string away) => answer switch
    {
        OfficeAnswer.Refused refused => $"rejection.{refused.Reason}",
        OfficeAnswer.Away => away,
        _ => done,
    };

    private static int? Number(IFormCollection form, string field) => int.TryParse(form.Field(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Label(IFormCollection form, string field) => form.Field(field)?.Trim() is { Length: > 0 and <= LongestLabel } text && !text.Any(char.IsControl) ? text : null;

    // Every denomination is asked for, so that none is forgotten; of those that are there one is found or more.
    private static List<CashPile>? Piles(IFormCollection form, LedgerState ledger)
    {
        var piles = new List<CashPile>();
        foreach (var piece in MoneyPages.Pieces(ledger))
        {
            if (Number(form, $"piece-{piece.Minor}") is not ({ } count and <= 99_999)) return null;
            if (count > 0) piles.Add(new(piece.Minor, count));
        }

        return piles;
    }

    private Task<IResult> DoAsync(HttpContext http, string page, string what, Func<IFormCollection, string, string, Task<string?>> act, CancellationToken cancel) => DoAsync(http, () => page, what, act, cancel);

    /// <param name="page">Where the answer is shown; asked for when all is done.</param>
    /// <param name="act">Form, request id and who → key of the sentence; null: a field is missing or wrong.</param>
    private async Task<IResult> DoAsync(HttpContext http, Func<string> page, string what, Func<IFormCollection, string, string, Task<string?>> act, CancellationToken cancel)
    {
        if (office is null) return Results.NotFound();
        if (http.Staff()?.User is not { } who || await PressForm.ReadAsync(http.Request, cancel, PressForm.LongText) is not { } form) return Results.BadRequest();

        string said;
        try
        {
            said = await act(form, StaffPress.RequestId(form, what), who) ?? StaffPress.BadInput;
        }
        catch (JournalUnavailableException)
        {
            said = "trouble.journal";
        }
        catch (IntakeFullException)
        {
            said = "trouble.busy";
        }

        return StaffPress.Answer(http, pages.T(http), page(), said);
    }
}
