namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Finds out what became of a payment by asking: the rows recover, query and reversing of the table in devices.md.</summary>
internal sealed class DoubtSettlement(TerminalTalk talk, ZvtOptions options, ZvtCommands commands, string? terminalId, ICardSteps steps, TimeProvider time)
{
    /// <summary>A terminal that is busy, as with taking back what nobody answered, is asked again so often.</summary>
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(2);

    /// <exception cref="DeviceLostException">Never: a link that is lost leaves it unknown.</exception>
    public async Task<CardOutcome> RunAsync(CardDoubt doubt, CancellationToken cancel)
    {
        try
        {
            if (await UntilIdleAsync(cancel).ConfigureAwait(false) is { } busy) return new CardOutcome.Unknown(busy);
            var query = new TerminalDialogue(talk, options.T4, time);
            var end = await query.RunAsync(commands.Query, movesMoney: false, cancel).ConfigureAwait(false);
            return (end, query.Statuses) switch
            {
                (DialogueEnd.Completed, [var last]) => await JudgeAsync(doubt, last, cancel).ConfigureAwait(false),
                (DialogueEnd.Refused refused, _) => new CardOutcome.Unknown($"06 20 was refused: {ResultText.Of(refused.Code)}"),
                (DialogueEnd.Aborted aborted, _) => new CardOutcome.Unknown($"06 20 was aborted: {ResultText.Of(aborted.Code)}"),
                _ => new CardOutcome.Unknown($"06 20 was answered with {query.Statuses.Count} statuses"),
            };
        }
        catch (DeviceLostException lost)
        {
            return new CardOutcome.Unknown(lost.Message);
        }
    }

    /// <returns>Null when it is idle, or why it does not become so.</returns>
    private async Task<string?> UntilIdleAsync(CancellationToken cancel)
    {
        var clock = new T4Clock(options.T4, time);
        while (clock.Left > TimeSpan.Zero)
        {
            var (state, _) = await TerminalState.AskAsync(talk, options, time, cancel).ConfigureAwait(false);
            if (state != ZvtResult.Busy) return null;
            if (cancel.IsCancellationRequested) return "the host stopped";
            await PauseAsync(cancel).ConfigureAwait(false);
        }

        return "the terminal stays busy";
    }

    private async Task PauseAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(talk.Lost, Task.Delay(BusyPause, time, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
    }

    private Task<CardOutcome> JudgeAsync(CardDoubt doubt, StatusInformation last, CancellationToken cancel)
    {
        var asked = doubt.TerminalId ?? (doubt.Authorised is { TerminalId.Length: > 0 } slip ? slip.TerminalId : null);
        var answers = last.TerminalId ?? terminalId;
        if (asked is not null && answers is not null && asked != answers) return Ambiguous($"it is terminal {answers} now, the payment was with {asked}");
        if (last.Result is null) return Ambiguous("the last status has no result");
        if (last is { IsReversal: true, Approved: false }) return Ambiguous($"the last status is of a reversal that failed: {ResultText.Of(last.Result.Value)}");
        var code = $"{last.Result:X2}";
        if (last.Result != ZvtResult.Done) return Told(new CardOutcome.NotPaid(CardRefusal.Declined, code));
        if (last.Receipt is not { } receipt) return Ambiguous("the last status has no receipt number");

        return (AgeOf(receipt, doubt), last.IsReversal) switch
        {
            (null, _) => Ambiguous("no receipt before the payment is known"),
            (Age.Older, _) => Told(new CardOutcome.NotPaid(CardRefusal.Declined, "")),
            (Age.Ours or Age.Newer, true) => Told(new CardOutcome.NotPaid(CardRefusal.Declined, code)),
            (Age.Newer, _) => Ambiguous($"receipt {receipt} is newer than that of the payment"),
            _ when last.Amount != doubt.Amount.Minor || (last.Currency ?? options.CurrencyNumber) != options.CurrencyNumber => Ambiguous($"receipt {receipt} is of another amount"),
            _ when doubt.Stands => Told(new CardOutcome.Paid(doubt.Authorised ?? Slips.Of(last, doubt.Amount, terminalId))),
            _ => ReverseAsync(receipt, cancel),
        };
    }

    /// <summary>By the payment's own receipt where it was heard of; else any that is newer than those before it, as there is one payment at a time.</summary>
    private static Age? AgeOf(int receipt, CardDoubt doubt) => doubt switch
    {
        { Authorised.Receipt: > 0 and var own } => Slips.Age(receipt, own) switch { 0 => Age.Ours, > 0 => Age.Newer, _ => Age.Older },
        { Before: { } before } => Slips.Age(receipt, before) > 0 ? Age.Ours : Age.Older,
        _ => null,
    };

    private async Task<CardOutcome> ReverseAsync(int receipt, CancellationToken cancel)
    {
        await steps.ReversingAsync().ConfigureAwait(false);
        var reversal = new TerminalDialogue(talk, options.T4, time);
        try
        {
            var end = await reversal.RunAsync(commands.Reverse(receipt), movesMoney: true, cancel, text => steps.ReceiptLinesAsync(text.Kind, text.Lines)).ConfigureAwait(false);
            if (end is DialogueEnd.Aborted { Code: ZvtResult.AlreadyReversed } || Done(reversal)) return new CardOutcome.Reversed();
            return new CardOutcome.Unknown($"receipt {receipt} was not reversed: {Why(end, reversal)}");
        }
        catch (DeviceLostException) when (Done(reversal))
        {
            return new CardOutcome.Reversed();
        }
    }

    private static bool Done(TerminalDialogue reversal) => reversal.Statuses is [{ Approved: true }];

    private static string Why(DialogueEnd end, TerminalDialogue reversal) => end switch
    {
        DialogueEnd.Aborted aborted => ResultText.Of(aborted.Code),
        DialogueEnd.Refused refused => ResultText.Of(refused.Code),
        _ => reversal.Statuses is [.., { Result: { } result }] ? ResultText.Of(result) : "no status came",
    };

    private static Task<CardOutcome> Told(CardOutcome outcome) => Task.FromResult(outcome);

    private static Task<CardOutcome> Ambiguous(string why) => Told(new CardOutcome.Unknown(why));

    private enum Age
    {
        Older,
        Ours,
        Newer,
    }
}
