namespace Kiosk.Domain.Waiting;

/// <summary>
/// A promise as people say it. Rounded outwards: it never claims more than the promise. The numbers are those that people say of a wait, none more than twice the one
/// before it and from 10 on none more than half as much again, so that rounding costs little beside the width that a promise has anyway.
/// </summary>
/// <param name="From">Minutes. 0: nothing is said of the shortest wait, only that it is <c>up to</c> so long.</param>
/// <param name="To">Minutes, above <paramref name="From"/>.</param>
public sealed record WaitRange(int From, int To)
{
    /// <summary>Minutes; above the last one half hours.</summary>
    private static readonly int[] Steps = [2, 3, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90];

    private const int HalfHour = 30, Hour = 60;

    /// <summary>Above it people speak of hours.</summary>
    private const int LongestInMinutes = 90;

    /// <summary>The upper end is said in hours, in halves of them.</summary>
    public bool InHours => To > LongestInMinutes;

    /// <summary>The lower end as well.</summary>
    public bool FromInHours => InHours && From >= Hour;

    public static WaitRange Of(WaitPromise promise)
    {
        var (from, to) = (Down(promise.From), Up(promise.To));
        if (to <= from) to = After(from);

        // "75 minutes to 2 hours" nobody says.
        return new(to > LongestInMinutes && from > Hour ? from / HalfHour * HalfHour : from, to);
    }

    /// <summary>What a screen goes on showing: the range before, as long as it is still true and hardly wider than the new one, so that it does not flicker between two.</summary>
    public static WaitRange Of(WaitPromise promise, WaitRange? before)
    {
        var now = Of(promise);
        if (before is null || before.From > now.From || before.To < now.To) return now;
        return Rank(now.From) - Rank(before.From) <= 1 && Rank(before.To) - Rank(now.To) <= 1 ? before : now;
    }

    /// <summary>Whether a wait of so many seconds keeps what was said.</summary>
    public bool Holds(double wait) => From * 60 <= wait && wait <= To * 60;

    /// <summary><c>10 to 20 min</c>, <c>up to 5 min</c>: for logs.</summary>
    public override string ToString() => From == 0 ? FormattableString.Invariant($"up to {To} min") : FormattableString.Invariant($"{From} to {To} min");

    private static int Down(int seconds)
    {
        if (seconds >= (LongestInMinutes + HalfHour) * 60) return seconds / (HalfHour * 60) * HalfHour;
        return Steps.LastOrDefault(step => step * 60 <= seconds);
    }

    private static int Up(int seconds) =>
        Steps.FirstOrDefault(step => seconds <= step * 60) is > 0 and var step ? step : (seconds + (HalfHour * 60) - 1) / (HalfHour * 60) * HalfHour;

    private static int After(int minutes) => Steps.FirstOrDefault(step => step > minutes) is > 0 and var step ? step : minutes + HalfHour;

    private static int Rank(int minutes) => Steps.Count(step => step <= minutes) + (Math.Max(0, minutes - LongestInMinutes) / HalfHour);
}
