using static Kiosk.Hardware.Cash.Ssp.SspProtocol;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>What the validator tells, event by event, and what it is told to do with a note.</summary>
internal sealed partial class SspAcceptor
{
    /// <summary>So long a fraud attempt is shown.</summary>
    private static readonly TimeSpan FraudShown = TimeSpan.FromMinutes(1);

    private bool _jammed, _pathOpen;
    private long? _fraudAt;

    /// <returns>True: an order to stack was given, and the next poll is what carries it out.</returns>
    private async Task<bool> HearAsync(CashConversation conversation, IReadOnlyList<SspEvent> events)
    {
        foreach (var one in events) await HearAsync(conversation, one);
        if (events.Any(one => IsMotion(one.Code))) _quietSince = null;
        else _quietSince ??= Time.GetTimestamp();
        await LookAsync(conversation, events);

        // Last: from here to the next poll only HOLD or REJECT are allowed.
        return events.LastOrDefault(one => one is { Code: SspEventCode.Read, Channel: > 0 }) is { Channel: > 0 } read && await EscrowedAsync(conversation, read.Channel);
    }

    private async Task HearAsync(CashConversation conversation, SspEvent one)
    {
        switch (one.Code)
        {
            case SspEventCode.Credit or SspEventCode.ClearedToCashBox: await CreditedAsync(conversation, one); break;
            case SspEventCode.Rejected when _recovering && !_withAck && conversation.Stacking:
                // It may be the next one, that came in while nobody was there: the counter tells about this one.
                break;
            case SspEventCode.Rejected or SspEventCode.ClearedToFront: await conversation.ReturnedAsync(); break;
            case SspEventCode.SafeJam or SspEventCode.UnsafeJam: await DoubtAsync(conversation, $"the validator tells of a jam: {one}"); break;
            case SspEventCode.Reset: RecoverAfterReset(); break;
            case SspEventCode.Disabled: _enabled = false; break;
            case SspEventCode.FraudAttempt:
                _fraudAt = Time.GetTimestamp();
                _services.Log.Fraud(one.Channel);
                break;
            default: break;
        }
    }

    private static bool IsMotion(SspEventCode code) =>
        code is SspEventCode.Read or SspEventCode.Stacking or SspEventCode.Rejecting or SspEventCode.Initialising or SspEventCode.Reset;

    private void RecoverAfterReset()
    {
        _services.Log.WasReset();
        (_recovering, _enabled, _uninhibited) = (true, null, 0);
    }

    /// <summary>Box, jam and open path are told with every poll as long as they last.</summary>
    private async Task LookAsync(CashConversation conversation, IReadOnlyList<SspEvent> events)
    {
        bool Has(SspEventCode code) => events.Any(one => one.Code == code);
        (_jammed, _pathOpen) = (Has(SspEventCode.SafeJam) || Has(SspEventCode.UnsafeJam), Has(SspEventCode.NotePathOpen));
        var removed = Has(SspEventCode.CashBoxRemoved) && !Has(SspEventCode.CashBoxReplaced);
        var before = Box;
        Box = removed ? CashBoxState.Removed : Has(SspEventCode.StackerFull) ? CashBoxState.Full : CashBoxState.InPlace;
        if (removed && before != CashBoxState.Removed) await conversation.BoxAsync(inPlace: false);
        if (!removed && (before == CashBoxState.Removed || Has(SspEventCode.CashBoxReplaced))) await conversation.BoxAsync(inPlace: true);
        Become(HealthNow());
    }

    private DeviceHealth HealthNow()
    {
        if (CashBoxHealth.Of(Box) is { } box) return box;
        if (_jammed) return DeviceHealth.OutOfService(DeviceFault.Jam, "the validator tells of a jam");
        if (_pathOpen) return DeviceHealth.OutOfService(DeviceFault.CoverOpen, "the note path is open");
        return _fraudAt is { } at && Time.GetElapsedTime(at) < FraudShown ? DeviceHealth.Degraded(DeviceFault.FraudAttempt) : DeviceHealth.Ok;
    }

    /// <summary>A note waits in escrow. A poll would take it, so that only HOLD is sent until the ledger has decided.</summary>
    /// <returns>True: to be stacked, by the next poll.</returns>
    private async Task<bool> EscrowedAsync(CashConversation conversation, int channel)
    {
        // Told again although the order is given: the poll that follows is the order.
        if (conversation.Stacking) return false;
        if (_recovering || _unsettled is not null || Item(channel) is not { } item || !_wanted.Contains(item.Minor))
        {
            await _talk.AskAsync(Reject);
            return false;
        }

        var deciding = conversation.EscrowedAsync(item);
        try
        {
            while (!deciding.IsCompleted)
            {
                await _talk.AskAsync(Hold);
                await Task.WhenAny(deciding, Task.Delay(HoldEvery, Time));
            }
        }
        finally
        {
            // The ledger is told one thing at a time, also where the link went meanwhile.
            await ((Task)deciding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _orderedAt = Time.GetTimestamp();
        if (await deciding == CashOrder.Stack) return true;

        // CANNOT BE PROCESSED: it went back by itself, or was pulled. The events say it.
        await _talk.AskAsync(Reject);
        return false;
    }

    private CashItem? Item(int channel) =>
        Channels.FirstOrDefault(known => known.Number == channel) is { } found ? new CashItem(found.Number, found.Minor, found.Currency) : null;
}
