using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>Customers pay at the whole appliance: every device and the biller are on the wire.</summary>
public sealed class PayingInTheHallTests : IAsyncLifetime
{
    private const string Account = "13812345678";

    private RunningHall _hall = null!;

    private LedgerState Ledger => _hall.The<HallFeed>().Latest.State.Ledger!;

    private IPaymentDesk Desk => _hall.The<IPaymentDesk>();

    public async Task InitializeAsync() => _hall = await RunningHall.StartAsync();

    public Task DisposeAsync() => _hall.DisposeAsync().AsTask();

    [Fact]
    public async Task Card_payment_is_credited_once_and_has_a_receipt_on_paper()
    {
        await DoAsync("card-terminal", "auto", new { on = true, milliseconds = 10 });
        var id = await BeginAsync(PayMeans.Card, 5000);

        var paid = await EndedAsync(id);

        Assert.Equal((PaymentEnd.Paid, CardPhase.Paid, PostingPhase.Confirmed), (paid.End, paid.CardPhase, paid.Posting));
        Assert.Equal(5000, Ledger.Totals.Accepted.Minor);
        Assert.Equal(5000, Ledger.Totals.Credited.Minor);
        Balanced();
        var paper = await PaperAsync("T1-000001");
        Assert.Contains("50.00 CNY", paper, StringComparison.Ordinal);
        Assert.DoesNotContain(Account, paper, StringComparison.Ordinal);
        var receipts = (await _hall.GetAsync("emulators/card-terminal"))["look"]!["receipts"]!.AsArray();
        Assert.Equal(5000, (long)Assert.Single(receipts)!["amount"]!);
    }

    [Fact]
    public async Task Cash_payment_counts_notes_and_coins_and_is_credited_once()
    {
        var id = await BeginAsync(PayMeans.Cash, 2100);
        await InsertAsync(id, "notes", 2000);
        await InsertAsync(id, "coins", 100);

        Assert.Null(await Desk.FinishCashAsync(id, default));
        var paid = await EndedAsync(id);

        Assert.Equal((PaymentEnd.Paid, PostingPhase.Confirmed), (paid.End, paid.Posting));
        Balanced();
        Assert.Contains("21.00 CNY", await PaperAsync("T1-000001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cash_that_was_put_in_before_the_customer_stopped_is_a_claim_with_a_case()
    {
        var id = await BeginAsync(PayMeans.Cash, 5000);
        await InsertAsync(id, "notes", 1000);

        Assert.Null(await Desk.CancelAsync(id, "cancelled", default));
        var stopped = await EndedAsync(id);

        Assert.Equal(PaymentEnd.Stopped, stopped.End);
        var open = Assert.Single(Ledger.Cases.Values);
        Assert.Equal((CaseKind.Stopped, 1000), (open.Kind, open.Amount.Minor));
        Balanced();
        Assert.Contains("T1-C0001", await PaperAsync("T1-000001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_that_nobody_presents_can_be_stopped_and_no_money_moves()
    {
        var id = await BeginAsync(PayMeans.Card, 5000);
        await UntilAsync(ledger => ledger.Find(id)!.CardPhase == CardPhase.Sending);
        await UntilAsync(_ => Desk.CardShowing is not null);

        Assert.Null(await Desk.CancelAsync(id, "cancelled", default));
        var ended = await EndedAsync(id);

        Assert.Equal((PaymentEnd.NotPaid, CardPhase.NotPaid), (ended.End, ended.CardPhase));
        Assert.Equal(0, Ledger.Totals.Accepted.Minor);
        Balanced();
    }

    private async Task<PaymentId> BeginAsync(PayMeans means, long minor)
    {
        await UntilAsync(_ => means == PayMeans.Card ? Desk.Offer.Card : Desk.Offer.Cash);
        var found = Assert.IsType<LookUpAnswer.Found>(await Desk.LookUpAsync("mobile", Account, default)).Bill;
        var id = new PaymentId(TicketCodes.Draw().Value);
        Assert.Null(await Desk.BeginAsync(new(id, "mobile", found.Reference, found.MaskedAccount, found.MaskedName, found.Due, new(minor, "CNY"), means, "zh-CN"), default));
        return id;
    }

    // The acceptor opens its slot a moment after the payment has begun; what is put in before comes back, and a customer puts it in again.
    private async Task InsertAsync(PaymentId id, string device, long value)
    {
        var before = Ledger.Find(id)!.Accepted.Minor;
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (Ledger.Find(id)!.Accepted.Minor == before)
        {
            patience.Token.ThrowIfCancellationRequested();
            var back = await ReturnedAsync(device);
            await DoAsync(device, "insert", new { value });
            while (Ledger.Find(id)!.Accepted.Minor == before && await ReturnedAsync(device) == back)
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Delay(50, CancellationToken.None);
            }
        }

        Assert.Equal(before + value, Ledger.Find(id)!.Accepted.Minor);
    }

    private async Task<string> ReturnedAsync(string device) => (await _hall.GetAsync($"emulators/{device}"))["look"]!["returned"]!.ToJsonString();

    private async Task<Payment> EndedAsync(PaymentId id)
    {
        await UntilAsync(ledger => ledger.Find(id) is { End: not null } or null);
        return Ledger.Find(id)!;
    }

    private async Task UntilAsync(Func<LedgerState, bool> so)
    {
        var feed = _hall.The<HallFeed>();
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (!so(feed.Latest.State.Ledger!))
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"the ledger is still {feed.Latest.State.Ledger!.AtTerminal}; offer {Desk.Offer}");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private async Task DoAsync(string device, string control, object arguments)
    {
        var (status, body, _) = await _hall.PostAsync($"emulators/{device}/{control}", arguments);
        Assert.True(status is 200 or 204, $"{status} {body}");
    }

    private async Task<string> PaperAsync(string part)
    {
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (true)
        {
            if ((await _hall.PaperAsync()).FirstOrDefault(slip => slip.Contains(part, StringComparison.Ordinal)) is { } slip) return slip;
            if (patience.IsCancellationRequested) throw new TimeoutException($"no slip with {part}: {string.Join(" | ", await _hall.PaperAsync())}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private void Balanced()
    {
        var ledger = Ledger;
        Assert.Equal(ledger.Totals.Opening + ledger.Totals.Accepted, ledger.Totals.Credited + ledger.Totals.Returned + ledger.UnderWay + ledger.InCases);
    }
}
