using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Card;
using Kiosk.Firmware.Payments.Cash;
using Kiosk.Firmware.Payments.Postings;
using Kiosk.Firmware.Tests.Devices;
using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Terminals;
using Kiosk.Hardware.Tests.Printers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>What must not happen between ledger, devices and biller: nobody is charged, credited or kept waiting behind the ledger's back.</summary>
public sealed class AtTheTerminalTests : IDisposable
{
    private static readonly CardFacts Card = new("52500038", 7, 1, "•••• 4242", "UnionPay", "1");

    private readonly ManualTime _time = new();
    private readonly LedgerRig _rig;
    private readonly CardDesk _card = new();
    private readonly CashAttendant _cash;

    public AtTheTerminalTests()
    {
        _rig = new(_time);
        _cash = new(_rig.Door, _time);
    }

    public void Dispose()
    {
        _card.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public async Task Posting_of_a_card_that_is_in_doubt_by_now_is_not_to_be_sent()
    {
        using var queue = new PostingQueue(_rig.Door);
        var id = Authorised();
        Assert.NotNull(queue.Next("mobile"));

        _rig.Take(new HallCommand.ReportCardUnknown(id, "link lost"));

        Assert.False(await queue.SendingAsync(id.Value));
        Assert.Equal(PostingPhase.Queued, _rig.Ledger.Find(id)!.Posting);
        _rig.Take(new HallCommand.ReportCardPaid(id, Card));
        Assert.True(await queue.SendingAsync(id.Value));
    }

    [Fact]
    public async Task Nothing_is_reversed_once_people_have_the_case()
    {
        var id = Authorised();
        _rig.Take(new HallCommand.ReportCardUnknown(id, "link lost"), new HallCommand.OpenCardCase(id, "it does not answer"));

        await Assert.ThrowsAsync<PaymentWithdrawnException>(() => Talk(id).ReversingAsync());
    }

    [Fact]
    public async Task Outcome_that_comes_with_the_loss_of_the_link_is_kept()
    {
        var id = Authorised();
        using var lost = new CancellationTokenSource();
        await lost.CancelAsync();

        await Talk(id, lost.Token).ReportAsync(new CardOutcome.Reversed());

        Assert.Equal((CardPhase.Reversed, PaymentEnd.NotPaid), (_rig.Ledger.Find(id)!.CardPhase, _rig.Ledger.Find(id)!.End!.Value));
    }

    [Fact]
    public async Task Stop_of_a_payment_that_is_over_does_not_stop_the_next_customers()
    {
        var over = _rig.Begin("first", PayMeans.Card, 5000);
        _rig.Take(new HallCommand.ReportCardNotPaid(over, "Declined", "05"));
        var now = _rig.Begin("second", PayMeans.Card, 5000);
        var abort = _card.NewPayment();
        _rig.Take(new HallCommand.SendCard(now));
        await using var billers = new BillerSet(null, "", "", _time, NullLoggerFactory.Instance);
        using var desk = new PaymentDesk(_rig.Door, billers, _card, _cash, new FakeDevices());

        Assert.Null(await desk.CancelAsync(over, "timed-out", default));
        Assert.Equal(Rejection.UnknownPayment, await desk.CancelAsync(new("unknown"), "cancelled", default));

        Assert.False(abort.IsCancellationRequested);
        Assert.Null(await desk.CancelAsync(now, "cancelled", default));
        Assert.True(abort.IsCancellationRequested);
    }

    [Fact]
    public async Task Card_payment_whose_terminal_never_comes_back_becomes_a_case()
    {
        var id = Authorised();

        await KeptUntilAsync(PaymentKeeper.CardWait, () => _rig.Ledger.Current is null);

        Assert.Equal((PaymentEnd.Case, CardPhase.Unknown), (_rig.Ledger.Find(id)!.End!.Value, _rig.Ledger.Find(id)!.CardPhase));
        Assert.Equal(CaseKind.CardUnknown, Assert.Single(_rig.Ledger.Cases.Values).Kind);
    }

    [Fact]
    public async Task Card_payment_that_no_terminal_begins_ends_without_money()
    {
        var id = default(PaymentId);

        await KeptUntilAsync(PaymentKeeper.CardWait, () => _rig.Ledger.Find(id)?.End is not null, () => id = _rig.Begin("paying", PayMeans.Card, 5000));

        Assert.Equal((PaymentEnd.Stopped, 0), (_rig.Ledger.Find(id)!.End!.Value, _rig.Ledger.Cases.Count));
    }

    [Fact]
    public async Task Note_in_an_acceptor_that_never_comes_back_keeps_nobody_at_the_screen()
    {
        var id = default(PaymentId);
        void Begin()
        {
            id = _rig.Begin("paying", PayMeans.Cash, 5000);
            _rig.Take(new HallCommand.CreditCash("notes", new(1000, "CNY"), "1"), new HallCommand.EscrowCash("notes", new(2000, "CNY")));
            Assert.Equal(Rejection.NoteMoving, _rig.Ask(new HallCommand.StopPayment(id, "cancelled")));
        }

        await KeptUntilAsync(PaymentKeeper.CashWait, () => _rig.Ledger.Find(id)?.End is not null, Begin);
        _rig.Take(new HallCommand.CreditCash("notes", new(2000, "CNY"), "2"));

        Assert.Equal([(CaseKind.Stopped, 1000L), (CaseKind.CashUnowned, 2000L)], _rig.Ledger.Cases.Values.Select(one => (one.Kind, one.Amount.Minor)));
    }

    [Fact]
    public async Task Note_that_is_asked_about_again_is_stacked_once_and_not_given_back()
    {
        var id = _rig.Begin("paying", PayMeans.Cash, 2000);
        var steps = new CashLedger("notes", _rig.Door, default);
        var note = new CashItem(4, 2000, "CNY");

        Assert.True(await steps.EscrowedAsync(note));
        Assert.True(await steps.EscrowedAsync(note));
        await steps.CreditedAsync(note, "1");
        await steps.CreditedAsync(note, "1");

        Assert.Equal(2000, _rig.Ledger.Find(id)!.Accepted.Minor);
        Assert.Empty(_rig.Ledger.Cases);
        Assert.False(await steps.EscrowedAsync(note));
    }

    [Fact]
    public async Task Coin_of_another_currency_in_the_box_is_a_case_and_its_mark_is_kept()
    {
        _rig.Begin("paying", PayMeans.Cash, 2000);

        await new CashLedger("coins", _rig.Door, default).CreditedAsync(new(1, 100, "EUR"), "7");

        var open = Assert.Single(_rig.Ledger.Cases.Values);
        Assert.Equal((CaseKind.CashInDoubt, 0L), (open.Kind, open.Amount.Minor));
        Assert.Equal("7", _rig.Ledger.Box("coins").Mark);
    }

    private PaymentId Authorised()
    {
        var id = _rig.Begin("paying", PayMeans.Card, 5000);
        _rig.Take(new HallCommand.SendCard(id), new HallCommand.ReportAuthorised(id, Card));
        return id;
    }

    // The biller is not asked in these tests.
    private CardConversation Talk(PaymentId id, CancellationToken cancel = default) => new(id, _rig.Door, null!, _card, "52500038", cancel);

    /// <summary>The keeper looks once a second; not before the wait is over it does anything.</summary>
    private async Task KeptUntilAsync(TimeSpan wait, Func<bool> so, Action? then = null)
    {
        using var keeper = new PaymentKeeper(_rig.Door, _card, _cash, new FakeDevices(), _time, NullLogger<PaymentKeeper>.Instance);
        await keeper.StartAsync(default);
        then?.Invoke();
        var began = _time.GetTimestamp();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!so())
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(2, CancellationToken.None);
        }

        Assert.True(_time.GetElapsedTime(began) > wait);
        await keeper.StopAsync(default);
    }
}
