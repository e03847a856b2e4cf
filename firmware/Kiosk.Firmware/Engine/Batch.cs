using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>What follows from the inputs of one transaction, before it is durable.</summary>
internal sealed class Batch(HallState state, long lastSeq)
{
    private readonly Dictionary<string, AnsweredRequests.Place> _here = [];

    public HallState State { get; private set; } = state;

    public List<Entry> Entries { get; } = [];

    /// <summary>Each with the place of its events among <see cref="Entries"/>.</summary>
    public List<(HallEngine.Asked Asked, int First, int Count)> Accepted { get; } = [];

    public List<(HallEngine.Asked Asked, Rejection Rejection)> Rejected { get; } = [];

    /// <summary>Requests answered before, in this batch or an earlier one.</summary>
    public List<(HallEngine.Asked Asked, AnsweredRequests.Place Place)> Earlier { get; } = [];

    public DateTimeOffset At(DateTimeOffset before) => Entries.Count > 0 ? Entries[^1].At : before;

    public void Decide(HallEngine.Asked asked, DateTimeOffset at, AnsweredRequests answered)
    {
        var request = asked.Request;
        if (answered.Find(request.RequestId) is { } earlier || _here.TryGetValue(request.RequestId, out earlier))
        {
            Earlier.Add((asked, earlier));
            return;
        }

        var decision = HallDecider.Decide(State, request.Command, at);
        if (decision.Rejection is { } rejection)
        {
            Rejected.Add((asked, rejection));
            return;
        }

        State = HallDecider.Evolve(State, decision, at);
        var first = Entries.Count;
        foreach (var fact in decision.Events)
        {
            Entries.Add(new(at, fact, Entries.Count == first ? AnsweredRequests.Write(request) : null, request.Source, request.Who));
        }

        _here.Add(request.RequestId, new(lastSeq + first + 1, decision.Events.Length, request.Mark));
        Accepted.Add((asked, first, decision.Events.Length));
    }
}
