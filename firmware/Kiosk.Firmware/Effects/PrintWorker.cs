using System.Collections.Concurrent;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Devices.Paper;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware;
using Kiosk.Hardware.Printers;
using Kiosk.Journal;

namespace Kiosk.Firmware.Effects;

/// <summary>Brings queued slips onto paper, in order. What the printer says of each goes back into the journal; nothing is ever printed twice without a person's word.</summary>
internal sealed partial class PrintWorker(IIntake intake, HallFeed feed, PaperLayout layout, ReportTray tray, PaperRolls rolls, TimeProvider time, ILogger<PrintWorker> log) : IDeviceAttendant
{
    /// <summary>How long a slip that is being printed may hold up the stop of the host.</summary>
    public static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(5);

    /// <summary>How soon a printer that was not ready, or a journal that let nothing be sent, is asked again.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    // Several printers share the queue: whoever is free takes the next slip.
    private readonly ConcurrentDictionary<string, bool> _inHand = new();

    // What hangs out of each printer, also when it comes back: the next slip must not come out on the same piece of paper.
    private readonly ConcurrentDictionary<string, Hanging> _hanging = new();

    // Which printer an earlier life of the host left in the middle of a slip is not known: it may be any.
    private readonly Hanging _atStart = PaperJob.Of(feed.Latest.State).Any(job => job.Phase is SlipPhase.Sending or SlipPhase.Halted) ? Hanging.Half : Hanging.Nothing;

    public DeviceClass Class => DeviceClass.TicketPrinter;

    public async Task AttendAsync(DeviceSettings settings, IDevice device, CancellationToken cancel)
    {
        var printer = (ITicketPrinter)device;
        if (printer.RollMetres is { } metres) rolls.Opened(settings.Id, metres);
        _hanging.TryAdd(settings.Id, _atStart);
        await DoubtLeftoversAsync(cancel);
        while (true)
        {
            var job = await NextAsync(printer, cancel);
            using var hard = new CancellationTokenSource();
            await using var stopping = cancel.Register(() => hard.CancelAfter(FinishWithin));
            try
            {
                if (!await PrintAsync(settings.Id, printer, job, hard.Token, cancel)) await Task.Delay(AskAgain, time, cancel);
            }
            finally
            {
                _inHand.TryRemove(job.Key, out _);
            }
        }
    }

    /// <summary>Slips that a lost printer or an earlier life of the host left half-way may have come out or not.</summary>
    private async Task DoubtLeftoversAsync(CancellationToken cancel)
    {
        var left = PaperJob.Of(feed.Latest.State).Where(job => job.Phase is SlipPhase.Sending or SlipPhase.Halted && !_inHand.ContainsKey(job.Key)).ToList();
        foreach (var job in left) await ReportAsync(job, SlipReport.InDoubt, null, cancel);
    }

    private async Task<PaperJob> NextAsync(ITicketPrinter printer, CancellationToken cancel)
    {
        while (true)
        {
            var hall = feed.Latest;
            var news = tray.News.Raised;
            var queued = PaperJob.Of(hall.State).Concat(tray.Waiting).Where(job => job.Phase == SlipPhase.Queued);
            if (!printer.Ready)
            {
                await Task.Delay(AskAgain, time, cancel);
                continue;
            }

            if (queued.FirstOrDefault(job => _inHand.TryAdd(job.Key, true)) is { } next) return next;

            // Another printer may give a slip back without an event: look again now and then.
            await News.WithinAsync(LookAgain, time, either => Task.WhenAny(feed.AfterAsync(hall.Seq, either), news).Unwrap(), cancel);
        }
    }

    /// <param name="cancel">Ends the printing itself, some time after <paramref name="stopping"/>.</param>
    /// <param name="stopping">Ends the wait for somebody who mends a halted printer.</param>
    /// <returns>False: not now, ask again in a moment.</returns>
    private async Task<bool> PrintAsync(string device, ITicketPrinter printer, PaperJob job, CancellationToken cancel, CancellationToken stopping)
    {
        if (layout.Compose(feed.Latest.State, job) is not { } paper) return true;

        var (sent, before) = (false, _hanging[device]);
        paper = VoidMark.Above(paper, before, feed.Profile.DefaultLanguage);
        try
        {
            var length = printer.MillimetresOf(paper);
            var outcome = await printer.PrintAsync(paper, SendingAsync, cancel);
            if (outcome is PrintOutcome.Refused) _hanging[device] = before;
            var done = await ConcludeAsync(device, printer, job, outcome, sent, cancel, stopping);

            // Half a slip, or one in doubt, took paper as well; one that was refused took none.
            if (outcome is not PrintOutcome.Refused) rolls.Printed(device, length);
            return done;
        }
        catch (SlipWithdrawnException)
        {
            return true;
        }
        catch (Exception refused) when (!sent && (refused is JournalUnavailableException or IntakeFullException))
        {
            LogNotSent(log, job.Name, refused.Message);
            return false;
        }
        catch (Exception defect) when (!sent && defect is not (OperationCanceledException or DeviceLostException))
        {
            // One slip that a driver cannot make must not hold up all that are behind it.
            LogDefect(log, job.Name, defect);
            await SendingAsync();
            await ReportAsync(job, SlipReport.InDoubt, null, cancel);
            return true;
        }

        async Task SendingAsync()
        {
            var answer = await intake.AskAsync(new($"slip-{job.Name}-{job.Copy}-{Guid.NewGuid():N}", "printer", job.Sending), cancel);
            if (answer.Rejection is not null) throw new SlipWithdrawnException();
            (sent, _hanging[device]) = (true, Hanging.Half);
        }
    }

    private async Task<bool> ConcludeAsync(string device, ITicketPrinter printer, PaperJob job, PrintOutcome outcome, bool sent, CancellationToken cancel, CancellationToken stopping)
    {
        switch (outcome)
        {
            case PrintOutcome.Printed:
                _hanging[device] = Hanging.Nothing;
                await ReportAsync(job, SlipReport.Printed, null, cancel);
                return true;
            case PrintOutcome.Presumed:
                _hanging[device] = Hanging.Nothing;
                await ReportAsync(job, SlipReport.Presumed, null, cancel);
                return true;
            case PrintOutcome.InDoubt:
                await ReportAsync(job, SlipReport.InDoubt, null, cancel);
                LogInDoubt(log, job.Name);
                return true;
            case PrintOutcome.Refused(var fault):
                LogNotSent(log, job.Name, fault.ToString());
                if (sent) await ReportAsync(job, SlipReport.NotSent, null, cancel);
                return false;
            case PrintOutcome.Halted(var fault):
                await ReportAsync(job, SlipReport.Halted, fault.ToString(), cancel);
                LogHalted(log, job.Name, fault);
                var resolution = await printer.ResolveHaltAsync(stopping);
                _hanging[device] = Left(resolution, fault);
                await ReportAsync(job, Resolved(resolution), null, cancel);
                return true;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // The end of a roll was torn off with what stood on it; of the rest, some lines may be on the new one before the buffer was cleared.
    private static Hanging Left(HaltResolution resolution, DeviceFault fault) => resolution switch
    {
        HaltResolution.Finished => Hanging.Nothing,
        HaltResolution.Cleared when fault == DeviceFault.OutOfPaper => Hanging.Lines,
        _ => Hanging.Half,
    };

    private static SlipReport Resolved(HaltResolution resolution) => resolution switch
    {
        HaltResolution.Cleared => SlipReport.Cleared,
        HaltResolution.Finished => SlipReport.Printed,
        _ => SlipReport.InDoubt,
    };

    private async Task ReportAsync(PaperJob job, SlipReport report, string? fault, CancellationToken cancel)
    {
        await intake.InsistAsync(Request.Once("printer", job.Report(report, fault), (job as PaperJob.ReportSlip)?.Who), time, cancel);
        if (report is SlipReport.Printed or SlipReport.Presumed or SlipReport.InDoubt or SlipReport.Cleared) tray.Done(job);
    }

    // The day was closed, or another printer was faster, between looking and sending.
    private sealed class SlipWithdrawnException : Exception;
}
