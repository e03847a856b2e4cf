namespace Kiosk.Simulation.Day;

/// <summary>All chance of a simulated day: one seed, the same day.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public bool Percent(int percent) => _random.Next(100) < percent;

    public int Below(int limit) => _random.Next(limit);

    public T One<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    public TimeSpan Between(double fromSeconds, double toSeconds) => Seconds(fromSeconds + (toSeconds - fromSeconds) * _random.NextDouble());

    public TimeSpan Exponential(TimeSpan mean) => Seconds(-Math.Log(1 - _random.NextDouble()) * mean.TotalSeconds);

    /// <summary>Service times are skewed: many short ones and a few very long (log-normal, sigma 0.6).</summary>
    public TimeSpan Skewed(TimeSpan mean)
    {
        const double Sigma = 0.6;
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return Seconds(mean.TotalSeconds * Math.Exp(Sigma * normal - Sigma * Sigma / 2));
    }

    public string Code(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdefghjkmnpqrstvwxyz"[_random.Next(32)]));

    // Whole milliseconds: the journal keeps microseconds, and a day must come out the same twice.
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
}
