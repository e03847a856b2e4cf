using System.Diagnostics;
using System.Threading.Channels;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>Goes between the dialogues and the payment desk, so that no press waits for a biller; and tells the dialogues how their payments move.</summary>
/// <param name="desk">Null: the hall has no self-service terminal.</param>
internal sealed class PayErrands(KioskDialogues dialogues, HallFeed feed, ScreenPulse pulse, IPaymentDesk? desk = null) : BackgroundService
{
    /// <summary>Waiting errands; above it the machine is told to try again.</summary>
    private const int Limit = 32;

    /// <summary>A biller that is slow for one machine does not hold up another.</summary>
    private const int AtOnce = 4;

    private readonly Channel<PayErrand> _errands = Channel.CreateBounded<PayErrand>(Limit);
    private readonly Channel<bool> _moved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Send(PayErrand errand)
    {
        if (desk is null || !_errands.Writer.TryWrite(errand)) Failed(errand, "trouble.busy");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (desk is null) return;

        void OnCommit(HallSnapshot snapshot) => _moved.Writer.TryWrite(true);
        void OnAbandoned(string machine, PaymentId payment) => Send(new PayErrand.Stop(machine, payment, "timed-out"));
        feed.Committed += OnCommit;
        desk.Changed += pulse.Raise;
        dialogues.Abandoned += OnAbandoned;
        try
        {
            await Together.RunAsync(stoppingToken, RunAsync, FollowAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: what was begun stands in the journal.
        }
        finally
        {
            feed.Committed -= OnCommit;
            desk.Changed -= pulse.Raise;
            dialogues.Abandoned -= OnAbandoned;
        }
    }

    private Task RunAsync(CancellationToken cancel) =>
        Parallel.ForEachAsync(_errands.Reader.ReadAllAsync(cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (errand, stop) =>
        {
            try
            {
                await DoAsync(errand, desk!, stop);
            }
            catch (JournalUnavailableException)
            {
                Failed(errand, "trouble.customer");
            }
            catch (IntakeFullException)
            {
                Failed(errand, "trouble.busy");
            }
        });

    private async Task DoAsync(PayErrand errand, IPaymentDesk at, CancellationToken cancel)
    {
        if (errand is PayErrand.LookUp lookUp)
        {
            var answer = await at.LookUpAsync(lookUp.Biller, lookUp.Digits, cancel);
            dialogues.Apply(lookUp.Machine, answer switch
            {
                LookUpAnswer.Found found => new KioskInput.BillFound(lookUp.Step, found.Bill),
                LookUpAnswer.NoSuchAccount => new KioskInput.AccountUnknown(lookUp.Step),
                _ => new KioskInput.BillerAway(lookUp.Step),
            });
            return;
        }

        var refused = errand switch
        {
            PayErrand.Begin begin => await at.BeginAsync(begin.Wanted, cancel),
            PayErrand.Stop stop => await at.CancelAsync(stop.Id, stop.Why, cancel),
            PayErrand.Finish finish => await at.FinishCashAsync(finish.Id, cancel),
            PayErrand.Print print => await at.PrintAsync(print.Receipt, cancel),
            _ => throw new UnreachableException(),
        };
        if (refused is { } no) Failed(errand, "rejection." + no);
        else if (errand is PayErrand.Begin begun) dialogues.Apply(begun.Machine, new KioskInput.PaymentBegun(begun.Wanted.Id));
        _moved.Writer.TryWrite(true);
    }

    private void Failed(PayErrand errand, string notice) => dialogues.Apply(errand.Machine, errand switch
    {
        PayErrand.LookUp lookUp => new KioskInput.BillerAway(lookUp.Step),
        PayErrand.Begin begin => new KioskInput.PaymentRefused(begin.Wanted.Id, notice),
        PayErrand.Stop stop => new KioskInput.DeskRefused(stop.Id, notice),
        PayErrand.Finish finish => new KioskInput.DeskRefused(finish.Id, notice),
        PayErrand.Print print => new KioskInput.DeskRefused(print.Id, notice),
        _ => throw new UnreachableException(),
    });

    private async Task FollowAsync(CancellationToken cancel)
    {
        await foreach (var _ in _moved.Reader.ReadAllAsync(cancel))
        {
            var ledger = feed.Latest.State.Ledger;
            foreach (var (machine, paying) in dialogues.Paying)
            {
                var progress = PayProgress.Of(ledger?.Find(paying.Id));
                if (progress != paying.Progress && progress.Stage != PayStage.Starting) dialogues.Apply(machine, new KioskInput.PaymentMoved(paying.Id, progress));
            }
        }
    }
}
