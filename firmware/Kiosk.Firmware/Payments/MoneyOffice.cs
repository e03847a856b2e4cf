using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Card;
using Kiosk.Journal;

namespace Kiosk.Firmware.Payments;

/// <summary>Asks the card terminal and the billers for their figures, reads closed periods from the journal, and prints.</summary>
internal sealed class MoneyOffice(LedgerDoor ledger, CardDesk card, BillerSet billers, IJournal journal, ILedgerBook book, ReportTray tray, SettlementLayout layout, IDeviceDirectory devices, TimeProvider time) : IMoneyOffice
{
    private const string Source = "manager";
    private const int Page = 1000, AllPeriods = 100_000;

    /// <summary>An end of day prints, and talks to a bank.</summary>
    private static readonly TimeSpan CardPatience = TimeSpan.FromMinutes(3);

    public async Task<OfficeAnswer> TakeCardTotalsAsync(string who, CancellationToken cancel)
    {
        if (ledger.State.CardDoubt is not null) return new OfficeAnswer.Refused(Rejection.CardLocked);
        if (ledger.State.Current is not null) return new OfficeAnswer.Refused(Rejection.PaymentUnderWay);
        if (!card.Ready || await card.EndOfDayAsync(CardPatience, time, cancel) is not { } totals) return new OfficeAnswer.Away();

        // The terminal has closed its batch and tells it once: the figures are kept, also when whoever asked has gone.
        var command = new HallCommand.TakeCardTotals(totals.Count, new(totals.Total.Minor, totals.Total.Currency), totals.FirstReceipt, totals.LastReceipt);
        var answer = await ledger.InsistAsync(command, Source, CancellationToken.None, who);
        return answer.Rejection is { } refused ? new OfficeAnswer.Refused(refused) : new OfficeAnswer.Done();
    }

    public async Task<OfficeAnswer> AskBillersAsync(string who, CancellationToken cancel)
    {
        var (state, away) = (ledger.State, false);
        foreach (var biller in billers.All)
        {
            if (await biller.StatementAsync(state.Site.Terminal, state.Period, cancel) is not { } statement)
            {
                away = true;
                continue;
            }

            var answer = await ledger.AskAsync(new HallCommand.StateBiller(biller.Id, statement.Count, statement.Total), Source, cancel, who);
            if (answer.Rejection is { } refused) return new OfficeAnswer.Refused(refused);
        }

        return away ? new OfficeAnswer.Away() : new OfficeAnswer.Done();
    }

    public async Task<OfficeAnswer> PrintAsync(int? period, string who, CancellationToken cancel)
    {
        if (!devices.Prints) return new OfficeAnswer.Away();
        var (title, slip) = ("X", layout.Compose(ledger.State, null, time.GetUtcNow(), book.LedgerHead, who));
        if (period is { } number)
        {
            if (await PeriodAsync(number, cancel) is not { } closed) return new OfficeAnswer.Refused(Rejection.PeriodNotClosed);
            (title, slip) = ($"Z {number}", layout.Compose(ledger.State, closed, closed.At, book.LedgerHead, who));
        }

        return tray.Add(title, slip, who) ? new OfficeAnswer.Done() : new OfficeAnswer.Away();
    }

    public Task<IReadOnlyList<ClosedPeriod>> PeriodsAsync(int most, CancellationToken cancel) =>
        Task.Run<IReadOnlyList<ClosedPeriod>>(() => [.. journal.LedgerClosings(most).Select(entry => new ClosedPeriod(entry.At, (HallEvent.PeriodClosed)entry.Fact, [], []))], cancel);

    public Task<ClosedPeriod?> PeriodAsync(int period, CancellationToken cancel) => Task.Run(() => Period(period, cancel), cancel);

    private ClosedPeriod? Period(int period, CancellationToken cancel)
    {
        var closings = journal.LedgerClosings(AllPeriods);
        if (closings.FirstOrDefault(entry => ((HallEvent.PeriodClosed)entry.Fact).Period == period) is not { } closing) return null;

        var before = closings.FirstOrDefault(entry => entry.Seq < closing.Seq)?.Seq ?? 0;
        var (counts, corrections) = (new List<HallEvent.CashCounted>(), new List<PeriodCorrection>());
        for (var seq = before; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var page = journal.ReadLedger(seq, Page);
            if (page.Count == 0) return new(closing.At, (HallEvent.PeriodClosed)closing.Fact, counts, corrections);
            counts.AddRange(page.Where(entry => entry.Seq < closing.Seq).Select(entry => entry.Fact).OfType<HallEvent.CashCounted>());
            corrections.AddRange(page.Where(entry => entry.Fact is HallEvent.LedgerCorrected made && made.Period == period).Select(entry => new PeriodCorrection(entry.At, (HallEvent.LedgerCorrected)entry.Fact)));
            seq = page[^1].Seq;
        }
    }
}
