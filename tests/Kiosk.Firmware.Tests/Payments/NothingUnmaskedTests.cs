using System.Text.RegularExpressions;
using Kiosk.DemoBiller;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Hardware.Printers;
using Kiosk.Mqtt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>Customers pay at the whole appliance, with a broker and with the terminal's own receipt lines; then nobody finds a whole card or account number anywhere.</summary>
public sealed class NothingUnmaskedTests : IAsyncLifetime, IDisposable
{
    // Typed at the screen, paid in cash, stopped, refused by the biller, closed after the look-up, unknown, and looked up while the biller is away.
    private const string OnScreen = "13812345678", InCash = "86123459", Stopped = "13698761234", Refused = "13987652224", Closed = "15912343335", Missing = "18855550006", Away = "17033449182";

    // Shown to be found where they are told unmasked.
    private const string Planted = "13700998877", PlantedCard = "6228480099887766";

    private static readonly string[] Accounts = [OnScreen, InCash, Stopped, Refused, Closed, Missing, Away];

    // The terminal's emulator tells the whole number of each card on purpose, in its statuses and in its receipt lines.
    private static readonly string[] Cards = ["6228480012349071", "6228480012346135", "6228480012348802"];

    private readonly HeardLog _log = new();
    private RunningHall? _hall;
    private string _data = "";
    private Store _store = null!;

    private RunningHall Hall => _hall!;

    private LedgerState Ledger => Hall.The<HallFeed>().Latest.State.Ledger!;

    private IPaymentDesk Desk => Hall.The<IPaymentDesk>();

    public async Task InitializeAsync()
    {
        _hall = await RunningHall.StartAsync(
            profile => profile["devices"]!.AsArray().Single(device => (string?)device!["id"] == "card-terminal")!["options"]!["receipts"] = "host",
            services: all => all.AddLogging(logging => logging.AddProvider(_log).AddFilter<HeardLog>(null, LogLevel.Trace)),
            broker: TestMosquitto.AnyPort());
        _data = _hall.Data;
        var broker = _hall.The<BrokerFinder>();
        await UntilAsync(() => broker.Find().Address is not null, "a broker");
        _store = Listening(broker.Find().Address!.Value);
        await _store.SubscribedAsync();
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        if (_hall is not null) await _hall.StopAsync();
        Directory.Delete(_data, recursive: true);
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task No_whole_account_or_card_number_is_kept_said_shown_or_printed_anywhere()
    {
        var hunt = new NumberHunt([.. Accounts, .. Cards]);
        var byCard = await PayOnScreenAsync(hunt);
        var inCash = await PayInCashAsync();
        var stopped = await StopWithMoneyInsideAsync();
        var refused = await RefusedAsync(Refused, "9071", "ok");
        var declined = await RefusedAsync(Closed, "8802", "declined");
        await LookUpsThatFailAsync();
        await ReprintAsync(Ledger.Find(byCard)!.Receipt!.Value);
        await _store.UntilEventAsync(Hall.The<HallFeed>().Latest.Seq);

        var said = new AllThatIsSaid(Hall, _log, _store, _data);
        await said.SearchAsync(hunt, byCard.Value, inCash.Value, stopped.Value, refused.Value, declined.Value, "1", "card-terminal", "day");
        await Hall.StopAsync();
        _hall = null;

        // What is written at the last moment, and what was only in memory until then.
        said.Files(hunt);
        Assert.Empty(hunt.Found);
        Assert.InRange(hunt.Looked, 500, int.MaxValue);
    }

    [Fact]
    public async Task Search_finds_a_number_wherever_it_is_told()
    {
        var hunt = new NumberHunt(Planted, PlantedCard);
        var id = await BeginAsync(OnScreen, PayMeans.Cash, 2000, shown: $"{Planted[..3]} {Planted[3..7]} {Planted[7..]}");
        await InsertAsync(id, 2000);
        Assert.Null(await Desk.FinishCashAsync(id, default));
        await EndedAsync(id);
        await PaperAsync("T1-000001");
        Hall.The<ILogger<NothingUnmaskedTests>>().Log(LogLevel.Trace, default, PlantedCard, null, (number, _) => $"The card is {number}");
        await File.WriteAllBytesAsync(Path.Combine(_data, "planted"), Convert.FromHexString("00" + PlantedCard + "FF"));
        await _store.UntilEventAsync(Hall.The<HallFeed>().Latest.Seq);

        await new AllThatIsSaid(Hall, _log, _store, _data).SearchAsync(hunt, id.Value, "1");

        string[] places = ["hall.db", "log: ", "slip 1: ", $"200 /receipt/{id}: ", "200 /manager/money/receipts: ", "200 /api/v1/payments", "200 /control/ledger: ", "planted: "];
        Assert.All(places, place => Assert.Contains(hunt.Found, found => found.Contains(place, StringComparison.Ordinal)));
    }

    [Fact]
    public void Search_knows_groups_tags_and_packed_digits()
    {
        string[] told = ["6228480012349071", "6228 4800 1234 9071", "6228-4800-1234-9071", "62.28.48.00.12.34.90.71", "PAN=6228480012349071;", "6 2 2 8 4 8 0 0 1 2 3 4 9 0 7 1"];
        Assert.All(told, text => Assert.Single(Hunted(hunt => hunt.In("here", text))));
        Assert.Single(Hunted(hunt => hunt.In("here", "<b>6228</b><i>4800</i> <b>1234</b>9071", markup: true)));
        Assert.Single(Hunted(hunt => hunt.In("here", System.Text.Encoding.Unicode.GetBytes("a 6228480012349071"))));
        Assert.Single(Hunted(hunt => hunt.In("here", Convert.FromHexString("06226228480012349071"))));
        Assert.Empty(Hunted(hunt => hunt.In("here", "•••• 9071, 622848, 16228480012349071")));

        static IReadOnlyList<string> Hunted(Action<NumberHunt> look)
        {
            var hunt = new NumberHunt("6228480012349071");
            look(hunt);
            return hunt.Found;
        }
    }

    /// <summary>As a customer does it: every key on the screen, and every screen looked at.</summary>
    private async Task<PaymentId> PayOnScreenAsync(NumberHunt hunt)
    {
        await UntilAsync(() => Desk.Offer.Card, "the card terminal");
        await PressAsync(hunt, "start");
        await PressAsync(hunt, "biller:mobile");
        for (var place = 0; place < OnScreen.Length; place++) await PressAsync(hunt, $"digit:{OnScreen[place]}", place);
        await PressAsync(hunt, "account");
        var amounts = await ScreenAsync(hunt, "sum:");
        await PressAsync(hunt, Regex.Match(amounts, "sum:[0-9]+").Value);
        await PressAsync(hunt, "card");
        await UntilAsync(() => Ledger.AtTerminal?.CardPhase == CardPhase.Sending, "a card payment");
        var id = Ledger.Current!.Value;
        await PresentAsync("6135", "ok");
        await EndedAsync(id);
        await ScreenAsync(hunt, "T1-000001");
        await UntilAsync(() => Ledger.Receipts[1].Phase == SlipPhase.Printed, "the receipt on paper");
        var slip = await PaperAsync("T1-000001");
        Assert.Contains("6135", slip, StringComparison.Ordinal);
        Assert.Contains("KARTENZAHLUNG", slip, StringComparison.Ordinal);
        return id;
    }

    private async Task<PaymentId> PayInCashAsync()
    {
        var id = await BeginAsync(InCash, PayMeans.Cash, 2000, "broadband");
        await InsertAsync(id, 2000);
        Assert.Null(await Desk.FinishCashAsync(id, default));
        Assert.Equal(PaymentEnd.Paid, (await EndedAsync(id)).End);
        return id;
    }

    private async Task<PaymentId> StopWithMoneyInsideAsync()
    {
        var id = await BeginAsync(Stopped, PayMeans.Cash, 5000);
        await InsertAsync(id, 1000);
        Assert.Null(await Desk.CancelAsync(id, "cancelled", default));
        Assert.Equal(PaymentEnd.Stopped, (await EndedAsync(id)).End);
        return id;
    }

    /// <summary>Refused by the biller while the terminal holds the card, or by the card's bank.</summary>
    private async Task<PaymentId> RefusedAsync(string account, string last4, string result)
    {
        // The card of the one before is still in the terminal.
        await DoAsync("card-terminal", "remove", new { });
        var id = await BeginAsync(account, PayMeans.Card, 5000);
        await UntilAsync(() => Ledger.Find(id)!.CardPhase == CardPhase.Sending, "a card payment");
        await PresentAsync(last4, result);
        Assert.Equal(PaymentEnd.NotPaid, (await EndedAsync(id)).End);
        return id;
    }

    private async Task LookUpsThatFailAsync()
    {
        Assert.IsType<LookUpAnswer.NoSuchAccount>(await Desk.LookUpAsync("mobile", Missing, default));
        var demo = Hall.The<BillerSet>().Demo!;
        foreach (var kind in new[] { BehaviourKind.Garbage, BehaviourKind.HangUp, BehaviourKind.Away })
        {
            demo.Behaviour = new(kind);
            Assert.IsType<LookUpAnswer.Unavailable>(await Desk.LookUpAsync("mobile", Away, default));
        }

        demo.Behaviour = Behaviour.Good;
    }

    private async Task ReprintAsync(int receipt)
    {
        Assert.Null(await Desk.PrintAsync(receipt, default));
        await UntilAsync(() => Ledger.Receipts[receipt] is { Copy: 1, Phase: SlipPhase.Printed }, "the copy");
    }

    private async Task<PaymentId> BeginAsync(string account, PayMeans means, long minor, string biller = "mobile", string? shown = null)
    {
        await UntilAsync(() => Desk.Offer.Open && (means == PayMeans.Card ? Desk.Offer.Card : Desk.Offer.Cash), "an offer");
        var found = Assert.IsType<LookUpAnswer.Found>(await Desk.LookUpAsync(biller, account, default)).Bill;
        var id = new PaymentId(TicketCodes.Draw().Value);
        Assert.Null(await Desk.BeginAsync(new(id, biller, found.Reference, shown ?? found.MaskedAccount, found.MaskedName, found.Due, new(minor, "CNY"), means, "zh-CN"), default));
        return id;
    }

    private async Task InsertAsync(PaymentId id, long value)
    {
        // The acceptor opens its slot a moment after the payment has begun; what is put in before comes back, and a customer puts it in again.
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (Ledger.Find(id)!.Accepted.Minor == 0)
        {
            var back = await ReturnedAsync();
            await DoAsync("notes", "insert", new { value });
            while (Ledger.Find(id)!.Accepted.Minor == 0 && await ReturnedAsync() == back)
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private async Task<string> ReturnedAsync() => (await Hall.GetAsync("emulators/notes"))["look"]!["returned"]!.ToJsonString();

    private Task PresentAsync(string last4, string result) => DoAsync("card-terminal", "card", new Dictionary<string, object>
    {
        ["name"] = "UnionPay", ["pan-last4"] = int.Parse(last4, System.Globalization.CultureInfo.InvariantCulture), ["result"] = result,
    });

    private async Task<Payment> EndedAsync(PaymentId id)
    {
        await UntilAsync(() => Ledger.Find(id) is { End: not null }, "the end of the payment");
        return Ledger.Find(id)!;
    }

    private async Task PressAsync(NumberHunt hunt, string key, int? place = null)
    {
        var html = await ScreenAsync(hunt, "name=\"step\"");
        var fields = new Dictionary<string, string> { ["pay"] = key, ["step"] = Regex.Match(html, "name=\"step\" value=\"([^\"]*)\"").Groups[1].Value };
        if (place is { } typed) fields["place"] = $"{typed}";
        using var form = new FormUrlEncodedContent(fields);
        using var response = await Hall.Http.PostAsync(new Uri(Hall.Address, "/kiosk/press"), form);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The ticket machine, as soon as this stands on it.</summary>
    private async Task<string> ScreenAsync(NumberHunt hunt, string part)
    {
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (true)
        {
            var html = await Hall.Http.GetStringAsync(new Uri(Hall.Address, "/kiosk"));
            hunt.In("/kiosk", html, markup: true);
            if (html.Contains(part, StringComparison.Ordinal)) return html;
            if (patience.IsCancellationRequested) throw new TimeoutException($"no {part} in {html}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private async Task<string> PaperAsync(string part)
    {
        IReadOnlyList<string> paper = [];
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (!patience.IsCancellationRequested)
        {
            paper = await Hall.PaperAsync();
            if (paper.FirstOrDefault(slip => slip.Contains(part, StringComparison.Ordinal)) is { } slip) return slip;
            await Task.Delay(20, CancellationToken.None);
        }

        throw new TimeoutException($"no slip with {part}: {string.Join(" | ", paper)}");
    }

    private async Task DoAsync(string device, string control, object arguments)
    {
        var (status, body, _) = await Hall.PostAsync($"emulators/{device}/{control}", arguments);
        Assert.True(status is 200 or 204, $"{status} {body}");
    }

    private static Store Listening(BrokerAddress broker) => new(broker);

    private async Task UntilAsync(Func<bool> so, string what)
    {
        using var patience = new CancellationTokenSource(RunningHall.Watchdog);
        while (!so())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"waited for {what}; {_hall?.The<HallFeed>().Latest.State.Ledger?.AtTerminal}");
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
