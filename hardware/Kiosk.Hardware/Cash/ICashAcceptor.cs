namespace Kiosk.Hardware.Cash;

/// <summary>
/// An acceptor of notes or of coins. It takes nothing until told to (<see cref="Accept"/>), stacks nothing before the ledger has written it down, and counts
/// every coin and note once, whatever happens to link, power and host.
/// </summary>
public interface ICashAcceptor : IDevice
{
    /// <summary>What it knows, as read from the device when it was opened.</summary>
    IReadOnlyList<CashChannel> Channels { get; }

    /// <summary>Whether an item waits for a word before it is kept. Coins do not.</summary>
    bool Escrow { get; }

    CashBoxState Box { get; }

    /// <summary>
    /// Which values are taken from now on, in the smallest unit; empty: none (inhibited). An item that waits for its word is then given back, one that is being
    /// stacked is still counted. Never blocks; may be called at any time.
    /// </summary>
    void Accept(IReadOnlySet<long> values);

    /// <summary>Talks to the device until cancelled: resolves what the past left in doubt, then takes what is offered. Called once for each opened device.</summary>
    /// <param name="past">What the ledger knows of this device.</param>
    /// <remarks>Every order to stack ends in exactly one of <see cref="ICashSteps.CreditedAsync"/>, <see cref="ICashSteps.ReturnedAsync"/> and
    /// <see cref="ICashSteps.InDoubtAsync"/>; where link, power or host went in between, the next opening's call tells it before anything is taken.</remarks>
    /// <exception cref="OperationCanceledException">Cancelled; what was being stacked was finished, or is left to the next opening as one that was lost.</exception>
    /// <exception cref="DeviceLostException">The device is to be opened again; what was being stacked it tells then: <see cref="CashPast.Stacking"/> must name it.</exception>
    Task ServeAsync(CashPast past, ICashSteps steps, CancellationToken cancel);
}

/// <param name="Minor">In the smallest unit of the currency.</param>
/// <param name="Currency">ISO 4217, as <c>CNY</c>.</param>
public sealed record CashChannel(int Number, long Minor, string Currency);

/// <summary>One note or coin.</summary>
public sealed record CashItem(int Channel, long Minor, string Currency);

public enum CashBoxState
{
    Unknown,
    InPlace,
    NearFull,
    Full,
    Removed,
}

/// <summary>What the ledger knows of an acceptor.</summary>
/// <param name="Mark">The last <c>mark</c> it was given, with a credit or without; null: none yet. Only the driver understands it.</param>
/// <param name="Stacking">The note that was being stacked and of whose end the ledger knows nothing, or null.</param>
public sealed record CashPast(string? Mark, CashItem? Stacking);

/// <summary>The other side of an acceptor: the ledger. Tasks complete when the fact is durable. Called one at a time.</summary>
public interface ICashSteps
{
    /// <summary>An item waits in escrow.</summary>
    /// <returns>True: the order to stack it is durable, stack it now. False: give it back.</returns>
    Task<bool> EscrowedAsync(CashItem item);

    /// <summary>The item is in the box: the device's own word. Awaited before it is acknowledged to the device. Also for an item that should have been given
    /// back: the device is right.</summary>
    /// <param name="mark">Names the credit at this device, so that it is counted once: comes back in <see cref="CashPast.Mark"/>.</param>
    Task CreditedAsync(CashItem item, string mark);

    /// <summary>The item that waited or was being stacked went back to the customer.</summary>
    Task ReturnedAsync(CashItem item);

    /// <summary>The item that was being stacked may be in the box or not, and the device does not tell: it is not asked for again, people settle it.</summary>
    /// <param name="item">Null: the device tells of an item of which neither it nor the ledger knows the value.</param>
    /// <param name="why">For the technician, in English.</param>
    Task InDoubtAsync(CashItem? item, string why);

    /// <summary>Where the device's own counting stands although nothing was credited: before the first item is ever taken, after a reset, and after what was told
    /// without a credit. Comes back in <see cref="CashPast.Mark"/> as that of a credit does, whichever was last. A ledger that does not keep it may not notice what
    /// the device kept before its first credit was told.</summary>
    Task MarkedAsync(string mark) => Task.CompletedTask;

    /// <summary>The cash box was taken out. Told again by a later opening that finds it still out.</summary>
    Task BoxRemovedAsync();

    /// <summary>A cash box is in its place again.</summary>
    Task BoxInsertedAsync();
}
