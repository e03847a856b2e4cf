namespace Kiosk.Domain.Reports;

/// <summary>How long counters could serve in each half hour.</summary>
internal sealed class StaffedTally(DateOnly day, TimeZoneInfo zone)
{
    private readonly SortedDictionary<HalfHour, TimeSpan> _halves = [];

    /// <summary>A counter could serve all that time.</summary>
    public void Add(DateTimeOffset from, DateTimeOffset until)
    {
        for (var at = from; at < until;)
        {
            var local = TimeZoneInfo.ConvertTime(at, zone);
            var end = at + TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(local.TimeOfDay.Ticks % TimeSpan.FromMinutes(30).Ticks);
            if (end > until) end = until;
            var half = HalfHour.Of(at, day, zone);
            _halves[half] = _halves.GetValueOrDefault(half) + (end - at);
            at = end;
        }
    }

    /// <param name="running">What is not counted yet: nothing is changed by asking.</param>
    public IReadOnlyList<StaffedHalf> Halves(IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> running)
    {
        var all = new StaffedTally(day, zone);
        foreach (var (half, time) in _halves) all._halves[half] = time;
        foreach (var (from, until) in running) all.Add(from, until);
        return [.. all._halves.Select(pair => new StaffedHalf(pair.Key.Minute, pair.Key.Offset, (long)pair.Value.TotalSeconds))];
    }
}
