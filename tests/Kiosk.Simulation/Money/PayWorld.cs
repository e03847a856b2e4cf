using Kiosk.DemoBiller;
using Kiosk.Journal;
using Kiosk.Simulation.Faults;

namespace Kiosk.Simulation.Money;

/// <summary>A terminal with its three devices, and one life of its board after the other on the same data directory.</summary>
internal sealed class PayWorld : IAsyncDisposable
{
    private readonly bool _postLater;
    private readonly string _overpaid;
    private readonly List<Task> _mishaps = [];
    private readonly HashSet<string> _inTrouble = [];
    private readonly Dictionary<string, List<Dictionary<long, int>>> _bags = [];
    private List<CutCable> _cables = [];
    private (Behaviour Behaviour, DateTimeOffset Until)? _standing;
    private PlannedCut? _cut;

    private PayWorld(string data, bool postLater, string overpaid, int pace)
    {
        (Data, _postLater, _overpaid) = (data, postLater, overpaid);
        Time = new QuickTime(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), pace);
        Terminal = new("card-terminal", "zvt", """{"currency": "CNY"}""", Time);
        Acceptors = new Dictionary<string, PayDevice> { ["ssp"] = new("notes", "ssp", "{}", Time), ["cctalk-coins"] = new("coins", "cctalk-coins", """{"currency": "CNY"}""", Time) };
        Devices = [Terminal, .. Acceptors.Values];
    }

    public string Data { get; }

    public QuickTime Time { get; }

    public PayDevice Terminal { get; }

    public IReadOnlyDictionary<string, PayDevice> Acceptors { get; }

    public IReadOnlyList<PayDevice> Devices { get; }

    public Board Board { get; private set; } = null!;

    public int Cuts { get; private set; }

    /// <summary>What happened, by name, and how often.</summary>
    public SortedDictionary<string, int> Happened { get; } = new(StringComparer.Ordinal);

    public static async Task<PayWorld> StartAsync(string data, DayPlan plan, int pace, CancellationToken cancel)
    {
        var world = new PayWorld(data, plan.PostLater, plan.Overpaid, pace);
        await File.WriteAllTextAsync(world.PasswordFile, "000000", cancel);
        File.SetUnixFileMode(world.PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await world.BootAsync(cancel);
        return world;
    }

    /// <summary>The entries of the ledger from its beginning.</summary>
    public IReadOnlyList<Recorded> Entries() => Board.Journal.ReadLedger(0, int.MaxValue);

    public PayCustomer Customer() => new(Board, Time);

    /// <summary>The power of the board goes now.</summary>
    public void Cut(PlannedCut cut)
    {
        _cut = cut;
        if (Board.Journal.Dead) return;
        Died();
        Board.Journal.Die();
    }

    /// <summary>It goes at one of the journal's next writes.</summary>
    public void CutIn(PlannedCut cut)
    {
        _cut = cut;
        Board.Journal.DieIn(cut.Writes!.Value, cut.Behind);
    }

    /// <summary>Starts a dead board again, after it was dark for a while.</summary>
    public async Task ReviveAsync(TimeSpan dark, CancellationToken cancel)
    {
        while (Board.Journal.Dead)
        {
            await Task.Delay(dark, Time, cancel);
            await RestartAsync(cancel);
        }
    }

    public async Task RestartAsync(CancellationToken cancel)
    {
        await Board.DisposeAsync();
        foreach (var cable in _cables) await cable.DisposeAsync();
        await BootAsync(cancel);
    }

    /// <summary>Begins; it passes by itself. One at a time for each device.</summary>
    public void Befall(PlannedMishap planned, CancellationToken cancel)
    {
        var device = planned.Driver == "zvt" ? Terminal : Acceptors[planned.Driver];
        lock (_inTrouble)
        {
            if (!_inTrouble.Add(device.Id)) return;
        }

        Count($"{planned.Driver} {planned.Mishap.Name}");
        _mishaps.Add(PassAsync(device, planned, cancel));
    }

    public void Count(string name) => Happened[name] = Happened.GetValueOrDefault(name) + 1;

    /// <summary>Also for the lives of the board to come.</summary>
    public void Behave(PlannedMood mood)
    {
        if (_standing is { } standing && standing.Until > Time.GetUtcNow()) return;
        if (mood.Lasts is { } lasts) _standing = (mood.Behaviour, Time.GetUtcNow() + lasts);
        if (mood.Lasts is not null || mood.Behaviour.Kind != BehaviourKind.Good) Count($"biller {mood.Behaviour.Kind}{(mood.Lasts is { } for_ ? $" for {for_.TotalMinutes} minutes" : "")}");
        if (!Board.Journal.Dead) Board.Biller.Behaviour = mood.Behaviour;
    }

    /// <summary>A standing behaviour ends.</summary>
    public void Look()
    {
        if (_standing is not { } standing || Time.GetUtcNow() < standing.Until || Board.Journal.Dead) return;
        _standing = null;
        Board.Biller.Behaviour = Behaviour.Good;
    }

    /// <summary>Everything is as it should be from now on.</summary>
    public async Task MendAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_mishaps);
        foreach (var device in Devices)
        {
            foreach (var step in Mishap.Mended(device.Card)) device.Do(step.Control, step.Arguments);
        }

        _standing = null;
        await ReviveAsync(TimeSpan.FromSeconds(1), cancel);
        Board.Journal.DiesAt = null;
        Board.Biller.Behaviour = Behaviour.Good;
    }

    /// <summary>What lay in each box that was taken out and not counted yet.</summary>
    public IReadOnlyList<Dictionary<long, int>> Bags(string device)
    {
        lock (_bags) return [.. _bags.GetValueOrDefault(device) ?? []];
    }

    public void TakeBox(PayDevice device)
    {
        lock (_bags)
        {
            device.Do(MishapStep.TakeBox);
            var bags = _bags.TryGetValue(device.Id, out var known) ? known : _bags[device.Id] = [];
            var content = device.Collected().ToDictionary(pile => pile.Value, pile => pile.Count - bags.Sum(bag => bag.GetValueOrDefault(pile.Value)));
            bags.Add(content.Where(pile => pile.Value > 0).ToDictionary());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Board.DisposeAsync();
        foreach (var cable in _cables) await cable.DisposeAsync();
        foreach (var device in Devices) await device.DisposeAsync();
        Time.Dispose();
    }

    private string PasswordFile => Path.Combine(Data, "password");

    private async Task BootAsync(CancellationToken cancel)
    {
        _cables = [.. Devices.Select(device => new CutCable(() => device.Port, null, () => { }))];
        var hall = PayHall.Profile(Devices.Zip(_cables, (device, cable) => (device, cable.Port)), PasswordFile, _postLater, _overpaid);
        Board = await Board.StartAsync(Data, hall, Time, journal => new MortalJournal(journal, Died), cancel);
        if (_standing is { } standing && !Board.Journal.Dead) Board.Biller.Behaviour = standing.Behaviour;
    }

    // A board without power sends no byte either.
    private void Died()
    {
        Cuts++;
        foreach (var cable in _cables) cable.Break(forEver: true);
        if (_cut is not { } cut) return;
        _ = Task.Run(() =>
        {
            foreach (var device in cut.Fuse ? Devices : [])
            {
                device.Do("power", """{"state": "off"}""");
                device.Do("power", """{"state": "on"}""");
            }

            if (cut.Forgets) Terminal.Do("forget");
        });
    }

    private async Task PassAsync(PayDevice device, PlannedMishap planned, CancellationToken cancel)
    {
        await Task.Delay(planned.After, Time, cancel);
        foreach (var step in planned.Mishap.Steps)
        {
            if (step.Control == MishapStep.TakeBox) TakeBox(device);
            else device.Do(step.Control, step.Arguments);
            if (step.Seconds > 0) await Task.Delay(TimeSpan.FromSeconds(step.Seconds), Time, cancel);
        }

        lock (_inTrouble) _inTrouble.Remove(device.Id);
    }
}
