using Kiosk.Hardware.Cash.Emulation;
using static Kiosk.Hardware.Cash.Ssp.SspProtocol;

namespace Kiosk.Hardware.Cash.Ssp.Emulation;

/// <summary>What it tells when it is polled.</summary>
internal sealed partial class SspMachine
{
    /// <summary>Not told yet, and told but not acknowledged: both outlive the power.</summary>
    private readonly List<SspEvent> _untold = [], _unacknowledged = [];

    private uint _stacked = 1204, _rejected = 88;
    private bool _reset = true, _escrowTold, _towardsBox;

    /// <summary>No further note before these are acknowledged.</summary>
    private bool Pending => _unacknowledged.Count > 0 || _untold.Any(one => one.WantsAck);

    private void Happened(TillEvent happened, long minor)
    {
        var channel = Channel(minor)?.Number ?? 0;
        switch (happened)
        {
            case TillEvent.Escrowed: (_escrowTold, _towardsBox) = (false, false); break;
            case TillEvent.Kept:
                // The validator is past the point where a note can come back when it credits.
                _stacked++;
                _untold.AddRange([new SspEvent(SspEventCode.Credit, channel), new SspEvent(SspEventCode.Stacked)]);
                break;
            case TillEvent.GivenBack:
                _rejected++;
                _untold.Add(new SspEvent(SspEventCode.Rejected));
                break;
            case TillEvent.Pulled when _towardsBox: _untold.Add(new SspEvent(SspEventCode.FraudAttempt, channel)); break;
            case TillEvent.Pulled: _untold.Add(new SspEvent(SspEventCode.Rejected)); break;
            case TillEvent.BoxPut: _untold.Add(new SspEvent(SspEventCode.CashBoxReplaced)); break;
            default: break;
        }
    }

    private byte[]? PollNow(bool withAck)
    {
        // A poll behind the one that told of a note takes it.
        if (Till.Place == TillPlace.Escrow && _escrowTold)
        {
            if (_own == ResetAtStack)
            {
                _own = null;
                LosePower();
                return null;
            }

            _towardsBox = true;
            Till.Stack();
        }

        List<SspEvent> events = [.. _unacknowledged, .. _untold];
        if (_reset) events.Insert(0, new SspEvent(SspEventCode.Reset));
        if (withAck) _unacknowledged.AddRange(_untold.Where(one => one.WantsAck));
        else _unacknowledged.Clear();
        _untold.Clear();
        _reset = false;
        events.AddRange(Conditions());
        return [Ok, .. events.SelectMany(one => one.ToBytes())];
    }

    /// <summary>Told as long as they last.</summary>
    private IEnumerable<SspEvent> Conditions()
    {
        if (!_enabled) yield return new SspEvent(SspEventCode.Disabled);
        if (Till.BoxState == CashBoxState.Removed) yield return new SspEvent(SspEventCode.CashBoxRemoved);
        if (Till.BoxState == CashBoxState.Full) yield return new SspEvent(SspEventCode.StackerFull);
        switch (Till.Place)
        {
            case TillPlace.Escrow when !_escrowTold:
                _escrowTold = true;
                yield return new SspEvent(SspEventCode.Read, Channel(Till.Item)!.Number);
                break;
            case TillPlace.TowardsBox: yield return new SspEvent(SspEventCode.Stacking); break;
            case TillPlace.TowardsCustomer: yield return new SspEvent(SspEventCode.Rejecting); break;
            case TillPlace.Stuck: yield return new SspEvent(_towardsBox ? SspEventCode.SafeJam : SspEventCode.UnsafeJam); break;
            default: break;
        }
    }

    private bool Acknowledge()
    {
        if (_unacknowledged.Count == 0) return false;
        if (_own == RepeatCredit && _unacknowledged.Any(one => one.Code == SspEventCode.Credit))
        {
            _own = null;
            _untold.AddRange(_unacknowledged.Where(one => one.Code == SspEventCode.Credit));
        }

        _unacknowledged.Clear();
        return true;
    }
}
