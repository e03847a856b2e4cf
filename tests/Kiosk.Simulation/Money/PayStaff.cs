using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments.Billers;
using Amount = Kiosk.Domain.Payments.Money;

namespace Kiosk.Simulation.Money;

/// <summary>Staff who look: they know what lies in the boxes, what the terminal's journal and the billers say, and settle cases by that.</summary>
internal sealed class PayStaff(PayWorld world)
{
    private int _before;

    /// <summary>Kinds of cases and how they were settled, and how often.</summary>
    public SortedDictionary<string, int> Settled { get; } = new(StringComparer.Ordinal);

    /// <summary>A card payment may begin now: what the terminal charges from here on is its own. There is one at a time, and none while another is in doubt.</summary>
    public void BeforeCard() => _before = world.Terminal.CardReceipts.Count;

    public async Task UnlockCardsAsync(CancellationToken cancel)
    {
        foreach (var one in world.Board.Ledger.Cases.Values.Where(one => one.Kind == CaseKind.CardUnknown).ToList()) await SettleAsync(one, cancel);
    }

    /// <exception cref="InvalidOperationException">The ledger does not take the truth.</exception>
    public async Task SettleAsync(PaymentCase one, CancellationToken cancel)
    {
        var (outcome, found) = Truth(one);
        var command = new HallCommand.SettleCase(one.Number, outcome, "looked at the device, its journal and the biller's", "anna", found);
        var events = await AskAsync(command, "anna", cancel);
        if (events.Any(entry => entry is HallEvent.CaseProposed)) events = await AskAsync(command with { By = "ben" }, "ben", cancel);
        if (!events.Any(entry => entry is HallEvent.CaseSettled)) throw new InvalidOperationException($"case {one} was not settled by two people");
        if (outcome == CaseOutcome.TakenBack && await world.Board.The<BillerSet>().Find(one.Biller!)!.CancelAsync(one.Payment!.Value.Value, cancel) != CancelAnswer.Cancelled)
            throw new InvalidOperationException($"the biller does not take back {one.Payment}");
        var name = $"{one.Kind}: {outcome}";
        Settled[name] = Settled.GetValueOrDefault(name) + 1;
    }

    /// <exception cref="InvalidOperationException">Refused.</exception>
    public async Task<IReadOnlyList<HallEvent>> AskAsync(HallCommand.LedgerCommand command, string who, CancellationToken cancel)
    {
        var answer = await world.Board.Intake.AskAsync(Request.Once("staff", command, who), cancel);
        return answer.Rejection is { } refused ? throw new InvalidOperationException($"{command} is refused: {refused}") : [.. answer.Events.Select(recorded => recorded.Fact)];
    }

    private (CaseOutcome Outcome, Amount? Found) Truth(PaymentCase one) => one.Kind switch
    {
        CaseKind.CardUnknown => (Card(one), null),
        CaseKind.CashInDoubt => Cash(one),
        CaseKind.CreditedNotPaid => (CaseOutcome.TakenBack, null),
        _ => (one.Number % 2 == 0 ? CaseOutcome.Refunded : CaseOutcome.Credited, null),
    };

    private CaseOutcome Card(PaymentCase one)
    {
        var charged = world.Terminal.CardReceipts.Skip(_before).Where(receipt => receipt.State == "booked").ToList();
        if (charged.Count > 1 || charged.Any(receipt => receipt.Amount != one.InDoubt.Minor)) throw new InvalidOperationException($"the card of case {one} was charged {string.Join(", ", charged)}");
        var credited = one.Amount.Minor < 0;
        if (charged.Count == 0) return credited ? CaseOutcome.TakenBack : CaseOutcome.NothingHappened;
        return credited || one.Number % 2 == 0 ? CaseOutcome.Credited : CaseOutcome.Refunded;
    }

    // Notes of one value are alike: it is in the box where one more lies there than the ledger knows of.
    private (CaseOutcome, Amount?) Cash(PaymentCase one)
    {
        var over = Over(one.Device!);
        var there = one.Number % 2 == 0 ? CaseOutcome.Refunded : CaseOutcome.Credited;
        if (!one.InDoubt.IsZero) return (over.GetValueOrDefault(one.InDoubt.Minor) > 0 ? there : CaseOutcome.NothingHappened, null);

        var doubts = world.Board.Ledger.Cases.Values.Where(other => other.Kind == CaseKind.CashInDoubt && other.Device == one.Device).Select(other => other.InDoubt.Minor).ToList();
        return over.Where(pile => pile.Value > doubts.Count(value => value == pile.Key)).Select(pile => (long?)pile.Key).FirstOrDefault() is { } value
            ? (there, new Amount(value, one.InDoubt.Currency))
            : (CaseOutcome.NothingHappened, null);
    }

    /// <summary>Pieces that lie in the boxes and of which the ledger does not know, by value.</summary>
    private Dictionary<long, int> Over(string device)
    {
        var known = Books.Credited(world.Entries(), device);
        return world.Devices.First(one => one.Id == device).Kept().GroupBy(pile => pile.Value)
            .ToDictionary(pile => pile.Key, pile => pile.Sum(one => one.Count) - known.GetValueOrDefault(pile.Key));
    }
}
