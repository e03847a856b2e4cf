using System.Globalization;
using Kiosk.Domain.Hall;

namespace Kiosk.Simulation.Waits;

/// <summary>
/// What customers are told about the wait when the hall does what it never did: all clerks at lunch, a service that opens late, a burst of 50 people. Ranges must widen, be withdrawn where they fail, and come back.
/// </summary>
internal sealed class BrokenDays(int days, int seed, TextWriter output)
{
    private static readonly DateOnly First = new(2026, 1, 5);
    private static readonly TimeSpan Lunch = TimeSpan.FromHours(12), Back = TimeSpan.FromHours(12.75), Late = TimeSpan.FromHours(11), Burst = TimeSpan.FromHours(14);

    private readonly List<string> _failures = [];

    public async Task<int> RunAsync(string? plot, CancellationToken cancel)
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
        Expect(Coverage(ordinary) is > 0.86 and < 0.95, "on ordinary days nine of ten waits are within what was told");

        hall.Run(First.AddDays(days), new((Lunch, Back), Late, Burst, 50));
        var day0 = new DateTimeOffset(First.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero);
        var (visits, quotes) = (hall.Visits.ToList(), hall.Quotes.ToList());
        Say("the broken day", visits);
        JudgeLunch(quotes, visits, day0);
        JudgeLate(quotes, visits, day0);
        JudgeBurst(quotes, visits, day0);
        if (plot is not null) await File.WriteAllTextAsync(plot, BrokenDayPlot.Svg(day0, visits, quotes, [(Lunch, Back, "all clerks at lunch"), (Burst, Burst + TimeSpan.FromMinutes(5), "50 people at once")], Late), cancel);

        hall.Run(First.AddDays(days + 1), new());
        Say("the day after", hall.Visits);
        Expect(Coverage(hall.Visits) is > 0.84, "the day after it is as ever");
        foreach (var failure in _failures) await output.WriteLineAsync($"FAILED: {failure}");
        await output.WriteLineAsync(_failures.Count == 0 ? $"PASS waits --days {days} --seed {seed}" : $"FAIL waits --days {days} --seed {seed}");
        return _failures.Count == 0 ? 0 : 1;
    }

    private void JudgeLunch(List<Quote> quotes, List<Visit> visits, DateTimeOffset day)
    {
        // The last customers are still being served when the clerks leave.
        var during = Told(quotes, WaitingHall.Pay, day + Lunch + TimeSpan.FromMinutes(15), day + Back);
        Expect(during.All(told => told is null), "nothing is told while nobody serves");
        var after = Told(quotes, WaitingHall.Pay, day + Back, day + Burst);
        Expect(after.Any(told => told is not null), "after lunch something is told again");
        var caught = visits.Where(visit => visit.Service == WaitingHall.Pay && visit.Issued > day + Back + TimeSpan.FromMinutes(20) && visit.Issued < day + Burst).ToList();
        Expect(Coverage(caught) is null or > 0.7, "twenty minutes after lunch what is told holds again");
    }

    private void JudgeLate(List<Quote> quotes, List<Visit> visits, DateTimeOffset day)
    {
        Expect(Told(quotes, WaitingHall.Lines, day, day + Late).All(told => told is null), "nothing is told for a service that is not open yet");
        var end = visits.Where(visit => visit.Service == WaitingHall.Lines && visit.Issued > day + TimeSpan.FromHours(14.5)).ToList();
        Expect(Coverage(end) is null or > 0.6, "in the afternoon what is told for the late service holds again");
    }

    private void JudgeBurst(List<Quote> quotes, List<Visit> visits, DateTimeOffset day)
    {
        double? Width(TimeSpan from, TimeSpan until) => Told(quotes, WaitingHall.Pay, day + from, day + until).OfType<Domain.Waiting.WaitPromise>().Select(told => (double?)(told.To - told.From)).Average();
        var (before, after) = (Width(Back + TimeSpan.FromMinutes(30), Burst), Width(Burst, Burst + TimeSpan.FromMinutes(30)));
        Expect(before is null || after is null || after > before * 1.3, "with the burst the ranges widen, or are withdrawn");
        var evening = visits.Where(visit => visit.Service == WaitingHall.Pay && visit.Issued > day + TimeSpan.FromHours(15.5)).ToList();
        Expect(Coverage(evening) is > 0.75, "an hour and a half after the burst what is told holds again");
    }

    private static IEnumerable<Domain.Waiting.WaitPromise?> Told(List<Quote> quotes, ServiceId service, DateTimeOffset from, DateTimeOffset until) =>
        quotes.Where(quote => quote.Service == service && quote.At >= from && quote.At < until).Select(quote => quote.Told);

    private static double? Coverage(IReadOnlyList<Visit> visits)
    {
        var scored = visits.Where(visit => visit is { Told: not null, Wait: not null }).ToList();
        return scored.Count == 0 ? null : (double)scored.Count(visit => visit.Told!.Holds(visit.Wait!.Value)) / scored.Count;
    }

    private void Say(string what, IReadOnlyList<Visit> visits)
    {
        var told = visits.Where(visit => visit is { Told: not null, Wait: not null }).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what}: {visits.Count} customers, {told.Count} were told a wait; mean error {told.Select(visit => Math.Abs(visit.Told!.About - visit.Wait!.Value)).DefaultIfEmpty().Average():0} s of a mean wait of {told.Select(visit => visit.Wait!.Value).DefaultIfEmpty().Average():0} s; {Coverage(visits):P1} within the range of nine in ten"));
    }

    private void Expect(bool holds, string what)
    {
        if (!holds) _failures.Add(what);
    }
}
