using System.Globalization;
using Kiosk.Domain.Hall;

namespace Kiosk.Simulation.Waits;

/// <summary>A day as it went.</summary>
internal sealed record BrokenDay(DateTimeOffset Midnight, IReadOnlyList<Visit> Visits, IReadOnlyList<Quote> Quotes);

/// <summary>
/// What customers are told about the wait when the hall does what it never did: all clerks at lunch, a service that opens late, a burst of 50 people. Ranges must widen, be withdrawn where they fail, and come back.
/// </summary>
internal sealed class BrokenDays(int days, int seed, TextWriter output)
{
    private static readonly DateOnly First = new(2026, 1, 5);
    private static readonly TimeSpan Lunch = TimeSpan.FromHours(12), Back = TimeSpan.FromHours(12.75), Late = TimeSpan.FromHours(11), Burst = TimeSpan.FromHours(11), Evening = TimeSpan.FromHours(15.25);

    private readonly List<string> _failures = [];
    private readonly List<Share> _shares = [];

    /// <summary>What must be so in every run, and was not.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>How many of those who were told something were told right.</summary>
    public IReadOnlyList<Share> Shares => _shares;

    public async Task RunAsync(string? plot, CancellationToken cancel)
    {
        var hall = new WaitingHall(seed);
        var ordinary = new List<Visit>();
        for (var day = 0; day < days; day++)
        {
            cancel.ThrowIfCancellationRequested();
            hall.Run(First.AddDays(day), new());
            if (day > 0) ordinary.AddRange(hall.Visits);
        }

        await output.WriteLineAsync($"seed {seed}; {days} ordinary days of {hall.Visits.Count} customers or so");
        Say("ordinary days", ordinary);
        Count("on ordinary days", 0.88, ordinary);
        var lunch = Broken(hall, days, "all clerks at lunch, and a service that opens two hours late", new((Lunch, Back), Late));
        JudgeLunch(lunch);
        JudgeLate(lunch);
        hall.Run(First.AddDays(days + 1), new());
        Say("the day after", hall.Visits);
        Count("the day after", 0.87, hall.Visits);
        var burst = Broken(hall, days + 2, "50 people at once", new(Burst: Burst, BurstOf: 50));
        JudgeBurst(burst);
        if (plot is not null) await DrawAsync(plot, lunch, burst, cancel);
        foreach (var failure in _failures) await output.WriteLineAsync($"  FAILED: {failure}");
    }

    private static Task DrawAsync(string plot, BrokenDay lunch, BrokenDay burst, CancellationToken cancel) => File.WriteAllTextAsync(plot, BrokenDayPlot.Svg(
    [
        new("bills, four counters", WaitingHall.Pay, lunch, [(Lunch, Back, "all clerks at lunch")]),
        new("new lines, two counters", WaitingHall.Lines, lunch, [(BrokenDayPlot.From, Late, "not open yet"), (Lunch, Back, "all clerks at lunch")]),
        new("bills, another day", WaitingHall.Pay, burst, [(Burst, Burst + TimeSpan.FromMinutes(5), "50 people at once")]),
    ]), cancel);

    private BrokenDay Broken(WaitingHall hall, int number, string name, DayPlan plan)
    {
        hall.Run(First.AddDays(number), plan);
        Say(name, hall.Visits);
        return new(new(First.AddDays(number), TimeOnly.MinValue, TimeSpan.Zero), [.. hall.Visits], [.. hall.Quotes]);
    }

    private void JudgeLunch(BrokenDay day)
    {
        // The last customers are still being served when the clerks leave.
        Expect(Told(day, WaitingHall.Pay, Lunch + TimeSpan.FromMinutes(15), Back).All(told => told is null), "nothing is told while nobody serves");
        Expect(Told(day, WaitingHall.Pay, Back, Evening).Any(told => told is not null), "after lunch something is told again");
        Count("on the day of the lunch", 0.85, day.Visits);
        Count("behind the line of the lunch", 0.8, Later(day, WaitingHall.Pay, Evening));
    }

    private void JudgeLate(BrokenDay day)
    {
        Expect(Told(day, WaitingHall.Lines, TimeSpan.Zero, Late).All(told => told is null), "nothing is told for a service that is not open yet");
        Count("in the afternoon, for the late service", 0.75, Later(day, WaitingHall.Lines, Evening));
    }

    private void JudgeBurst(BrokenDay day)
    {
        double? Width(TimeSpan from, TimeSpan until) => Told(day, WaitingHall.Pay, from, until).OfType<Domain.Waiting.WaitPromise>().Select(told => (double?)(told.To - told.From)).Average();
        var (before, after) = (Width(BrokenDayPlot.From, Burst), Width(Burst, Burst + TimeSpan.FromMinutes(30)));
        Expect(before is not null && (after is null || after > before * 1.5), "with the burst the ranges widen, or are withdrawn");
        Count("on the day of the burst", 0.85, day.Visits);
        Count("behind the line of the burst", 0.8, Later(day, WaitingHall.Pay, Evening));
    }

    private static IReadOnlyList<Visit> Later(BrokenDay day, ServiceId service, TimeSpan from) => [.. day.Visits.Where(visit => visit.Service == service && visit.Issued >= day.Midnight + from)];

    private static IEnumerable<Domain.Waiting.WaitPromise?> Told(BrokenDay day, ServiceId service, TimeSpan from, TimeSpan until) =>
        day.Quotes.Where(quote => quote.Service == service && quote.At >= day.Midnight + from && quote.At < day.Midnight + until).Select(quote => quote.Told);

    private void Count(string when, double atLeast, IReadOnlyList<Visit> visits)
    {
        var called = visits.Where(visit => visit.Wait is not null).ToList();
        _shares.Add(new(when, atLeast, called.Count, called.Count(visit => visit.Told is not null), called.Count(visit => visit.Told?.Holds(visit.Wait!.Value) == true)));
    }

    private void Say(string what, IReadOnlyList<Visit> visits)
    {
        var told = visits.Where(visit => visit is { Told: not null, Wait: not null }).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what}: {visits.Count} customers, {told.Count} were told a wait; mean error {told.Select(visit => Math.Abs(visit.Told!.About - visit.Wait!.Value)).DefaultIfEmpty().Average():0} s of a mean wait of {told.Select(visit => visit.Wait!.Value).DefaultIfEmpty().Average():0} s; {(double)told.Count(visit => visit.Told!.Holds(visit.Wait!.Value)) / told.Count:P1} within the range of nine in ten"));
    }

    private void Expect(bool holds, string what)
    {
        if (!holds) _failures.Add(what);
    }
}
