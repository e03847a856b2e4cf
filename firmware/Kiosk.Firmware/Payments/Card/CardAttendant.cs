using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments.Postings;
using Kiosk.Hardware;
using Kiosk.Hardware.Terminals;
using Kiosk.Journal;

namespace Kiosk.Firmware.Payments.Card;

/// <summary>Serves the card terminal: first settles what an earlier life, or a lost link, left unknown; then one payment after the other.</summary>
internal sealed partial class CardAttendant(LedgerDoor ledger, CardDesk desk, PostingWorker postings, TimeProvider time, ILogger<CardAttendant> log) : IDeviceAttendant
{
    private const string Source = "card-terminal";

    /// <summary>How soon a terminal that was not ready is looked at again.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);

    /// <summary>How often an unknown outcome is asked for before it becomes a case.</summary>
    private const int Questions = 3;

    public DeviceClass Class => DeviceClass.CardTerminal;

    public async Task AttendAsync(DeviceSettings settings, IDevice device, CancellationToken cancel)
    {
        var terminal = (ICardTerminal)device;

        // A second terminal of the profile is watched, and never paid at.
        if (ledger.Feed.Latest.State.Ledger?.Site.Card?.Device != settings.Id) await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);

        void Tell() => desk.News.Raise();
        void Follow(HallSnapshot snapshot) => desk.News.Raise();
        terminal.HealthChanged += Tell;
        ledger.Feed.Committed += Follow;
        desk.Open(terminal);
        try
        {
            while (true)
            {
                var news = desk.News.Raised;
                if (!await WorkAsync(terminal, cancel)) await WaitAsync(news, terminal, cancel);
            }
        }
        finally
        {
            desk.Open(null);
            ledger.Feed.Committed -= Follow;
            terminal.HealthChanged -= Tell;
        }
    }

    /// <returns>False: there is nothing to do now.</returns>
    private async Task<bool> WorkAsync(ICardTerminal terminal, CancellationToken cancel)
    {
        var state = ledger.State;
        if (state.Payments.Values.FirstOrDefault(InDoubt) is { } doubt)
        {
            if (!await SettleAsync(terminal, doubt, cancel)) await Task.Delay(LookAgain, time, cancel);
            return true;
        }

        if (state.AtTerminal is { Means: PayMeans.Card, CardPhase: CardPhase.None, End: null } payment && state.CardDoubt is null && terminal.Ready)
        {
            await PayAsync(terminal, payment, cancel);
            return true;
        }

        if (state.CardDoubt is null && state.Current is null && terminal.Ready && desk.TakeTotals() is { } asked)
        {
            await TotalAsync(terminal, asked, cancel);
            return true;
        }

        return false;
    }

    /// <summary>Nobody talks to the terminal about it, and nobody knows how it ended. A case is people's.</summary>
    private static bool InDoubt(Payment payment) =>
        payment.CardPhase is CardPhase.Sending or CardPhase.Authorised or CardPhase.Committing or CardPhase.Reversing || (payment.CardPhase == CardPhase.Unknown && payment.End is null);

    private async Task PayAsync(ICardTerminal terminal, Payment payment, CancellationToken cancel)
    {
        var conversation = new CardConversation(payment.Id, ledger, postings, desk, terminal.TerminalId, cancel);
        try
        {
            var outcome = await terminal.PayAsync(new(payment.Amount.Minor, payment.Amount.Currency), conversation, desk.NewPayment(), cancel);
            LogEnd(log, payment.Id.Value, outcome);
            await conversation.ReportAsync(outcome);
        }
        catch (PaymentWithdrawnException)
        {
            // Stopped before a byte was sent: the ledger knows.
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            // What is not in the journal is not sent. The customer is told, and may try again.
            LogNotSent(log, payment.Id.Value, refused.Message);
            await conversation.ReportAsync(new CardOutcome.NotPaid(CardRefusal.NotReady, ""));
        }
        finally
        {
            desk.Show(null);
        }
    }

    /// <returns>False: not yet; the terminal is asked again in a moment.</returns>
    private async Task<bool> SettleAsync(ICardTerminal terminal, Payment doubt, CancellationToken cancel)
    {
        var conversation = new CardConversation(doubt.Id, ledger, postings, desk, terminal.TerminalId, cancel);
        if (doubt.CardPhase != CardPhase.Unknown) await conversation.ReportAsync(new CardOutcome.Unknown($"left {doubt.CardPhase} by a lost link or a restart"));
        var why = "";
        for (var question = 0; question < Questions; question++)
        {
            // As it stands now: a biller may have answered since.
            if (await AskedAsync(terminal, ledger.State.Find(doubt.Id) ?? doubt, conversation, cancel) is not { } outcome) return true;
            LogSettled(log, doubt.Id.Value, outcome);
            if (outcome is not CardOutcome.Unknown unknown)
            {
                await conversation.ReportAsync(outcome);
                return true;
            }

            // A reversal that was begun is in the ledger: it is asked for as unknown again.
            if (ledger.State.Find(doubt.Id)?.CardPhase != CardPhase.Unknown) await conversation.ReportAsync(unknown);
            why = unknown.Why;
            await Task.Delay(LookAgain, time, cancel);
        }

        await ledger.InsistAsync(new HallCommand.OpenCardCase(doubt.Id, why), Source, cancel);
        return true;
    }

    /// <returns>Null: people have the case.</returns>
    private async Task<CardOutcome?> AskedAsync(ICardTerminal terminal, Payment payment, CardConversation conversation, CancellationToken cancel)
    {
        try
        {
            return await terminal.SettleAsync(Doubt(payment), conversation, cancel);
        }
        catch (PaymentWithdrawnException)
        {
            return null;
        }
    }

    private CardDoubt Doubt(Payment payment)
    {
        var amount = new CardAmount(payment.Amount.Minor, payment.Amount.Currency);
        var slip = payment.Card is { } card ? new CardSlip(amount, card.TerminalId, card.Receipt, card.Trace, card.Card, card.CardName, card.Authorisation) : null;

        // Wanted: the biller has it, or will have it. What the biller refused, or was told to forget, must not stand.
        var stands = payment.Posting == PostingPhase.Confirmed
            || (slip is not null && ledger.State.Site.Card?.PostLater == true && payment.Posting is PostingPhase.Queued or PostingPhase.Sending);
        return new(amount, payment.CardBefore, slip, stands, payment.CardTerminal);
    }

    private static async Task TotalAsync(ICardTerminal terminal, TaskCompletionSource<CardTotals?> asked, CancellationToken cancel)
    {
        try
        {
            asked.TrySetResult(await terminal.EndOfDayAsync(cancel));
        }
        finally
        {
            // Lost in the middle: whether the terminal has closed its batch is seen at the next one.
            asked.TrySetResult(null);
        }
    }

    private async Task WaitAsync(Task news, ICardTerminal terminal, CancellationToken cancel)
    {
        // Readiness is no event of every terminal: while somebody waits for it, it is looked at.
        var waits = ledger.State.AtTerminal is { Means: PayMeans.Card, CardPhase: CardPhase.None } && !terminal.Ready;
        try
        {
            await news.WaitAsync(waits ? LookAgain : TimeSpan.FromSeconds(5), time, cancel);
        }
        catch (TimeoutException)
        {
            // Looked at again.
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Card payment {Payment}: {Outcome}")]
    private static partial void LogEnd(ILogger log, string payment, CardOutcome outcome);

    [LoggerMessage(2, LogLevel.Warning, "Card payment {Payment} was not known; the terminal was asked: {Outcome}")]
    private static partial void LogSettled(ILogger log, string payment, CardOutcome outcome);

    [LoggerMessage(3, LogLevel.Error, "Card payment {Payment} is not sent: {Why}")]
    private static partial void LogNotSent(ILogger log, string payment, string why);
}
