using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>One authorisation, from 06 01 to its outcome: the rows sent, running, ending, hold, committing and voiding of the table in devices.md.</summary>
internal sealed partial class CardPayment(
    TerminalTalk talk, ZvtOptions options, ZvtCommands commands, CardAmount amount, string? terminalId, ICardSteps steps, TimeProvider time)
    : IDisposable
{
    /// <summary>A decision that takes no longer is waited for before the terminal is told to wait: it asks again only every two seconds.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly T4Clock _t4 = new(options.T4, time);
    private readonly CancellationTokenSource _hurry = new();
    private long _startedAt;
    private Stage _stage = Stage.Running;
    private bool _abortAsked;

    /// <summary>Set as soon as nothing that comes can change it any more, a broken link least of all.</summary>
    private CardOutcome? _known;

    private enum Stage
    {
        Running,
        Hold,
        Committing,
        Voiding,
    }

    /// <summary>The newest receipt that was heard of, or null.</summary>
    public CardSlip? Slip { get; private set; }

    /// <summary>Sends 06 01 once, and never again whatever comes of it.</summary>
    public async Task<CardOutcome> RunAsync(CancellationToken abort, CancellationToken cancel)
    {
        await steps.SendingAsync().ConfigureAwait(false);
        var before = talk.BytesWritten;
        var ended = false;
        try
        {
            _startedAt = time.GetTimestamp();
            var refused = await talk.CommandAsync(commands.Authorise(amount), movesMoney: true).ConfigureAwait(false);
            var outcome = refused is { } code ? new CardOutcome.NotPaid(CardRefusal.Refused, $"{code:X2}") : await ConverseAsync(abort, cancel).ConfigureAwait(false);
            ended = true;
            return outcome;
        }
        catch (DeviceLostException lost)
        {
            if (talk.BytesWritten == before) return new CardOutcome.NotPaid(CardRefusal.NotReady, "");
            return _known ?? new CardOutcome.Unknown(lost.Message);
        }
        finally
        {
            // Whoever decides has to come to an end before the outcome is told, and a step that failed leaves the terminal in the middle.
            await _hurry.CancelAsync().ConfigureAwait(false);
            if (!ended) talk.Lose(DeviceFault.Broken, "the payment ended before the terminal did");
            if (_deciding is not null) await _deciding.ConfigureAwait(false);
        }
    }

    public void Dispose() => _hurry.Dispose();

    private async Task<CardOutcome> ConverseAsync(CancellationToken abort, CancellationToken cancel)
    {
        _t4.Restart();
        while (true)
        {
            // Once it is authorised the customer decides nothing any more.
            var stoppable = _stage == Stage.Running && !_abortAsked && _known is null;
            using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancel, stoppable ? abort : CancellationToken.None);
            var message = await talk.NextAsync(_t4.Left, wake.Token).ConfigureAwait(false);
            if (message is not null)
            {
                if (await TakeAsync(message).ConfigureAwait(false) is { } outcome) return outcome;
            }
            else if (cancel.IsCancellationRequested) throw talk.Lose(DeviceFault.Silent, "the host stopped within a payment");
            else if (stoppable && abort.IsCancellationRequested) await AskToAbortAsync().ConfigureAwait(false);
            else throw talk.Lose(DeviceFault.Silent, "no sign of life within a payment");
        }
    }

    /// <summary>06 B0 may be refused; its answer comes among the other messages.</summary>
    private async Task AskToAbortAsync()
    {
        _abortAsked = true;
        await talk.AnswerAsync(ZvtCommands.Abort).ConfigureAwait(false);
    }

    private async Task<CardOutcome?> TakeAsync(Apdu message)
    {
        switch (message.Command)
        {
            case Intermediate:
                _t4.Restart(message.Data);
                if (message.Data is [var shown, ..]) steps.Showing(shown);
                await talk.AnswerAsync(Yes).ConfigureAwait(false);
                return null;
            case Status:
                _t4.Restart();
                await TakeStatusAsync(StatusInformation.Read(message.Data) ?? throw talk.Lose(DeviceFault.NotUnderstood, $"{message} is malformed")).ConfigureAwait(false);
                return null;
            case PrintLine or PrintBlock:
                await PrintAsync(message).ConfigureAwait(false);
                return null;
            case Completion: return await EndAsync(Completed()).ConfigureAwait(false);
            case AbortByTerminal: return await EndAsync(Aborted(message.Data is [var code, ..] ? code : null)).ConfigureAwait(false);
            case { } when message.IsAnswer: return null;
            default:
                await talk.AnswerAsync(CannotDo).ConfigureAwait(false);
                return null;
        }
    }

    private async Task PrintAsync(Apdu message)
    {
        var text = ReceiptText.Read(message) ?? throw talk.Lose(DeviceFault.NotUnderstood, $"{message} is malformed");
        await steps.ReceiptLinesAsync(text.Kind, text.Lines).ConfigureAwait(false);
        await talk.AnswerAsync(Yes).ConfigureAwait(false);
    }

    /// <summary>06 0F means paid behind a commitment only; behind a decline it is the end of it, anywhere else it says nothing of money.</summary>
    private CardOutcome Completed() => _known ?? (_stage == Stage.Committing
        ? new CardOutcome.Paid(Slip!)
        : new CardOutcome.Unknown($"06 0F while {_stage}"));

    private CardOutcome Aborted(byte? code) => _known ?? _stage switch
    {
        Stage.Running => NotPaid(code),
        Stage.Voiding => new CardOutcome.Reversed(),
        _ => new CardOutcome.Unknown($"06 1E {code:X2} while {_stage}"),
    };

    /// <summary>The outcome stands whether the answer reaches the terminal or not.</summary>
    private async Task<CardOutcome> EndAsync(CardOutcome outcome)
    {
        _known = outcome;
        await talk.AnswerAsync(Yes).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>6C is the abort key, the host's abort and the time-out in one: the clock and our own question tell them apart.</summary>
    private CardOutcome.NotPaid NotPaid(byte? code)
    {
        var late = time.GetElapsedTime(_startedAt) >= TimeSpan.FromSeconds(ZvtCommands.AnswerSeconds);
        var reason = code != ZvtResult.Aborted ? CardRefusal.Declined : _abortAsked || !late ? CardRefusal.Aborted : CardRefusal.TimedOut;
        return new CardOutcome.NotPaid(reason, code is { } known ? $"{known:X2}" : "");
    }
}
