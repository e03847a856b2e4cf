namespace Kiosk.Hardware.Cash;

/// <summary>What an item in escrow is to do.</summary>
internal enum CashOrder
{
    Stack,
    GiveBack,
}

/// <summary>
/// The middle of every cash protocol: brings what the device says about the one item on its way before the ledger, in order and once, and what the ledger decides back.
/// </summary>
/// <remarks>
/// The protocol tells facts and sends orders; the state table (device facts, "Cash") is here. An item that was to be stacked ends in exactly one of
/// <see cref="CreditedAsync"/>, <see cref="ReturnedAsync"/> and <see cref="DoubtAsync"/>. A lost link ends nothing: the next opening is told of the item by
/// <see cref="CashPast.Stacking"/> and asks the device first.
/// </remarks>
/// <param name="stacking">Of the past: what was being stacked when link, power or host went.</param>
internal sealed class CashConversation(ICashSteps steps, CashItem? stacking) : IDisposable
{
    /// <summary>The ledger is told one fact at a time, and the next one only when the last is durable.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The item in escrow or on its way from there; null: none that is known of.</summary>
    public CashItem? Item { get; private set; } = stacking;

    /// <summary>The order to stack <see cref="Item"/> is durable, and its end not known yet.</summary>
    public bool Stacking { get; private set; } = stacking is not null;

    /// <summary>Asks the ledger. May take its time: keep the device waiting meanwhile, and go on telling what it does.</summary>
    public Task<CashOrder> EscrowedAsync(CashItem item) => InTurnAsync(async () =>
    {
        if (Stacking) await steps.InDoubtAsync(Item, "the next item is in escrow, and of this one no end was told");

        // Until the order is durable nothing but giving back is allowed.
        (Item, Stacking) = (item, false);
        Stacking = await steps.EscrowedAsync(item);
        return Stacking ? CashOrder.Stack : CashOrder.GiveBack;
    });

    /// <summary>The device says that an item is in the box. When this is complete it may be acknowledged.</summary>
    /// <param name="item">Null where the device does not say which: the one on its way.</param>
    public Task CreditedAsync(CashItem? item, string mark) => InTurnAsync(async () =>
    {
        var (expected, stacking) = (Item, Stacking);
        (Item, Stacking) = (null, false);
        if ((item ?? expected) is { } credited) await steps.CreditedAsync(credited, mark);
        else await steps.InDoubtAsync(null, "the device tells of an item in the box of which neither it nor the ledger knows the value");

        // The device is right about what it kept, and then says nothing about the other one.
        if (stacking && item is not null && expected!.Minor != item.Minor)
            await steps.InDoubtAsync(expected, $"the device credited {item.Minor} {item.Currency} while this was being stacked");
    });

    /// <summary>The item went back to the customer. Nothing is told of one that the ledger never heard of.</summary>
    public Task ReturnedAsync() => InTurnAsync(async () =>
    {
        var returned = Item;
        (Item, Stacking) = (null, false);
        if (returned is not null) await steps.ReturnedAsync(returned);
    });

    /// <summary>Nobody can know what became of the item on its way (jam, time-out, reset): people settle it. Nothing happens where none was on its way.</summary>
    public Task DoubtAsync(string why) => InTurnAsync(async () =>
    {
        var lost = Item;
        (Item, Stacking) = (null, false);
        if (lost is not null) await steps.InDoubtAsync(lost, why);
    });

    /// <summary>The device kept items of which it does not know the value any more.</summary>
    public Task UnknownCreditsAsync(int count, string why) => InTurnAsync(async () =>
    {
        for (var i = 0; i < count; i++) await steps.InDoubtAsync(null, why);
    });

    public Task MarkedAsync(string mark) => InTurnAsync(() => steps.MarkedAsync(mark));

    public Task BoxAsync(bool inPlace) => InTurnAsync(() => inPlace ? steps.BoxInsertedAsync() : steps.BoxRemovedAsync());

    public void Dispose() => _turn.Dispose();

    private Task<bool> InTurnAsync(Func<Task> work) => InTurnAsync(async () =>
    {
        await work();
        return true;
    });

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
