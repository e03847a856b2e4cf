using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using static Kiosk.Domain.Hall.HallCommand;

namespace Kiosk.Ui.Tests.Support;

/// <summary>Card terminal, billers and journal as the settlement asks them; they agree with the ledger unless the test says otherwise.</summary>
internal sealed class FakeOffice(MemoryIntake intake, HallFeed feed) : IMoneyOffice
{
    public bool TerminalAway { get; set; }

    /// <summary>The terminal's total is that much above the ledger's.</summary>
    public long TerminalOver { get; set; }

    public List<int?> Printed { get; } = [];

    private LedgerState Ledger => feed.Latest.State.Ledger!;

    public async Task<OfficeAnswer> TakeCardTotalsAsync(string who, CancellationToken cancel)
    {
        if (TerminalAway) return new OfficeAnswer.Away();
        var totals = Ledger.Totals;
        return Of(await AskAsync(new TakeCardTotals(totals.CardCount, totals.CardAccepted + DemoPayments.Yuan(TerminalOver), 1, 42), cancel));
    }

    public async Task<OfficeAnswer> AskBillersAsync(string who, CancellationToken cancel)
    {
        foreach (var biller in Ledger.Site.Billers)
        {
            var confirmed = Ledger.Totals.Confirmed.GetValueOrDefault(biller.Id, new(0, Ledger.Zero));
            if (await AskAsync(new StateBiller(biller.Id, confirmed.Count, confirmed.Total), cancel) is { } no) return new OfficeAnswer.Refused(no);
        }

        return new OfficeAnswer.Done();
    }

    public Task<OfficeAnswer> PrintAsync(int? period, string who, CancellationToken cancel)
    {
        Printed.Add(period);
        return Task.FromResult<OfficeAnswer>(new OfficeAnswer.Done());
    }

    public Task<IReadOnlyList<ClosedPeriod>> PeriodsAsync(int most, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ClosedPeriod>>([.. intake.Closed().Reverse().Take(most)]);

    public async Task<ClosedPeriod?> PeriodAsync(int period, CancellationToken cancel) => (await PeriodsAsync(int.MaxValue, cancel)).FirstOrDefault(closed => closed.Entry.Period == period);

    private static OfficeAnswer Of(Rejection? no) => no is { } reason ? new OfficeAnswer.Refused(reason) : new OfficeAnswer.Done();

    private async Task<Rejection?> AskAsync(HallCommand command, CancellationToken cancel) => (await intake.AskAsync(Request.Once("office", command), cancel)).Rejection;
}
