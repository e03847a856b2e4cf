namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>What moves money, one at a time.</summary>
internal sealed partial class ZvtTerminal
{
    /// <summary>BMP 04 has twelve digits.</summary>
    private const long MostMinor = 999_999_999_999;

    private static DeviceHealth Unsettled { get; } = DeviceHealth.OutOfService(DeviceFault.OutcomeUnknown, "nobody knows whether the last payment was taken");

    public async Task<CardOutcome> PayAsync(CardAmount amount, ICardSteps steps, CancellationToken abort, CancellationToken cancel)
    {
        if (amount.Minor is < 1 or > MostMinor) throw new ArgumentOutOfRangeException(nameof(amount), amount.Minor, $"allowed: 1 to {MostMinor}");
        using var turn = await TurnAsync(cancel).ConfigureAwait(false);
        if (turn is null || abort.IsCancellationRequested || cancel.IsCancellationRequested) return new CardOutcome.NotPaid(CardRefusal.Aborted, "");
        if (!CanPay) return new CardOutcome.NotPaid(CardRefusal.NotReady, "");
        if (amount.Currency != _options.Currency)
        {
            LogCurrency(amount.Currency, _options.Currency);
            return new CardOutcome.NotPaid(CardRefusal.NotReady, "");
        }

        using var payment = new CardPayment(_talk, _options, _commands, amount, TerminalId, steps, _time);
        var outcome = await payment.RunAsync(abort, cancel).ConfigureAwait(false);
        Learn(outcome);
        return outcome;
    }

    public async Task<CardOutcome> SettleAsync(CardDoubt doubt, ICardSteps steps, CancellationToken cancel)
    {
        using var turn = await TurnAsync(cancel).ConfigureAwait(false);
        if (turn is null || _talk.Lost.IsCompleted) return new CardOutcome.Unknown("the terminal could not be asked");
        try
        {
            if (!_registered && await RegisterAsync(cancel).ConfigureAwait(false) is { } refused)
                return new CardOutcome.Unknown($"registration refused: {ResultText.Of(refused)}");
        }
        catch (DeviceLostException lost)
        {
            return new CardOutcome.Unknown(lost.Message);
        }

        var outcome = await new DoubtSettlement(_talk, _options, _commands, TerminalId, steps, _time).RunAsync(doubt, cancel).ConfigureAwait(false);

        // The terminal was asked and has no more to tell: what is unknown now is a case of the ledger's, which locks card payment itself.
        _unsettled = false;
        SetHealth(DeviceHealth.Ok);
        LogSettled(outcome.GetType().Name, (outcome as CardOutcome.Unknown)?.Why ?? "");
        return outcome;
    }

    public async Task<CardTotals?> EndOfDayAsync(CancellationToken cancel)
    {
        using var turn = await TurnAsync(cancel).ConfigureAwait(false);
        if (turn is null || !_registered || _unsettled || _talk.Lost.IsCompleted) return null;
        var dialogue = new TerminalDialogue(_talk, _options.T4, _time);
        try
        {
            var end = await dialogue.RunAsync(_commands.EndOfDay, movesMoney: true, cancel).ConfigureAwait(false);
            if (end is DialogueEnd.Completed && TotalsOf(dialogue) is { } totals)
            {
                SetHealth(DeviceHealth.Ok);
                return totals;
            }

            SetHealth(DeviceHealth.Degraded(DeviceFault.Broken, $"end of day: {Why(end, dialogue)}"));
        }
        catch (DeviceLostException lost)
        {
            SetHealth(DeviceHealth.OutOfService(lost.Fault, lost.Message));
        }

        return null;
    }

    /// <summary>A batch without a payment may come without totals; one with an amount may not.</summary>
    private CardTotals? TotalsOf(TerminalDialogue dialogue)
    {
        if (dialogue.Statuses is not [.., { Approved: true } last]) return null;
        if (last.Totals is not { } batch) return last.Amount is null or 0 ? new CardTotals(0, new CardAmount(0, _options.Currency), 0, 0, []) : null;
        var lines = batch.Lines.Where(line => line.Count > 0).ToList();
        var sum = lines.Sum(line => line.Minor);
        return last.Amount is { } told && told != sum
            ? null
            : new CardTotals(lines.Sum(line => line.Count), new CardAmount(sum, _options.Currency), batch.FirstReceipt, batch.LastReceipt, lines);
    }

    private static string Why(DialogueEnd end, TerminalDialogue dialogue) => (end, dialogue.Statuses) switch
    {
        (DialogueEnd.Refused refused, _) => ResultText.Of(refused.Code),
        (DialogueEnd.Aborted aborted, _) => ResultText.Of(aborted.Code),
        (_, [.., { Result: { } result and not ZvtResult.Done }]) => ResultText.Of(result),
        _ => "finished, but its totals do not fit",
    };

    private void Learn(CardOutcome outcome)
    {
        switch (outcome)
        {
            case CardOutcome.Unknown unknown:
                _unsettled = true;
                LogUnknown(unknown.Why);
                SetHealth(Unsettled);
                break;
            case CardOutcome.NotPaid { Reason: CardRefusal.Refused } refused:
                LogRefused(refused.Code);
                LearnRefusal(Convert.FromHexString(refused.Code)[0]);
                break;
            case CardOutcome.Paid paid: LogPaid(paid.Slip.Receipt); break;
            default: LogNotPaid(outcome.GetType().Name); break;
        }
    }

    private void LearnRefusal(byte code)
    {
        if (code is not (ZvtResult.NotRegistered or ZvtResult.EndOfDayDue or ZvtResult.DiagnosisRequired or ZvtResult.Busy or ZvtResult.PrinterNotReady)) return;
        _registered &= code != ZvtResult.NotRegistered;
        _diagnosisDue |= code == ZvtResult.DiagnosisRequired;
        SetHealth(TerminalHealth.OfState(code, told: true, trouble: null));
    }

    /// <returns>Null: the host stopped first.</returns>
    private async Task<Turn?> TurnAsync(CancellationToken cancel)
    {
        try
        {
            await _turn.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        _busy = true;
        return new Turn(this);
    }

    private sealed class Turn(ZvtTerminal terminal) : IDisposable
    {
        public void Dispose()
        {
            terminal._busy = false;
            terminal._turn.Release();
        }
    }
}
