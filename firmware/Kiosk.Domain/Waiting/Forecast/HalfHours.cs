using System.Collections.Immutable;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Waiting.Forecast;

/// <param name="Minute">From midnight to its beginning, by the clock on the wall.</param>
/// <param name="Share">The part of it in which the hall is open, above 0 up to 1.</param>
public readonly record struct OpenHalf(int Minute, double Share);

/// <summary>The half hours of a day in which the hall is open.</summary>
public static class HalfHours
{
    public const int Minutes = 30;

    private const int Day = 24 * 60;

    public static ImmutableArray<OpenHalf> Within(ImmutableArray<OpenSpan> spans) =>
    [
        .. from minute in Enumerable.Range(0, Day / Minutes).Select(index => index * Minutes)
           let open = spans.Sum(span => Overlap(span, minute))
           where open > 0
           select new OpenHalf(minute, (double)open / Minutes),
    ];

    /// <returns>Minutes of that half hour which lie in the span.</returns>
    public static int Overlap(OpenSpan span, int minute)
    {
        var (from, until) = (Of(span.From), span.Until == TimeOnly.MinValue ? Day : Of(span.Until));
        return Math.Max(0, Math.Min(until, minute + Minutes) - Math.Max(from, minute));
    }

    private static int Of(TimeOnly time) => (int)time.ToTimeSpan().TotalMinutes;
}
