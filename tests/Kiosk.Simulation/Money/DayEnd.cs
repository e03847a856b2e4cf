using System.Collections.Immutable;
using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Card;

namespace Kiosk.Simulation.Money;

/// <summary>The settlement at the end of the day: boxes counted without knowing the ledger's figure, the others' totals, and the period closed for ever.</summary>
internal sealed class DayEnd(PayWorld world, PayStaff staff, TextWriter report)
{
    /// <summary>Left open over the closing: the settlement has to name them.</summary>
    private const int DoubtsLeft = 3;

    /// <returns>What is wrong.</returns>
    public async Task<List<string>> RunAsync(CancellationToken cancel)
    {
        var wrong = new List<string>();
        foreach (var device in world.Acceptors.Values) await CountAsync(device, cancel);
        await SettleCasesAsync(cancel);
        await CardTotalsAsync(cancel);
        foreach (var biller in world.Board.The<BillerSet>().All)
        {
            var told = await biller.StatementAsync(Ledger.Site.Terminal, Ledger.Period, cancel) ?? throw new InvalidOperationException($"{biller.Id} has no statement");
            await staff.AskAsync(new HallCommand.StateBiller(biller.Id, told.Count, told.Total), "anna", cancel);
        }

        if (!Ledger.Totals.CashCounted.IsZero) await staff.AskAsync(new HallCommand.DepositCash("BANK-1", Ledger.Totals.CashCounted, "anna"), "anna", cancel);
        var lines = Settlement.Lines(Ledger);
        await PrintAsync(lines);
        var doubts = Ledger.Cases.Values.Select(one => one.InDoubt.Minor).ToList();
        wrong.AddRange(lines.Where(line => !line.Agrees && !(line.Line is "cash" or "card" && Books.Explained(line.Difference!.Value.Minor, doubts))).Select(line => $"{line.Line} differs by {line.Difference}, and no case explains it"));

        // Where every line agrees no reason is needed.
        await staff.AskAsync(new HallCommand.ClosePeriod(lines.All(line => line.Agrees) ? "" : "cases are open", "anna", []), "anna", cancel);
        wrong.AddRange(await FoldedTwiceAsync(cancel));
        return wrong;
    }

    private LedgerState Ledger => world.Board.Ledger;

    private async Task CountAsync(PayDevice device, CancellationToken cancel)
    {
        world.TakeBox(device);
        await world.Customer().UntilAsync(ledger => ledger.Box(device.Id).Out, TimeSpan.FromSeconds(20), cancel);
        device.Do("put-box");
        await Task.Delay(TimeSpan.FromSeconds(10), world.Time, cancel);
        var number = 0;
        foreach (var bag in world.Bags(device.Id)) await CountAsync(device, ++number, bag, cancel);

        // A box whose change the device did not notice was counted with the one before it.
        while (Ledger.Box(device.Id) is var box && (box.Content.Count > 0 || box.Removed.Any(batch => batch.Content.Count > 0))) await CountAsync(device, ++number, [], cancel);
    }

    private async Task CountAsync(PayDevice device, int number, Dictionary<long, int> bag, CancellationToken cancel)
    {
        var piles = bag.Select(pile => new CashPile(pile.Key, pile.Value)).ToList();
        var counted = (await staff.AskAsync(new HallCommand.CountCash(device.Id, $"BAG-{number}", piles, "anna"), "anna", cancel)).OfType<HallEvent.CashCounted>().Single();
        await report.WriteLineAsync($"{device.Id} bag {number}: counted {counted.Total}, expected {counted.Expected} of box {counted.Batch}");
    }

    // A card in doubt, or a note of which not even the value is known, is looked into before the closing; of the others some wait.
    private async Task SettleCasesAsync(CancellationToken cancel)
    {
        var left = 0;
        foreach (var one in Ledger.Cases.Values.OrderBy(one => one.InDoubt.IsZero).ThenBy(one => one.Number).ToList())
        {
            var doubtful = one.Kind == CaseKind.CashInDoubt;
            var must = one.Kind == CaseKind.CardUnknown || (doubtful && (one.InDoubt.IsZero || left >= DoubtsLeft));
            if (!must && one.Number % 3 == 0) left += doubtful ? 1 : 0;
            else await staff.SettleAsync(one, cancel);
        }
    }

    private async Task CardTotalsAsync(CancellationToken cancel)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await world.Board.The<CardDesk>().EndOfDayAsync(TimeSpan.FromMinutes(2), world.Time, cancel) is not { } totals) continue;
            await staff.AskAsync(new HallCommand.TakeCardTotals(totals.Count, new(totals.Total.Minor, totals.Total.Currency), totals.FirstReceipt, totals.LastReceipt), "anna", cancel);
            return;
        }

        throw new InvalidOperationException("the card terminal has no end of day");
    }

    private async Task PrintAsync(ImmutableArray<SettlementLine> lines)
    {
        await report.WriteLineAsync($"{"settlement",-18}{"ledger",14}{"",6}{"others",14}{"",6}{"difference",14}{"explained",14}");
        foreach (var line in lines)
        {
            await report.WriteLineAsync(
                $"{line.Line,-18}{line.Ledger.Plain,14}{line.LedgerCount,6}{line.Other?.Plain ?? "-",14}{line.OtherCount,6}{line.Difference?.Plain,14}{line.Explained.Plain,14}  {(line.Agrees ? "agrees" : "DIFFERS")}");
        }

        foreach (var one in Ledger.Cases.Values) await report.WriteLineAsync($"open: {Ledger.CaseName(one.Number)} {one.Kind} holds {one.Amount}, in doubt {one.InDoubt}: {one.Detail}");
    }

    /// <summary>From the closing on, as a board does that starts, and from the first entry.</summary>
    private async Task<List<string>> FoldedTwiceAsync(CancellationToken cancel)
    {
        await world.RestartAsync(cancel);
        var latest = world.Board.Feed.Latest;
        var (short_, whole) = (latest.State.Ledger!, LedgerState.For(Ledger.Site));
        foreach (var entry in world.Entries().Where(entry => entry.Seq <= latest.Seq)) whole = LedgerFold.Evolve(whole, (HallEvent.LedgerEntry)entry.Fact, entry.At);
        return [.. Parts(short_).Zip(Parts(whole)).Where(both => both.First.Json != both.Second.Json).Select(both => $"{both.First.Name} folded from the closing: {both.First.Json}; from the beginning: {both.Second.Json}")];
    }

    private static IEnumerable<(string Name, string Json)> Parts(LedgerState ledger) =>
    [
        ("totals", JsonSerializer.Serialize(ledger.Totals)),
        ("payments", JsonSerializer.Serialize(ledger.Payments.Values.OrderBy(payment => payment.Id.Value, StringComparer.Ordinal))),
        ("cases", JsonSerializer.Serialize(ledger.Cases.Values)),
        ("boxes", JsonSerializer.Serialize(ledger.Boxes.Values)),
        ("receipts", JsonSerializer.Serialize(ledger.Receipts.Values)),
        ("numbers", $"{ledger.Period} {ledger.LastReceipt} {ledger.LastCase} {ledger.LastPosting} {ledger.CardReceipt} {ledger.Current} {ledger.Unowned}"),
    ];
}
