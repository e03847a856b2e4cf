using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>Where in the journal each answered request of the business day stands. Rebuilt by recovery; used by the engine alone.</summary>
internal sealed class AnsweredRequests
{
    private Dictionary<string, Place> _places = [];

    public readonly record struct Place(long Seq, int Count, string Mark);

    public Place? Find(string requestId) => _places.TryGetValue(requestId, out var place) ? place : null;

    public void Add(Request request, long seq, int count) => _places[request.RequestId] = new(seq, count, request.Mark);

    /// <summary>Forgets requests of closed days, all but the last one.</summary>
    public void ForgetBefore(long seq)
    {
        _places = _places.Where(pair => pair.Value.Seq >= seq).ToDictionary();
    }

    /// <summary>As it stands in the journal: the id, and the mark where there is one.</summary>
    public static string Write(Request request) => request.Mark.Length == 0 ? request.RequestId : $"{request.RequestId} {request.Mark}";

    /// <summary>Learns from the day's events, in order: a decision's first event carries the request, the others follow it.</summary>
    public void Learn(Recorded recorded, ref string? current)
    {
        if (recorded.Request is { } written)
        {
            var (id, mark) = written.IndexOf(' ', StringComparison.Ordinal) is var blank and >= 0 ? (written[..blank], written[(blank + 1)..]) : (written, "");
            _places[id] = new(recorded.Seq, 1, mark);
            current = id;
        }
        else if (current is not null)
        {
            var place = _places[current];
            _places[current] = place with { Count = place.Count + 1 };
        }
    }
}
