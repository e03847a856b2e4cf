using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Card;
using Kiosk.Firmware.Payments.Cash;

namespace Kiosk.Firmware.Payments;

/// <summary>Where a customer's screen pays.</summary>
internal sealed class PaymentDesk : IPaymentDesk, IDisposable
{
    private const string Source = "kiosk";

    private readonly LedgerDoor _ledger;
    private readonly BillerSet _billers;
    private readonly CardDesk _card;
    private readonly CashAttendant _cash;
    private readonly IDeviceDirectory _devices;

    public PaymentDesk(LedgerDoor ledger, BillerSet billers, CardDesk card, CashAttendant cash, IDeviceDirectory devices)
    {
        (_ledger, _billers, _card, _cash, _devices) = (ledger, billers, card, cash, devices);
        card.Changed += Tell;
        cash.Changed += Tell;
        devices.Changed += Tell;
    }

    public event Action? Changed;

    public PayOffer Offer
    {
        get
        {
            var hall = _ledger.Feed.Latest.State;
            if (hall.Ledger is not { } ledger) return new(false, false, false, false);
            var locked = ledger.CardDoubt is not null;
            return new(hall.Phase == DayPhase.Open && ledger.Current is null, ledger.Site.Card is not null && !locked && _card.Ready, ledger.Site.Cash is not null && _cash.Ready, _devices.Prints)
            {
                Finishing = ledger.Current is not null,
                CardLocked = locked,
            };
        }
    }

    public int? CardShowing => _card.Showing;

    public async Task<LookUpAnswer> LookUpAsync(string biller, string account, CancellationToken cancel)
    {
        if (_ledger.State.Site.Biller(biller) is not { } profile || _billers.Find(biller) is not { } door) return new LookUpAnswer.Unavailable($"no biller \"{biller}\"");
        return profile.Account.Allows(account) ? await door.LookUpAsync(account, cancel) : new LookUpAnswer.NoSuchAccount();
    }

    public async Task<Rejection?> BeginAsync(HallCommand.BeginPayment wanted, CancellationToken cancel)
    {
        if (_ledger.Feed.Latest.State.Phase != DayPhase.Open) return Rejection.DayNotOpen;

        // Asked again: it has begun.
        if (_ledger.Feed.Latest.State.Ledger?.Find(wanted.Id) is not null) return null;
        if (wanted.Means == PayMeans.Card ? !_card.Ready : !_cash.Ready) return Rejection.MeansNotOffered;
        return await AskAsync(wanted, cancel);
    }

    public async Task<Rejection?> CancelAsync(PaymentId payment, string why, CancellationToken cancel)
    {
        var ledger = _ledger.State;
        var known = ledger.Find(payment);

        // It is over; what runs at the terminal now is somebody else's.
        if (known is { End: not null }) return null;
        if (ledger.Current == payment && known is { Means: PayMeans.Card, CardPhase: not CardPhase.None })
        {
            _card.Abort();
            return null;
        }

        // Who has put in enough and walks away has paid.
        if (why == "timed-out" && known is { Means: PayMeans.Cash } && known.Accepted >= known.Amount) return await FinishCashAsync(payment, cancel);
        var refused = await AskAsync(new HallCommand.StopPayment(payment, why), cancel);
        if (refused != Rejection.Committed || known is not { Means: PayMeans.Card }) return refused;

        // It was sent to the terminal at this very moment.
        _card.Abort();
        return null;
    }

    public Task<Rejection?> FinishCashAsync(PaymentId payment, CancellationToken cancel) => AskAsync(new HallCommand.FinishCash(payment), cancel);

    public Task<Rejection?> PrintAsync(int receipt, CancellationToken cancel) => AskAsync(new HallCommand.PrintReceipt(receipt), cancel);

    public void Dispose()
    {
        _card.Changed -= Tell;
        _cash.Changed -= Tell;
        _devices.Changed -= Tell;
    }

    private async Task<Rejection?> AskAsync(HallCommand.LedgerCommand command, CancellationToken cancel) => (await _ledger.AskAsync(command, Source, cancel)).Rejection;

    private void Tell() => Changed?.Invoke();
}
