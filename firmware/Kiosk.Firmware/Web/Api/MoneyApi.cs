using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Web.Staff;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The self-service terminal's payments, cases, receipts and settlement.</summary>
internal static class MoneyApi
{
    private const int PeriodsShown = 100, LongestLabel = 40;

    private static readonly string[] Sources = ["card", "biller", "bank"], Accounts = ["cash", "card", "biller", "bank"];

    public static void Map(RouteGroupBuilder api)
    {
        var see = api.MapGroup("/payments").WithTags("Money").Needs(Right.SeeMoney);
        see.MapGet("/", (HallFeed feed) => Read(feed, Payments, MoneyJson.Wire.PaymentsShape)).WithSummary("Payments under way, and those that ended lately").Produces<PaymentsShape>();
        see.MapGet("/cases", (HallFeed feed) => Read(feed, ledger => new(ledger.Currency, [.. ledger.Cases.Values.Select(one => CaseShape.Of(ledger, one))]), MoneyJson.Wire.CasesShape)).WithSummary("Open cases").Produces<CasesShape>();
        see.MapGet("/receipts", (HallFeed feed) => Read(feed, ledger => new(ledger.Currency, [.. ledger.Receipts.Values.Select(receipt => ReceiptShape.Of(ledger, receipt))]), MoneyJson.Wire.ReceiptsShape)).WithSummary("Receipts of the open period").Produces<ReceiptsShape>();
        see.MapGet("/settlement", (HallFeed feed) => Read(feed, SettlementShape.Of, MoneyJson.Wire.SettlementShape)).WithSummary("X report: ledger, counted cash, card totals, billers, bank and receipts side by side").Produces<SettlementShape>();
        see.MapGet("/periods", PeriodsAsync).WithSummary("Closed periods, the latest first").Produces<PeriodsShape>();
        see.MapGet("/periods/{period:int}", PeriodAsync).WithSummary("The Z report of a closed period").Produces<PeriodShape>().Refuses();

        var settle = api.MapGroup("/payments").WithTags("Money").Needs(Right.SettleMoney);
        settle.MapPost("/cases/{number:int}/settle", SettleAsync).WithSummary("Settle a case: {\"outcome\", \"reason\"}; above the limit the second person says the same").Produces<MoneyDone>().Refuses();
        settle.MapPost("/receipts/{number:int}/print", (HttpContext http, Asking asking, int number) => asking.AskAsync(http, new HallCommand.PrintReceipt(number), $"print {number}", _ => Done("printing")))
            .WithSummary("Print a receipt: the original, or a COPY").Produces<MoneyDone>().Refuses();
        settle.MapPost("/receipts/{number:int}/void", VoidAsync).WithSummary("Make a receipt void: {\"reason\"}; a new number takes its place").Produces<MoneyDone>().Refuses();
        settle.MapPost("/counts", CountAsync).WithSummary("Write a blind count down: {\"device\", \"box\", \"pieces\": {\"1000\": 2, …}}, every denomination; tells then what was expected").Produces<CountShape>().Refuses();
        settle.MapPost("/card-totals", (HttpContext http, CancellationToken cancel) => OfficeAsync(http, (desk, who) => desk.TakeCardTotalsAsync(who, cancel))).WithSummary("Take the card terminal's end of day").Produces<MoneyDone>().Refuses();
        settle.MapPost("/statements", (HttpContext http, CancellationToken cancel) => OfficeAsync(http, (desk, who) => desk.AskBillersAsync(who, cancel))).WithSummary("Ask the billers what they have confirmed").Produces<MoneyDone>().Refuses();
        settle.MapPost("/deposits", DepositAsync).WithSummary("Enter the bank's slip: {\"slip\", \"amount\"}").Produces<MoneyDone>().Refuses();
        settle.MapPost("/periods", CloseAsync).WithSummary("Sign and close the open period: {\"period\", \"reason\", \"without\": []}").Produces<MoneyDone>().Refuses();
        settle.MapPost("/periods/{period:int}/corrections", CorrectAsync).WithSummary("Correct a closed period: {\"account\", \"amount\", \"reason\"}").Produces<MoneyDone>().Refuses();
    }

    private static PaymentsShape Payments(LedgerState ledger) => new(
        ledger.Site.Terminal, ledger.Currency, ledger.Period, ledger.CardDoubt is not null,
        [.. ledger.Payments.Values.Where(payment => payment.End is null).Concat(ledger.Recent).Select(payment => PaymentShape.Of(ledger, payment))]);

    private static IResult Read<T>(HallFeed feed, Func<LedgerState, T> shape, JsonTypeInfo<T> json) =>
        feed.Latest.State.Ledger is { } ledger ? Results.Json(shape(ledger), json) : Problem.Rejected(Rejection.NoPayments);

    private static async Task<IResult> PeriodsAsync(HttpContext http, CancellationToken cancel) => Office(http) is not { } office
        ? Problem.Rejected(Rejection.NoPayments)
        : Results.Json(new PeriodsShape([.. (await office.PeriodsAsync(PeriodsShown, cancel)).Select(PeriodShape.Of)]), MoneyJson.Wire.PeriodsShape);

    private static async Task<IResult> PeriodAsync(HttpContext http, int period)
    {
        if (Office(http) is not { } office) return Problem.Rejected(Rejection.NoPayments);
        return await office.PeriodAsync(period, http.RequestAborted) is { } closed
            ? Results.Json(PeriodShape.Of(closed), MoneyJson.Wire.PeriodShape)
            : Problem.NotFound("unknown-period", "No such period has been closed.");
    }

    private static async Task<IResult> SettleAsync(HttpContext http, Asking asking, int number)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "outcome", "reason");
        var outcomes = Enum.GetValues<CaseOutcome>().ToDictionary(outcome => TicketShape.Kebab(outcome));
        var outcome = outcomes[body.Text("outcome", [.. outcomes.Keys])];
        var reason = Words(body, "reason");
        return await asking.AskAsync(http, new HallCommand.SettleCase(number, outcome, reason, Who(http)), $"settle {number} {outcome} {reason}", answer =>
            Done(answer.Events.Any(recorded => recorded.Fact is HallEvent.CaseSettled) ? "settled" : "proposed"));
    }

    private static async Task<IResult> VoidAsync(HttpContext http, Asking asking, int number)
    {
        var reason = Words(await RequestBody.ReadAsync(http.Request, http.RequestAborted, "reason"), "reason");
        return await asking.AskAsync(http, new HallCommand.VoidReceipt(number, reason, Who(http)), $"void {number} {reason}", _ => Done("void"));
    }

    private static async Task<IResult> CountAsync(HttpContext http, Asking asking, HallFeed feed)
    {
        if (feed.Latest.State.Ledger is not { } ledger) return Problem.Rejected(Rejection.NoPayments);
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "device", "box", "pieces");
        var device = body.Text("device", [.. Screens.Pages.MoneyPages.Devices(ledger)]);
        var (box, piles) = (Label(body, "box"), Piles(body, ledger));
        var asked = $"count {device} {box} {string.Join(' ', piles.Select(pile => $"{pile.Value}x{pile.Count}"))}";
        return await asking.AskAsync(http, new HallCommand.CountCash(device, box, piles, Who(http)), asked, answer =>
        {
            var counted = answer.Events.Select(recorded => recorded.Fact).OfType<HallEvent.CashCounted>().First();
            return Results.Json(new CountShape(counted.Device, counted.Batch, counted.Box, counted.Total.Minor, counted.Expected.Minor, (counted.Total - counted.Expected).Minor), MoneyJson.Wire.CountShape);
        });
    }

    // Every denomination is asked for, so that none is forgotten.
    private static List<CashPile> Piles(RequestBody body, LedgerState ledger)
    {
        string[] wanted = [.. Screens.Pages.MoneyPages.Pieces(ledger).Select(piece => piece.Minor.ToString(CultureInfo.InvariantCulture))];
        if (!body.Element.TryGetProperty("pieces", out var pieces) || pieces.ValueKind != JsonValueKind.Object)
            throw new BadInputException("pieces", "The field \"pieces\" must be an object: denomination → number of pieces.", wanted);
        foreach (var named in pieces.EnumerateObject())
        {
            if (!wanted.Contains(named.Name)) throw new BadInputException("pieces", $"The terminal takes no \"{named.Name}\".", wanted);
        }

        var piles = new List<CashPile>();
        foreach (var name in wanted)
        {
            if (!pieces.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var count) || count is < 0 or > 99_999)
                throw new BadInputException("pieces", $"\"pieces\" must say how many pieces of {name} there are, 0 to 99999.", wanted);
            if (count > 0) piles.Add(new(long.Parse(name, CultureInfo.InvariantCulture), count));
        }

        return piles;
    }

    private static async Task<IResult> DepositAsync(HttpContext http, Asking asking, HallFeed feed)
    {
        if (feed.Latest.State.Ledger is not { } ledger) return Problem.Rejected(Rejection.NoPayments);
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "slip", "amount");
        var (slip, amount) = (Label(body, "slip"), Amount(body, ledger.Currency));
        return await asking.AskAsync(http, new HallCommand.DepositCash(slip, amount, Who(http)), $"deposit {slip} {amount}", _ => Done("deposited"));
    }

    private static async Task<IResult> CloseAsync(HttpContext http, Asking asking, HallFeed feed)
    {
        if (feed.Latest.State.Ledger is not { } ledger) return Problem.Rejected(Rejection.NoPayments);
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "period", "reason", "without");
        var period = body.OptionalNumber("period", 1, int.MaxValue) ?? throw new BadInputException("period", "The field \"period\" is missing: the number of the open period.");
        var (reason, without) = (body.FreeText("reason") ?? "", body.OptionalTexts("without", Sources));

        // Signed for one period: it must not close the next one, whoever was quicker.
        if (period != ledger.Period) return Problem.Conflict("period-not-open", $"Period {period} is not open; the open one is {ledger.Period}.");
        return await asking.AskAsync(http, new HallCommand.ClosePeriod(reason, Who(http), without), $"close {period} {reason} {string.Join(' ', without)}", _ => Done("closed"), requestId: $"close-period-{period}");
    }

    private static async Task<IResult> CorrectAsync(HttpContext http, Asking asking, HallFeed feed, int period)
    {
        if (feed.Latest.State.Ledger is not { } ledger) return Problem.Rejected(Rejection.NoPayments);
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "account", "amount", "reason");
        var (account, amount, reason) = (body.Text("account", Accounts), Amount(body, ledger.Currency), Words(body, "reason"));
        return await asking.AskAsync(http, new HallCommand.CorrectLedger(period, account, amount, reason, Who(http)), $"correct {period} {account} {amount} {reason}", _ => Done("corrected"));
    }

    private static async Task<IResult> OfficeAsync(HttpContext http, Func<IMoneyOffice, string, Task<OfficeAnswer>> ask)
    {
        if (Office(http) is not { } office) return Problem.Rejected(Rejection.NoPayments);
        return await ask(office, Who(http)) switch
        {
            OfficeAnswer.Refused refused => Problem.Rejected(refused.Reason),
            OfficeAnswer.Away => Problem.Unavailable("no-answer", "Whoever was asked does not answer: nothing was written."),
            _ => Done("taken"),
        };
    }

    /// <summary>Null: the hall has no self-service terminal.</summary>
    private static IMoneyOffice? Office(HttpContext http) => http.RequestServices.GetService<IMoneyOffice>();

    private static IResult Done(string what) => Results.Json(new MoneyDone(what), MoneyJson.Wire.MoneyDone);

    // The addresses need a right: somebody is signed in.
    private static string Who(HttpContext http) => http.Staff()!.User;

    private static string Words(RequestBody body, string member) => body.FreeText(member) ?? throw new BadInputException(member, $"The field \"{member}\" is missing.");

    private static string Label(RequestBody body, string member) =>
        Words(body, member).Trim() is { Length: > 0 and <= LongestLabel } label && !label.Any(char.IsControl) ? label : throw new BadInputException(member, $"The field \"{member}\" must be 1 to {LongestLabel} signs.");

    private static Money Amount(RequestBody body, string currency) =>
        body.Element.TryGetProperty("amount", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var minor)
            ? new(minor, currency)
            : throw new BadInputException("amount", $"The field \"amount\" must be a whole number of the smallest unit of {currency}.");
}
