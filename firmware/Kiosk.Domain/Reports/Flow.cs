using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Reports;

/// <summary>What became of the tickets that were issued: each counts once, by where it stands or how it ended last.</summary>
/// <param name="Issued">Counted when they are issued; all others when the report is made, so that <see cref="AddsUp"/> is worth asking.</param>
/// <param name="Abandoned">Still there when the day was closed.</param>
/// <param name="Waiting">In line. Like the two that follow, 0 once the day is closed.</param>
/// <param name="AtCounter">Called or being served.</param>
public sealed record Flow(int Issued, int Served, int NoShow, int Cancelled, int Abandoned, int Waiting, int AtCounter, int Held)
{
    public static Flow None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Not ended yet.</summary>
    [JsonIgnore]
    public int Open => Waiting + AtCounter + Held;

    [JsonIgnore]
    public bool AddsUp => Issued == Served + NoShow + Cancelled + Abandoned + Open;

    public static Flow Sum(IEnumerable<Flow> flows) => flows.Aggregate(None, (a, b) => new(
        a.Issued + b.Issued,
        a.Served + b.Served,
        a.NoShow + b.NoShow,
        a.Cancelled + b.Cancelled,
        a.Abandoned + b.Abandoned,
        a.Waiting + b.Waiting,
        a.AtCounter + b.AtCounter,
        a.Held + b.Held));

    internal static Flow Of(int issued, IEnumerable<TicketPhase> phases)
    {
        var count = phases.CountBy(phase => phase).ToDictionary();
        int N(TicketPhase phase) => count.GetValueOrDefault(phase);
        return new(
            issued,
            N(TicketPhase.Finished),
            N(TicketPhase.NoShow),
            N(TicketPhase.Cancelled),
            N(TicketPhase.Abandoned),
            N(TicketPhase.Waiting),
            N(TicketPhase.Called) + N(TicketPhase.Serving),
            N(TicketPhase.Held));
    }
}
