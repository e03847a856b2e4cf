using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Journal;

namespace Kiosk.Simulation.Money;

/// <summary>One customer at the terminal, with everything that goes wrong meanwhile; at the end the terminal is free again.</summary>
internal sealed class PayVisit(PayWorld world, VisitPlan plan)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Ending = TimeSpan.FromMinutes(10);

    /// <returns>Null: no payment was begun.</returns>
    public async Task<PaymentId?> RunAsync(CancellationToken cancel)
    {
        var id = await AtTerminalAsync(cancel);
        if (plan.Means == PayMeans.Card) world.Terminal.Do("remove");
        await world.ReviveAsync(plan.Cut?.Dark ?? TimeSpan.FromSeconds(2), cancel);
        await LeaveAsync(cancel);
        return id;
    }

    private async Task<PaymentId?> AtTerminalAsync(CancellationToken cancel)
    {
        try
        {
            if ((await BeginAsync(plan.Bills[0], cancel) ?? await BeginAsync(plan.Bills[1], cancel)) is not { } id) return null;
            var trouble = TroubleAsync(cancel);
            await Task.WhenAll(PayAsync(id, cancel), trouble);
            return id;
        }
        catch (JournalUnavailableException) when (world.Board.Journal.Dead)
        {
            // The customer stands before a dark screen.
            return null;
        }
    }

    private Task<PaymentId?> BeginAsync((string Biller, string Account) bill, CancellationToken cancel) => world.Customer().BeginAsync(bill.Biller, bill.Account, plan.Means, plan.Amount, Patience, cancel);

    private async Task TroubleAsync(CancellationToken cancel)
    {
        if (plan.Mishap is { } mishap && plan.Means == PayMeans.Card) world.Befall(mishap, cancel);
        if (plan.Cut is { Writes: not null } planned) world.CutIn(planned);
        if (plan.Mood is { } mood)
        {
            await Task.Delay(mood.After, world.Time, cancel);
            world.Behave(mood);
        }

        if (plan.Cut is not { Writes: null } cut) return;
        await Task.Delay(cut.After, world.Time, cancel);
        world.Cut(cut);
    }

    private async Task PayAsync(PaymentId id, CancellationToken cancel)
    {
        try
        {
            if (plan.Kind == CustomerKind.CancelsBefore) _ = await world.Board.Desk.CancelAsync(id, "cancelled", cancel);
            else if (plan.Means == PayMeans.Card) await ByCardAsync(id, cancel);
            else await InCashAsync(id, cancel);
            await world.Customer().UntilAsync(ledger => ledger.Current != id, Patience, cancel);
        }
        catch (JournalUnavailableException) when (world.Board.Journal.Dead)
        {
            // The screen went dark; the rest happens all the same.
        }
    }

    private async Task ByCardAsync(PaymentId id, CancellationToken cancel)
    {
        await Task.Delay(plan.Pause, world.Time, cancel);
        switch (plan.Kind)
        {
            case CustomerKind.NoCard:
                await Task.Delay(TimeSpan.FromSeconds(10), world.Time, cancel);
                _ = await world.Board.Desk.CancelAsync(id, "timed-out", cancel);
                break;
            case CustomerKind.Aborts:
                world.Terminal.Do("abort");
                break;
            default:
                var result = plan.Kind switch { CustomerKind.Declined => "declined", CustomerKind.OtherAmount => "other-amount", _ => "ok" };
                world.Terminal.Do("card", $$"""{"result": "{{result}}", "pan-last4": {{plan.Number % 10_000}}}""");
                if (plan.Kind != CustomerKind.CancelsInside) break;
                await Task.Delay(plan.Pause / 4, world.Time, cancel);
                _ = await world.Board.Desk.CancelAsync(id, "cancelled", cancel);
                break;
        }
    }

    private async Task InCashAsync(PaymentId id, CancellationToken cancel)
    {
        var items = plan.Items.Select(item => (world.Acceptors[item.Driver], item.Value)).ToList();
        if (plan.Kind == CustomerKind.CancelsInside) items = items[..Math.Max(1, items.Count - 1)];

        // The acceptors take a moment until they are ready; what goes wrong does so while notes move.
        await Task.Delay(plan.Pause, world.Time, cancel);
        if (plan.Mishap is { } mishap) world.Befall(mishap, cancel);
        if (!plan.Hasty) await world.Customer().InsertAsync(id, items, cancel);
        else
        {
            foreach (var (device, value) in items)
            {
                device.Do("insert", $$"""{"value": {{value}}}""");
                await Task.Delay(TimeSpan.FromMilliseconds(300), world.Time, cancel);
            }
        }

        if (plan.Kind == CustomerKind.WalksAway) await Task.Delay(plan.Pause, world.Time, cancel);
        await DoneAsync(id, cancel);
    }

    // A note that is still moving is waited for.
    private async Task DoneAsync(PaymentId id, CancellationToken cancel)
    {
        var paid = world.Board.Ledger.Find(id) is { } payment && payment.Accepted >= payment.Amount;
        for (var attempt = 0; attempt < 20 && world.Board.Ledger.Current == id; attempt++)
        {
            var refused = plan.Kind switch
            {
                CustomerKind.WalksAway => await world.Board.Desk.CancelAsync(id, "timed-out", cancel),
                CustomerKind.CancelsInside => await world.Board.Desk.CancelAsync(id, "cancelled", cancel),
                _ when paid || plan.Number % 2 == 0 => await world.Board.Desk.FinishCashAsync(id, cancel),
                _ => await world.Board.Desk.CancelAsync(id, "cancelled", cancel),
            };
            if (refused != Rejection.NoteMoving) return;
            await Task.Delay(TimeSpan.FromSeconds(1), world.Time, cancel);
        }
    }

    /// <summary>Whoever has not come to an end gives up: the screen asks, and then ends it.</summary>
    private async Task LeaveAsync(CancellationToken cancel)
    {
        var end = world.Time.GetUtcNow() + Ending;
        while (world.Board.Ledger.Current is { } id)
        {
            if (world.Time.GetUtcNow() > end) throw new InvalidOperationException($"payment {id} of visit {plan.Number} does not come to an end: {world.Board.Ledger.AtTerminal}");
            try
            {
                _ = await world.Board.Desk.CancelAsync(id, "timed-out", cancel);
            }
            catch (JournalUnavailableException) when (world.Board.Journal.Dead)
            {
                // Started again below.
            }

            await world.Customer().UntilAsync(ledger => ledger.Current is null, Patience, cancel);
            await world.ReviveAsync(plan.Cut?.Dark ?? TimeSpan.FromSeconds(2), cancel);
        }
    }
}
