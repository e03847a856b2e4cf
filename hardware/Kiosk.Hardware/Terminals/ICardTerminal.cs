namespace Kiosk.Hardware.Terminals;

/// <summary>
/// A card terminal. One operation at a time, never two authorisations for one payment. Not thread safe: its one user is the payment worker;
/// <see cref="IDevice.RunAsync"/> may run beside it. What may have moved money is never repeated: it ends as <see cref="CardOutcome.Unknown"/> and is
/// asked for by <see cref="SettleAsync"/>, after the link was opened anew if need be.
/// </summary>
public interface ICardTerminal : IDevice
{
    /// <summary>Registered, idle, and no end of day due: <see cref="PayAsync"/> would not be refused now.</summary>
    bool Ready { get; }

    /// <summary>As the terminal tells it at registration or with its last answer, or null.</summary>
    string? TerminalId { get; }

    /// <summary>Takes one payment.</summary>
    /// <param name="steps">What must be durable before the conversation goes on, and who decides whether it is committed.</param>
    /// <param name="abort">The customer does not want any more: the terminal is asked to stop, and may refuse.</param>
    /// <param name="cancel">The host stops: the outcome is <see cref="CardOutcome.Unknown"/> where money may have moved.</param>
    Task<CardOutcome> PayAsync(CardAmount amount, ICardSteps steps, CancellationToken abort, CancellationToken cancel);

    /// <summary>Finds out what became of a payment whose outcome is unknown, by asking only, and reverses it where it must not stand.</summary>
    Task<CardOutcome> SettleAsync(CardDoubt doubt, ICardSteps steps, CancellationToken cancel);

    /// <summary>Closes the terminal's batch. Never called while an outcome is unknown.</summary>
    /// <returns>Null: the terminal refused or did not finish; <see cref="IDevice.Health"/> says why.</returns>
    Task<CardTotals?> EndOfDayAsync(CancellationToken cancel);
}

/// <param name="Minor">In the smallest unit of the currency, above zero.</param>
/// <param name="Currency">ISO 4217, as <c>CNY</c>, <c>EUR</c>.</param>
public readonly record struct CardAmount(long Minor, string Currency);

/// <summary>What a terminal tells of an authorised payment. Never a full card number.</summary>
/// <param name="Receipt">The terminal's own running number: newer payments have newer ones.</param>
/// <param name="Trace">The terminal's trace number, or 0.</param>
/// <param name="MaskedCard">At most the last four digits, as <c>•••• 1234</c>; empty where it does not tell.</param>
/// <param name="CardName">As <c>girocard</c>, <c>UnionPay</c>; empty where it does not tell.</param>
/// <param name="Authorisation">Of the card's bank; empty where there is none.</param>
public sealed record CardSlip(CardAmount Amount, string TerminalId, int Receipt, int Trace, string MaskedCard, string CardName, string Authorisation);

/// <summary>What to do with an authorised payment that the terminal holds.</summary>
public enum CardVerdict
{
    Commit,
    Reverse,
}

/// <summary>The other side of a card payment: the ledger and the customer's screen. Tasks complete when the fact is durable.</summary>
public interface ICardSteps
{
    /// <summary>Awaited before the first byte of an authorisation.</summary>
    Task SendingAsync();

    /// <summary>An intermediate status, for the customer's screen: ZVT's code of it. Must not block.</summary>
    void Showing(int status);

    /// <summary>The terminal has authorised the whole amount and holds it. Awaited before it is answered.</summary>
    Task AuthorisedAsync(CardSlip slip);

    /// <summary>
    /// Started right behind <see cref="AuthorisedAsync"/>; the terminal is told to wait while it runs. It completes when the verdict is durable (committing or
    /// voiding), within 20 s. The driver hurries it by <paramref name="hurry"/> where the terminal will not hold any longer.
    /// </summary>
    Task<CardVerdict> DecideAsync(CardSlip slip, CancellationToken hurry);

    /// <summary>Awaited before a refused or unwanted authorisation is taken back: 84 66 00 for another amount, or 06 30.</summary>
    Task ReversingAsync();

    /// <summary>Lines for the merchant's or the customer's receipt that the terminal sends (06 D1, 06 D3). Awaited before they are answered.</summary>
    Task ReceiptLinesAsync(CardReceiptKind kind, IReadOnlyList<string> lines);
}

public enum CardReceiptKind
{
    Merchant,
    Customer,
}

/// <summary>How a card payment ended.</summary>
public abstract record CardOutcome
{
    private CardOutcome() { }

    public sealed record Paid(CardSlip Slip) : CardOutcome;

    /// <summary>No money moved.</summary>
    /// <param name="Reason">For screens to translate.</param>
    /// <param name="Code">The terminal's own, as <c>6C</c>; empty where there is none.</param>
    public sealed record NotPaid(CardRefusal Reason, string Code) : CardOutcome;

    /// <summary>It was authorised, and taken back.</summary>
    public sealed record Reversed : CardOutcome;

    /// <summary>Money may have moved or not. Nothing is repeated; <see cref="ICardTerminal.SettleAsync"/> asks.</summary>
    /// <param name="Why">For the technician, in English.</param>
    public sealed record Unknown(string Why) : CardOutcome;
}

public enum CardRefusal
{
    /// <summary>Not ready before anything was sent.</summary>
    NotReady,

    /// <summary>The terminal did not take the request.</summary>
    Refused,

    /// <summary>The card or its bank said no.</summary>
    Declined,

    /// <summary>The customer stopped it, here or at the terminal.</summary>
    Aborted,

    /// <summary>Nobody presented a card in time.</summary>
    TimedOut,
}

/// <summary>What the ledger knows of a payment whose outcome is unknown.</summary>
/// <param name="Before">The newest receipt number the ledger knew from this terminal before the payment, or null where it knew none.</param>
/// <param name="Authorised">What the terminal said when it authorised, or null where it was not heard.</param>
/// <param name="Stands">True: it is wanted (delivered, or to be delivered): let it stand where the terminal has it. False: reverse it.</param>
/// <param name="TerminalId">Of the terminal that was asked to pay, where the ledger knows it: the receipts of another one, put in its place since, say nothing.</param>
public sealed record CardDoubt(CardAmount Amount, int? Before, CardSlip? Authorised, bool Stands, string? TerminalId = null);

/// <param name="Lines">By card name, as the terminal splits them; empty where it does not.</param>
/// <param name="FirstReceipt">0 where it does not tell.</param>
public sealed record CardTotals(int Count, CardAmount Total, int FirstReceipt, int LastReceipt, IReadOnlyList<CardTotalsLine> Lines);

public sealed record CardTotalsLine(string CardName, int Count, long Minor);
