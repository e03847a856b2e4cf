using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>The status information of a payment, and what it is answered with: here money moves or does not.</summary>
internal sealed partial class CardPayment
{
    private Task<CardVerdict>? _deciding;
    private StatusInformation? _held;
    private int _repeats;

    private Task TakeStatusAsync(StatusInformation status) => (_stage, status) switch
    {
        (Stage.Running, { Approved: true }) when Fits(status) => HoldAsync(status),
        (Stage.Running, { Approved: true }) => VoidUnwantedAsync(),
        (Stage.Hold, { Approved: true }) when _known is null && Same(status) => AnswerHeldAsync(),

        // 80 00 00 said again for the same payment commits nothing more.
        (Stage.Committing, { Approved: true }) when Same(status) => talk.AnswerAsync(Yes),
        (Stage.Voiding, { Approved: true }) when _known is null => talk.AnswerAsync(TakeBack),
        (Stage.Running, { Result: not null }) => LearnAsync(NotPaid(status.Result)),
        (Stage.Hold or Stage.Voiding, { Result: not ZvtResult.Done and not null }) => LearnAsync(new CardOutcome.Reversed()),

        // Without a result it is no authorisation, and must not become one by our answer.
        (Stage.Running, _) => RefuseAsync(),
        (Stage.Voiding, { Result: null }) => talk.AnswerAsync(TakeBack),
        _ => throw Contradicted(),
    };

    private bool Fits(StatusInformation status) =>
        status.Amount == amount.Minor && (status.Currency is null || status.Currency == options.CurrencyNumber) && !status.IsReversal;

    private bool Same(StatusInformation status) => Fits(status) && status.Receipt == _held!.Receipt && status.TerminalId == _held.TerminalId;

    private async Task HoldAsync(StatusInformation status)
    {
        // A decline that is followed by an authorisation within the same dialogue was one of its attempts only: a wrong PIN.
        (_known, _stage, _held) = (null, Stage.Hold, status);
        Slip = Slips.Of(status, amount, terminalId);
        await steps.AuthorisedAsync(Slip).ConfigureAwait(false);
        _deciding = steps.DecideAsync(Slip, _hurry.Token);
        await DecidedWithinAsync(Grace).ConfigureAwait(false);
        await AnswerHeldAsync().ConfigureAwait(false);
    }

    /// <summary>The terminal asks: not yet, yes, or take it back.</summary>
    private async Task AnswerHeldAsync()
    {
        if (!_deciding!.IsCompleted)
        {
            if (++_repeats >= ZvtCommands.RepeatsBeforeHurry) await _hurry.CancelAsync().ConfigureAwait(false);
            await talk.AnswerAsync(NotYet).ConfigureAwait(false);
            return;
        }

        var commit = await _deciding.ConfigureAwait(false) == CardVerdict.Commit;
        _stage = commit ? Stage.Committing : Stage.Voiding;
        await talk.AnswerAsync(commit ? Yes : TakeBack).ConfigureAwait(false);
    }

    private async Task DecidedWithinAsync(TimeSpan patience)
    {
        if (_deciding!.IsCompleted) return;
        using var stop = new CancellationTokenSource();
        await Task.WhenAny(_deciding, talk.Lost, Task.Delay(patience, time, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Another amount than was asked for: as a tip at the terminal would make it.</summary>
    private async Task VoidUnwantedAsync()
    {
        await steps.ReversingAsync().ConfigureAwait(false);
        (_known, _stage) = (null, Stage.Voiding);
        await talk.AnswerAsync(TakeBack).ConfigureAwait(false);
    }

    private Task LearnAsync(CardOutcome outcome)
    {
        _known = outcome;
        return talk.AnswerAsync(Yes);
    }

    private Task RefuseAsync()
    {
        _known = NotPaid(null);
        return talk.AnswerAsync(TakeBack);
    }

    /// <summary>Such a status cannot be: nothing that was thought known still is.</summary>
    private DeviceLostException Contradicted()
    {
        _known = null;
        return talk.Lose(DeviceFault.NotUnderstood, $"a status that contradicts the one before, while {_stage}");
    }
}
