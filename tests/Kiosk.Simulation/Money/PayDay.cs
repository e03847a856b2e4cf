using System.Diagnostics;
using System.Text;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Journal;

namespace Kiosk.Simulation.Money;

/// <summary>
/// A whole day at one terminal: customers of all kinds, by card and in cash, while billers and devices misbehave and the board's power is cut; one seed decides it
/// all. In the evening the books must agree with what lies in the boxes, what cards were charged and what the billers booked, and the period must close.
/// </summary>
internal sealed class PayDay(int payments, int seed, int pace, TextWriter report)
{
    private const int Told = 50;
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(45);

    private readonly DayPlan _plan = new(seed);
    private readonly List<Visit> _visits = [];

    /// <summary>What was charged and kept before and after, and the entries between: where truth and ledger part.</summary>
    private sealed record Visit(VisitPlan Plan, PaymentId? Id, (long After, long Until) Entries, (long Before, long After) Charged, (long Before, long After) Kept);

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var data = Directory.CreateTempSubdirectory("kiosk-payday-").FullName;
        var wrong = await LiveAsync(data, cancel);
        foreach (var what in wrong) await report.WriteLineAsync($"WRONG {what}");
        await report.WriteLineAsync($"{(wrong.Count == 0 ? "PASS" : $"FAIL (the journal is in {data})")} payday --payments {payments} --seed {seed}");
        if (wrong.Count == 0) Directory.Delete(data, recursive: true);
        return wrong.Count == 0 ? 0 : 1;
    }

    private async Task<List<string>> LiveAsync(string data, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await report.WriteLineAsync($"{payments} payments, seed {seed}: overpaid cash is a {_plan.Overpaid}, cards {(_plan.PostLater ? "are" : "are not")} committed without the biller's word");
        await using var world = await PayWorld.StartAsync(data, _plan, pace, cancel);
        var (morning, staff) = (world.Time.GetUtcNow(), new PayStaff(world));
        var wrong = await DayAsync(world, staff, cancel);
        await ReportAsync(world, staff);
        await report.WriteLineAsync($"{world.Time.GetUtcNow() - morning:h\\:mm\\:ss} of a day in {clock.Elapsed.TotalSeconds:0} s");
        return wrong;
    }

    private async Task<List<string>> DayAsync(PayWorld world, PayStaff staff, CancellationToken cancel)
    {
        try
        {
            await VisitsAsync(world, staff, cancel);
            var wrong = await EveningAsync(world, cancel);
            if (wrong.Count > 0) await StoriesAsync(world);
            else wrong.AddRange(await new DayEnd(world, staff, report).RunAsync(cancel));
            return wrong;
        }
        catch (InvalidOperationException impossible)
        {
            await StoriesAsync(world);
            return [impossible.ToString()];
        }
    }

    private async Task VisitsAsync(PayWorld world, PayStaff staff, CancellationToken cancel)
    {
        for (var begun = 0; begun < payments;)
        {
            if (_visits.Count > payments * 5) throw new InvalidOperationException($"the terminal turned away {_visits.Count - begun} of {_visits.Count} customers");
            world.Look();
            var plan = _plan.Next();
            if (world.Board.Ledger.CardDoubt is not null && plan.StaffCome) await TrySettleAsync(world, staff, cancel);
            if (world.Board.Ledger.CardDoubt is null && plan.Means == PayMeans.Card) staff.BeforeCard();
            var (charged, kept, seq) = (Charged(world), Kept(world), world.Board.Feed.Latest.Seq);
            var id = await new PayVisit(world, plan).RunAsync(cancel);
            _visits.Add(new(plan, id, (seq, world.Board.Feed.Latest.Seq), (charged, Charged(world)), (kept, Kept(world))));
            if (id is null || ++begun % Told != 0) continue;
            await report.WriteLineAsync($"  {begun} payments, {world.Board.Ledger.LastCase} cases, {world.Cuts} cuts, {world.Time.GetUtcNow():HH:mm}");
        }
    }

    // Where the power goes meanwhile they come again.
    private static async Task TrySettleAsync(PayWorld world, PayStaff staff, CancellationToken cancel)
    {
        try
        {
            await staff.UnlockCardsAsync(cancel);
        }
        catch (JournalUnavailableException) when (world.Board.Journal.Dead)
        {
            await world.ReviveAsync(TimeSpan.FromSeconds(2), cancel);
        }
    }

    /// <summary>Everything is mended; what is under way comes to its end.</summary>
    private static async Task<List<string>> EveningAsync(PayWorld world, CancellationToken cancel)
    {
        await world.MendAsync(cancel);
        var settled = await world.Customer().UntilAsync(Books.Settled, Settle, cancel);

        // The devices may still have something to tell.
        await Task.Delay(TimeSpan.FromSeconds(30), world.Time, cancel);
        var wrong = Books.Wrong(world.Board.Ledger, world.Entries(), world.Devices, world.Board.Biller.Postings()).ToList();
        if (!settled) wrong.Add($"it never came to an end: {world.Board.Ledger.AtTerminal}, {string.Join(", ", world.Board.Ledger.Payments.Values.Select(payment => $"{payment.Id} {payment.CardPhase} {payment.Posting} {payment.End}"))}");
        if (world.Board.Journal.VerifyLedger(null, cancel).BrokenAt is { } broken) wrong.Add($"the chain is broken at {broken}");
        return wrong;
    }

    private static long Charged(PayWorld world) => world.Terminal.Charged.Sum();

    private static long Kept(PayWorld world) => world.Acceptors.Values.Sum(device => device.KeptTotal);

    /// <summary>Of the visits in which the truth and the ledger part.</summary>
    private async Task StoriesAsync(PayWorld world)
    {
        var entries = world.Entries();
        foreach (var visit in _visits)
        {
            var own = entries.Where(entry => entry.Seq > visit.Entries.After && entry.Seq <= visit.Entries.Until).ToList();
            var cards = own.Select(entry => entry.Fact).OfType<HallEvent.CardPaid>().Sum(paid => paid.Amount.Minor);
            var cash = own.Select(entry => entry.Fact).OfType<HallEvent.CashCredited>().Sum(credited => credited.Value.Minor);
            if (visit.Charged.After - visit.Charged.Before == cards && visit.Kept.After - visit.Kept.Before == cash && visit != _visits[^1]) continue;
            await report.WriteLineAsync($"visit {visit.Plan}: charged {visit.Charged}, the ledger {cards}; kept {visit.Kept}, the ledger {cash}");
            foreach (var entry in own) await report.WriteLineAsync($"       {entry.Seq} {entry.At:HH:mm:ss.fff} {entry.Source} {EventCodec.TypeOf(entry.Fact)} {Encoding.UTF8.GetString(EventCodec.Encode(entry.Fact))}");
        }

        foreach (var device in world.Devices) await report.WriteLineAsync(device.Look().ToJsonString());
    }

    private async Task ReportAsync(PayWorld world, PayStaff staff)
    {
        var facts = world.Entries().Select(entry => entry.Fact).ToList();
        await TableAsync("payments", facts.OfType<HallEvent.PaymentEnded>().CountBy(ended => $"{ended.End} {ended.Why}".Trim()));
        await TableAsync("cards not charged", facts.OfType<HallEvent.CardNotPaid>().CountBy(not => not.Reason));
        await TableAsync("cases", facts.OfType<HallEvent.CaseOpened>().CountBy(opened => $"{opened.Kind}"));
        await TableAsync("settled", staff.Settled);
        await TableAsync("went wrong", world.Happened);
        await report.WriteLineAsync($"{world.Cuts} power cuts, {_visits.Count} visits, {_visits.Count(visit => visit.Id is null)} turned away or cut at the beginning");
    }

    private Task TableAsync(string name, IEnumerable<KeyValuePair<string, int>> counts) =>
        report.WriteLineAsync($"{name}: {string.Join(", ", counts.OrderByDescending(one => one.Value).Select(one => $"{one.Key} {one.Value}"))}");
}
