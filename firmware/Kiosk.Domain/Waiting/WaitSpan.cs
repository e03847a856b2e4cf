namespace Kiosk.Domain.Waiting;

/// <summary>A promise by the clock: between when and when its customer should be called. To five minutes, outwards, as people read a clock.</summary>
/// <param name="From">Null: nothing is said but the latest.</param>
public sealed record WaitSpan(DateTimeOffset? From, DateTimeOffset To)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    public static WaitSpan Of(WaitRange told, DateTimeOffset issued)
    {
        var (from, to) = (Down(issued.AddMinutes(told.From)), Down(issued.AddMinutes(told.To) + Step - TimeSpan.FromTicks(1)));
        return new(told.From > 0 && from > issued ? from : null, to);
    }

    // The offsets of all zones are whole quarters of an hour: five minutes are the same on every wall.
    private static DateTimeOffset Down(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % Step.Ticks));
}
