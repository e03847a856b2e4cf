using System.Collections.Immutable;

namespace Kiosk.Hardware;

/// <param name="From">Hall time.</param>
public readonly record struct DayStep(TimeOnly From, int Value);

/// <summary>A number that follows the time of day, as a display's brightness or the volume of an announcer.</summary>
/// <param name="Steps">At least one, in the order of the day. Before the first one the last one of the day before still counts.</param>
public sealed record DayPlan(ImmutableArray<DayStep> Steps)
{
    public static DayPlan Always(int value) => new([new DayStep(TimeOnly.MinValue, value)]);

    public int At(DateTimeOffset now, TimeZoneInfo zone)
    {
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var last = Steps[^1].Value;
        foreach (var step in Steps)
        {
            if (step.From > time) break;
            last = step.Value;
        }

        return last;
    }
}
