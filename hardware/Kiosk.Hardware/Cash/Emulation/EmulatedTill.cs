namespace Kiosk.Hardware.Cash.Emulation;

/// <summary>Where the one item is that is not at rest.</summary>
internal enum TillPlace
{
    Nowhere,
    Escrow,
    TowardsBox,
    TowardsCustomer,
    Stuck,
}

/// <summary>What happened to an item or to the box: the machine tells it in its protocol.</summary>
internal enum TillEvent
{
    Escrowed,
    Kept,
    GivenBack,

    /// <summary>The customer took it back out of the slot.</summary>
    Pulled,
    Stuck,

    /// <summary>A technician took the stuck item out, and not into the box.</summary>
    Freed,
    BoxTaken,
    BoxPut,
}

/// <param name="Escrow">False: what is taken falls into the box, as coins do.</param>
/// <param name="Move">From escrow to the box, or back.</param>
/// <param name="EscrowPatience">The device gives an item back by itself when it hears nothing for so long.</param>
/// <param name="Capacity">Items that the box holds.</param>
internal sealed record TillOptions(bool Escrow, TimeSpan Move, TimeSpan EscrowPatience, int Capacity = 600);

/// <summary>
/// The mechanics of an acceptor and the truth about its money: what really lies in the box, was given back, is stuck. Matter does not vanish with the power,
/// so nothing here does. Protocols only talk about it.
/// </summary>
/// <remarks>Time passes in <see cref="Pass"/>, which the machine calls before it looks. Not thread-safe: called under the wire's gate.</remarks>
internal sealed partial class EmulatedTill(TillOptions options, TimeProvider time)
{
    private readonly SortedDictionary<long, int> _box = [], _returned = [], _freed = [], _collected = [];
    private long _since;
    private int _filler, _boxesTaken;

    /// <summary>After it happened, within the call that made it happen.</summary>
    public event Action<TillEvent, long>? Happened;

    /// <summary>In the box that is in now, by value in the smallest unit.</summary>
    public IReadOnlyDictionary<long, int> Box => _box;

    /// <summary>What boxes held that were taken out.</summary>
    public IReadOnlyDictionary<long, int> Collected => _collected;

    public IReadOnlyDictionary<long, int> Returned => _returned;

    public IReadOnlyDictionary<long, int> Freed => _freed;

    public TillPlace Place { get; private set; }

    /// <summary>The value of the item that is not at rest; 0: none.</summary>
    public long Item { get; private set; }

    public bool BoxIn { get; private set; } = true;

    /// <summary>Whatever moves next sticks.</summary>
    public bool Jammed { get; private set; }

    /// <summary>Keeps what it is told to give back.</summary>
    public bool Stubborn { get; set; }

    /// <summary>What its motor does with an item in its way when the power comes back: into the box, or back to the customer.</summary>
    public bool KeepsAtPowerUp { get; set; }

    public int Level => Math.Min(100, 100 * (_filler + _box.Values.Sum()) / options.Capacity);

    public CashBoxState BoxState => !BoxIn ? CashBoxState.Removed
        : Level >= 100 ? CashBoxState.Full
        : Level >= 90 ? CashBoxState.NearFull
        : CashBoxState.InPlace;

    /// <summary>An item that the device recognised and wants goes in. Check <see cref="Place"/> first: a full mouth takes nothing.</summary>
    public void Take(long minor)
    {
        if (Place != TillPlace.Nowhere) throw new InvalidOperationException("there is an item already");
        Item = minor;
        if (Jammed) Stick();
        else if (options.Escrow) Go(TillPlace.Escrow, TillEvent.Escrowed);
        else Arrive();
    }

    /// <summary>An item that is not wanted falls through.</summary>
    public void Refuse(long minor) => Count(_returned, minor);

    /// <summary>Starts to move the item to the box.</summary>
    /// <returns>False: there is none in escrow.</returns>
    public bool Stack() => Move(TillPlace.TowardsBox);

    /// <summary>Starts to move the item back.</summary>
    /// <returns>False: there is none in escrow.</returns>
    public bool GiveBack() => Move(Stubborn ? TillPlace.TowardsBox : TillPlace.TowardsCustomer);

    /// <summary>The host asked to wait: the device's patience begins anew.</summary>
    public void WaitOn()
    {
        if (Place == TillPlace.Escrow) _since = time.GetTimestamp();
    }

    /// <summary>What moves arrives when its time has come.</summary>
    public void Pass()
    {
        var gone = time.GetElapsedTime(_since);
        if (Place == TillPlace.Escrow && gone >= options.EscrowPatience) GiveBack();
        else if (Place is TillPlace.TowardsBox or TillPlace.TowardsCustomer && gone >= options.Move) Arrive();
    }

    /// <summary>The customer pulls at the item as long as there is one to reach.</summary>
    public void Pull()
    {
        if (Place is TillPlace.Escrow or TillPlace.TowardsBox or TillPlace.TowardsCustomer) Rest(_returned, TillEvent.Pulled);
    }

    public void Jam(bool on)
    {
        Jammed = on;
        if (on && Place is TillPlace.TowardsBox or TillPlace.TowardsCustomer) Stick();
        if (!on && Place == TillPlace.Stuck) Rest(_freed, TillEvent.Freed);
    }

    public void TakeBox()
    {
        if (!BoxIn) return;
        foreach (var (minor, count) in _box) Count(_collected, minor, count);
        _box.Clear();
        (BoxIn, _filler, _boxesTaken) = (false, 0, _boxesTaken + 1);
        Happened?.Invoke(TillEvent.BoxTaken, 0);
    }

    public void PutBox()
    {
        if (BoxIn) return;
        BoxIn = true;
        Happened?.Invoke(TillEvent.BoxPut, 0);
    }

    /// <summary>Paper of no value, until the box is so full.</summary>
    public void Fill(int percent) => _filler = Math.Max(0, ((percent * options.Capacity) + 99) / 100 - _box.Values.Sum());

    /// <summary>The power went and is back: the motor clears its way, and nobody is told but by what the protocol says of it.</summary>
    /// <returns>The item that was in the way, and whether it is in the box now; null: there was none, or it is stuck.</returns>
    public (long Minor, bool Kept)? LosePower()
    {
        if (Place is TillPlace.Nowhere or TillPlace.Stuck) return null;
        var cleared = (Item, Kept: KeepsAtPowerUp && BoxState is not (CashBoxState.Full or CashBoxState.Removed));
        Count(cleared.Kept ? _box : _returned, Item);
        (Item, Place) = (0, TillPlace.Nowhere);
        return cleared;
    }

    private bool Move(TillPlace where)
    {
        if (Place != TillPlace.Escrow) return false;
        if (Jammed) Stick();
        else Go(where, null);
        return true;
    }

    private void Arrive()
    {
        var room = BoxState is not (CashBoxState.Full or CashBoxState.Removed);
        if (Place != TillPlace.TowardsCustomer && room) Rest(_box, TillEvent.Kept);
        else Rest(_returned, TillEvent.GivenBack);
    }

    private void Stick() => Go(TillPlace.Stuck, TillEvent.Stuck);

    private void Go(TillPlace place, TillEvent? happened)
    {
        (Place, _since) = (place, time.GetTimestamp());
        if (happened is { } told) Happened?.Invoke(told, Item);
    }

    private void Rest(SortedDictionary<long, int> where, TillEvent happened)
    {
        var minor = Item;
        Count(where, minor);
        (Item, Place) = (0, TillPlace.Nowhere);
        Happened?.Invoke(happened, minor);
    }

    private static void Count(SortedDictionary<long, int> where, long minor, int count = 1) => where[minor] = where.GetValueOrDefault(minor) + count;
}
