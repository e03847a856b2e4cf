using Kiosk.Hardware.Cash;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>What a ledger writes down.</summary>
public abstract record CashEntry
{
    private CashEntry() { }

    public sealed record Escrowed(CashItem Item, bool Stack) : CashEntry;

    public sealed record Credited(CashItem Item, string Mark) : CashEntry;

    public sealed record Returned(CashItem Item) : CashEntry;

    public sealed record InDoubt(CashItem? Item, string Why) : CashEntry;

    public sealed record Marked(string Mark) : CashEntry;

    public sealed record BoxRemoved : CashEntry;

    public sealed record BoxInserted : CashEntry;
}

/// <summary>The host lost its power: nothing that it does from now on is done.</summary>
public sealed class HostDiedException() : Exception("the host lost its power");

/// <summary>A ledger in memory that can die at any write, before or after it became durable.</summary>
public sealed class CashLedger : ICashSteps
{
    private readonly List<CashEntry> _entries = [];
    private int _writes;

    public IReadOnlyList<CashEntry> Entries => _entries;

    /// <summary>Whether a note is to be stacked; may take its time.</summary>
    public Func<CashItem, Task<bool>> Decide { get; set; } = _ => Task.FromResult(true);

    /// <summary>The host dies at this write, counted from 0.</summary>
    public int? DiesAt { get; set; }

    /// <summary>The write at which it dies is durable.</summary>
    public bool DiesAfter { get; set; }

    public bool Dead { get; private set; }

    /// <summary>A note waits for its word.</summary>
    public bool Deciding { get; private set; }

    public event Action? Died;

    /// <summary>As a ledger that is read again after a restart implies it.</summary>
    public CashPast Past
    {
        get
        {
            CashItem? stacking = null;
            foreach (var entry in _entries)
            {
                stacking = entry switch
                {
                    CashEntry.Escrowed { Stack: true } escrowed => escrowed.Item,
                    CashEntry.Credited credited when credited.Item == stacking => null,
                    CashEntry.Returned returned when returned.Item == stacking => null,
                    CashEntry.InDoubt { Item: { } item } when item == stacking => null,
                    _ => stacking,
                };
            }

            return new(LastMark, stacking);
        }
    }

    private string? LastMark => _entries.Select(entry => entry switch
    {
        CashEntry.Credited credited => credited.Mark,
        CashEntry.Marked marked => marked.Mark,
        _ => null,
    }).LastOrDefault(mark => mark is not null);

    /// <summary>What moved, without the marks.</summary>
    public IEnumerable<CashEntry> Facts => _entries.Where(entry => entry is not CashEntry.Marked);

    public int Credits(long minor) => _entries.OfType<CashEntry.Credited>().Count(entry => entry.Item.Minor == minor);

    public int Doubts(long? minor) => _entries.OfType<CashEntry.InDoubt>().Count(entry => entry.Item?.Minor == minor);

    public int Returns(long minor) => _entries.OfType<CashEntry.Returned>().Count(entry => entry.Item.Minor == minor);

    public void Die()
    {
        if (Dead) return;
        Dead = true;
        Died?.Invoke();
    }

    public void Restart() => (Dead, DiesAt) = (false, null);

    public async Task<bool> EscrowedAsync(CashItem item)
    {
        Deciding = true;
        var stack = await Decide(item);
        Deciding = false;
        await WriteAsync(new CashEntry.Escrowed(item, stack));
        return stack;
    }

    public Task CreditedAsync(CashItem item, string mark) => WriteAsync(new CashEntry.Credited(item, mark));

    public Task ReturnedAsync(CashItem item) => WriteAsync(new CashEntry.Returned(item));

    public Task InDoubtAsync(CashItem? item, string why) => WriteAsync(new CashEntry.InDoubt(item, why));

    public Task MarkedAsync(string mark) => WriteAsync(new CashEntry.Marked(mark));

    public Task BoxRemovedAsync() => WriteAsync(new CashEntry.BoxRemoved());

    public Task BoxInsertedAsync() => WriteAsync(new CashEntry.BoxInserted());

    private Task WriteAsync(CashEntry entry)
    {
        if (Dead) throw new HostDiedException();
        var dies = _writes++ == DiesAt;
        if (!dies || DiesAfter) _entries.Add(entry);
        if (!dies) return Task.CompletedTask;
        Die();
        throw new HostDiedException();
    }
}
