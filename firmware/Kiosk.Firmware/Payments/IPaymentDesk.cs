using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments.Billers;

namespace Kiosk.Firmware.Payments;

/// <summary>Where a customer's screen pays. What became of a payment is read from the ledger (<see cref="LedgerState.Find"/>); here it is asked for.</summary>
internal interface IPaymentDesk
{
    /// <summary>What can be done at the terminal now.</summary>
    PayOffer Offer { get; }

    /// <summary>What the card terminal shows now (ZVT's intermediate status), or null.</summary>
    int? CardShowing { get; }

    /// <summary>Raised on any thread after <see cref="Offer"/> or <see cref="CardShowing"/> changed; changes of the ledger are told by the hall's feed.</summary>
    event Action? Changed;

    /// <summary>Looks up a bill. The account is checked against the biller's profile first, sent, and forgotten.</summary>
    Task<LookUpAnswer> LookUpAsync(string biller, string account, CancellationToken cancel);

    /// <summary>Begins a payment and starts the card terminal or the cash acceptors. Asked again with the same id it does nothing twice.</summary>
    /// <returns>Null: begun.</returns>
    Task<Rejection?> BeginAsync(HallCommand.BeginPayment wanted, CancellationToken cancel);

    /// <summary>The customer does not want any more: stops the acceptors, or asks the card terminal to stop (which may refuse).</summary>
    /// <param name="why"><c>cancelled</c>, <c>timed-out</c>.</param>
    Task<Rejection?> CancelAsync(PaymentId payment, string why, CancellationToken cancel);

    /// <summary>The customer has put in all they want to pay.</summary>
    Task<Rejection?> FinishCashAsync(PaymentId payment, CancellationToken cancel);

    /// <summary>Prints a receipt: the original, or a COPY where there was one.</summary>
    Task<Rejection?> PrintAsync(int receipt, CancellationToken cancel);
}

/// <param name="Open">Whether a payment can be begun: the hall is open and no other payment is under way.</param>
/// <param name="Card">Whether cards are taken now.</param>
/// <param name="Cash">Whether cash is taken now.</param>
/// <param name="Printer">Whether a receipt comes on paper; else it is shown with a QR code.</param>
internal sealed record PayOffer(bool Open, bool Card, bool Cash, bool Printer)
{
    /// <summary>An earlier payment at the terminal is not finished yet (after a power cut, say).</summary>
    public bool Finishing { get; init; }

    /// <summary>The outcome of an earlier card payment is not known: no cards until people have settled it.</summary>
    public bool CardLocked { get; init; }
}
