using Kiosk.DemoBiller;
using Kiosk.Domain.Payments;
using Kiosk.Simulation.Day;

namespace Kiosk.Simulation.Money;

/// <summary>Draws visit after visit from one seed. Nothing of it depends on how fast the machine is.</summary>
internal sealed class DayPlan(int seed)
{
    private static readonly long[] Notes = [100, 500, 1000, 2000, 5000, 10_000], Coins = [50, 100];

    private static readonly CustomerKind[] ByCard =
    [
        CustomerKind.Pays, CustomerKind.Pays, CustomerKind.Pays, CustomerKind.Pays, CustomerKind.Pays, CustomerKind.Declined,
        CustomerKind.OtherAmount, CustomerKind.NoCard, CustomerKind.Aborts, CustomerKind.CancelsBefore, CustomerKind.CancelsInside,
    ];

    private static readonly CustomerKind[] InCash =
    [
        CustomerKind.Pays, CustomerKind.Pays, CustomerKind.Pays, CustomerKind.Overpays, CustomerKind.Overpays, CustomerKind.CancelsBefore, CustomerKind.CancelsInside, CustomerKind.WalksAway,
    ];

    /// <summary>Digits before an account's last one: refused, closed after the look-up, nothing due, and plain ones.</summary>
    private static readonly string[] Natures = ["222", "333", "111", .. Enumerable.Range(0, 20).Select(number => $"{500 + number}")];

    private readonly Chance _chance = new(seed);
    private readonly Dictionary<string, Queue<Mishap>> _mishaps = [];
    private Queue<BehaviourKind> _moods = new();
    private int _number;

    /// <summary>Money above the amount is credited, or a claim: as the hall's profile has it today.</summary>
    public string Overpaid => seed % 2 == 0 ? "credit" : "claim";

    public bool PostLater => seed % 3 != 0;

    public VisitPlan Next()
    {
        var number = ++_number;
        var means = _chance.Percent(50) ? PayMeans.Card : PayMeans.Cash;
        var kind = _chance.One(means == PayMeans.Card ? ByCard : InCash);
        var items = Enumerable.Range(0, 1 + _chance.Below(3)).Select(_ => _chance.Percent(65) ? ("ssp", _chance.One(Notes)) : ("cctalk-coins", _chance.One(Coins))).ToList();
        if (items.Sum(item => item.Item2) < 100) items.Add(("ssp", 100));
        if (kind == CustomerKind.Overpays) items.Add(("ssp", _chance.One(Notes[1..])));
        var cash = items.Sum(item => item.Item2) - (kind == CustomerKind.Overpays ? 1 + _chance.Below((int)items[^1].Item2 - 1) : 0);
        var bills = _chance.Percent(50) ? [Bill("mobile", 7), Bill("broadband", 4)] : new[] { Bill("broadband", 4), Bill("mobile", 7) };
        return new(number, bills, means, kind, means == PayMeans.Card ? 100 + _chance.Below(40_000) : cash, items, _chance.Percent(15), _chance.Between(0.3, 4))
        {
            Mishap = _chance.Percent(60) ? Mishap(means) : null,
            Mood = number % 150 == 12 ? HalfAnHour(bills[0].Biller) : _chance.Percent(18) ? Mood(bills[0].Biller) : null,
            Cut = _chance.Percent(14) ? Cut() : null,
            StaffCome = _chance.Percent(50),
        };
    }

    private (string Biller, string Account) Bill(string biller, int digits) =>
        (biller, string.Concat(Enumerable.Range(0, digits).Select(_ => _chance.Below(10))) + _chance.One(Natures) + _chance.Below(10));

    private PlannedMishap Mishap(PayMeans means)
    {
        // Now and then something that is not in use.
        var driver = _chance.Percent(10) ? _chance.One([.. Money.Mishap.Of.Keys]) : means == PayMeans.Card ? "zvt" : _chance.Percent(65) ? "ssp" : "cctalk-coins";
        if (!_mishaps.TryGetValue(driver, out var deck) || deck.Count == 0) _mishaps[driver] = deck = Shuffled(Money.Mishap.Of[driver]);
        return new(_chance.Between(0, means == PayMeans.Card ? 4 : 1.5), driver, deck.Dequeue());
    }

    private PlannedMood Mood(string biller)
    {
        if (_moods.Count == 0) _moods = Shuffled(Enum.GetValues<BehaviourKind>());
        return new(_chance.Between(0, 3), new(_moods.Dequeue(), _chance.Percent(50) ? biller : null, Times: 1 + _chance.Below(4)) { Delay = _chance.Between(2, 25) });
    }

    private PlannedMood HalfAnHour(string biller) => new(_chance.Between(0, 1), new(BehaviourKind.Away, biller), TimeSpan.FromMinutes(30));

    // Where the terminal forgets, it is around the commitment of a card: charged, and nobody knows.
    private PlannedCut Cut()
    {
        var forgets = _chance.Percent(35);
        int? writes = forgets ? 5 + _chance.Below(2) : _chance.Percent(60) ? 1 + _chance.Below(14) : null;
        return new(_chance.Between(0, 6), writes, _chance.Percent(50), _chance.Percent(35), forgets, _chance.Between(1, 20));
    }

    // Each one once before the first comes again.
    private Queue<T> Shuffled<T>(IEnumerable<T> all) => new(all.Select(one => (one, _chance.Below(1_000_000))).OrderBy(one => one.Item2).Select(one => one.one));
}
