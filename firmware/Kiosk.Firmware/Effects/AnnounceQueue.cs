using System.Collections.Immutable;
using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Effects;

/// <param name="Calls">1 for the first call, 2 for the first recall.</param>
/// <param name="Since">Time stamp of <see cref="TimeProvider"/> at which it was called.</param>
internal sealed record PendingCall(TicketId Ticket, TicketNumber Number, string Language, CounterId Counter, int Calls, long Since);

internal enum WhyNotSaid
{
    /// <summary>More calls came than one voice can say; newer ones are worth more.</summary>
    TooMany,

    /// <summary>It waited longer than the loudspeaker's deadline.</summary>
    TooOld,

    /// <summary>The customer is at the counter, or was called elsewhere, or is marked no-show.</summary>
    NoLongerCalled,
}

/// <summary>
/// Calls that wait for one loudspeaker, first in first out. They are perishable: a call that is said late sends somebody to a counter that serves another by
/// then. Used by one thread at a time.
/// </summary>
/// <param name="dropped">Told of each call that is not said.</param>
internal sealed class AnnounceQueue(TimeSpan deadline, TimeProvider time, Action<PendingCall, WhyNotSaid> dropped)
{
    /// <summary>Half a minute of speech: what is behind it would be too old anyway.</summary>
    public const int Limit = 6;

    private ImmutableList<PendingCall> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>A recall takes the place of the same ticket's call that has not been said yet.</summary>
    public void Add(PendingCall call)
    {
        var same = _waiting.FindIndex(waiting => waiting.Ticket == call.Ticket);
        _waiting = same < 0 ? _waiting.Add(call) : _waiting.SetItem(same, call);
        if (_waiting.Count > Limit) Drop(WhyNotSaid.TooMany);
    }

    /// <summary>The next one that is still true, or null.</summary>
    public PendingCall? Next(HallState hall)
    {
        while (_waiting.Count > 0)
        {
            var call = _waiting[0];
            if (!StillCalled(call, hall)) Drop(WhyNotSaid.NoLongerCalled);
            else if (time.GetElapsedTime(call.Since) > deadline) Drop(WhyNotSaid.TooOld);
            else
            {
                _waiting = _waiting.RemoveAt(0);
                return call;
            }
        }

        return null;
    }

    private static bool StillCalled(PendingCall call, HallState hall) =>
        hall.Tickets.TryGetValue(call.Ticket, out var ticket) && ticket.Phase == TicketPhase.Called && ticket.Counter == call.Counter && ticket.Calls == call.Calls;

    private void Drop(WhyNotSaid why)
    {
        var call = _waiting[0];
        _waiting = _waiting.RemoveAt(0);
        dropped(call, why);
    }
}
