using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Reports;

/// <summary>Scores what customers were told when they took their numbers: at the first call, unless somebody sent them elsewhere before.</summary>
internal sealed class PromiseTally
{
    private readonly Dictionary<TicketId, (ServiceId Service, DateTimeOffset At, int? Made)> _waiting = [];
    private readonly Dictionary<ServiceId, int> _lastServed = [];
    private readonly List<PromiseOutcome> _made = [];

    /// <summary>In the order of issue.</summary>
    public IReadOnlyList<PromiseOutcome> Made => [.. _made];

    public PromiseFigures? Total => PromiseFigures.Sum(_made.Select(PromiseFigures.Of));

    public PromiseFigures? Of(string service) => PromiseFigures.Sum(_made.Where(one => one.Service == service).Select(PromiseFigures.Of));

    public void Add(HallEvent fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case TicketIssued e: Issue(e, at); break;
            case TicketCalled e: Call(e.Ticket, at); break;
            case TicketTransferred e: _waiting.Remove(e.Ticket); break;
            case TicketCancelled e: _waiting.Remove(e.Ticket); break;
            case TicketAbandoned e: _waiting.Remove(e.Ticket); break;
        }
    }

    private void Issue(TicketIssued issued, DateTimeOffset at)
    {
        int? made = null;
        if (issued.Promise is { } promise)
        {
            made = _made.Count;
            _made.Add(new(issued.Number, issued.Service.Value, at, promise, _lastServed.TryGetValue(issued.Service, out var last) ? last : null));
        }

        _waiting[issued.Ticket] = (issued.Service, at, made);
    }

    // Whoever comes back from hold or as a no-show has had a first call.
    private void Call(TicketId id, DateTimeOffset at)
    {
        if (!_waiting.Remove(id, out var ticket)) return;

        var wait = (int)(at - ticket.At).TotalSeconds;
        _lastServed[ticket.Service] = wait;
        if (ticket.Made is { } made) _made[made] = _made[made] with { Wait = wait };
    }
}
