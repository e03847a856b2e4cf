using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting.Forecast;
using Kiosk.Domain.Waiting.Staffing;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Provisioning.Replay.Staffing;

/// <summary>What is tried.</summary>
/// <param name="Target">Waiting time that is aimed at.</param>
/// <param name="Share">Part of the customers who are to wait no longer.</param>
internal sealed record StaffingAim(TimeSpan Target, double Share, SurgePlan Surge);

/// <summary>One line's days by each way of staffing; a day counts for all of them or for none.</summary>
internal sealed class StaffingTrial(LineLog line, StaffingAim aim)
{
    /// <summary>Days of the line that must be known before one is forecast, where the log is short.</summary>
    public const int LeastDays = 2;

    /// <summary>A third of the log, but no more than a hall waits for.</summary>
    private int Needed => Math.Clamp(line.Days.Count / 3, LeastDays, ArrivalForecaster.LeastDays);

    private static readonly ServiceId Everybody = new("line");

    /// <returns>Null for a line of which no day can be compared: its log is too short.</returns>
    public LineOutcome? Run()
    {
        var (rule, forecast, both, log) = (new Tally(), new Tally(), new Tally(), new Tally());
        var past = new List<(LineDay Day, PastDay Past)>();
        foreach (var day in line.Days)
        {
            if (Plan(day, past) is { } planned)
            {
                var least = Base(past);
                var most = least + aim.Surge.Groups.Sum(LineSimulation.Size) + (aim.Surge.Reserve is { } reserve ? LineSimulation.Size(reserve.Group) : 0);
                IReadOnlyList<PlannedCounters> always = [new(day.From, least)];
                var counters = planned.Counters(most);
                Add(rule, new LineSimulation(day, always, aim.Surge, most, line.Mean).Run());
                Add(forecast, new LineSimulation(day, counters, null, most, line.Mean).Run());
                Add(both, new LineSimulation(day, counters, aim.Surge, most, line.Mean).Run());
                log.Add(day.Waits, day.Visits.Count(visit => visit.Patience is not null), day.Open * (day.Until - day.From), 0, aim.Target);
            }

            past.Add((day, Past(day)));
        }

        return rule.Days == 0 ? null : new(line.Hall, rule, forecast, both, log);
    }

    private void Add(Tally tally, SimulatedDay day) => tally.Add(day.Waits, day.Left, day.StaffSeconds, day.Switches, aim.Target);

    // As many as the hall had open on earlier days, on average.
    private static int Base(List<(LineDay Day, PastDay Past)> past) => Math.Max(1, (int)Math.Round(past.Average(entry => entry.Day.Open), MidpointRounding.AwayFromZero));

    private Planned? Plan(LineDay day, List<(LineDay Day, PastDay Past)> past)
    {
        // When a hall opens and closes is no secret: it is taken from the log, of this day too.
        var hours = past.Select(entry => entry.Day).Append(day).ToDictionary(one => one.Day, Hours);
        var forecaster = new ArrivalForecaster(new(date => hours.GetValueOrDefault(date, []), _ => DayMark.Ordinary), [Everybody], Needed);
        return forecaster.Forecast(past.Select(entry => entry.Past), day.Day) is DayForecast.Ready ready ? new(day, ready, Past(day).Services[Everybody], aim) : null;
    }

    private static ImmutableArray<OpenSpan> Hours(LineDay day)
    {
        var (from, until) = ((int)(day.From / 1800) * 30, ((int)(day.Until / 1800) + 1) * 30);
        return until >= 24 * 60 ? [new(At(Math.Min(from, 1410)), TimeOnly.MinValue)] : [new(At(from), At(until))];
    }

    private static TimeOnly At(int minute) => new(minute / 60, minute % 60);

    private static PastDay Past(LineDay day)
    {
        var hours = Hours(day)[0];
        var (from, until) = ((int)hours.From.ToTimeSpan().TotalMinutes, hours.Until == TimeOnly.MinValue ? 24 * 60 : (int)hours.Until.ToTimeSpan().TotalMinutes);
        var arrivals = day.Visits.GroupBy(visit => Math.Clamp((int)(visit.At / 1800) * 30, from, until - 30)).ToImmutableSortedDictionary(group => group.Key, group => group.Count());
        return new(day.Day, from, until, ImmutableDictionary<ServiceId, PastService>.Empty.Add(Everybody, new(arrivals, 0, 0)));
    }

    private sealed class Planned(LineDay day, DayForecast.Ready ready, PastService came, StaffingAim aim)
    {
        // What a hall would be advised at the beginning of each half hour: arrivals until then are the log's, whoever serves them.
        private readonly double[] _expected = [.. ready.Halves.Select((_, index) => DayCorrection.Of(ready.Hall, [.. ready.Halves.Select(half => came.At(half.Minute))], index).Mean[index])];

        public IReadOnlyList<PlannedCounters> Counters(int most)
        {
            var takes = TimeSpan.FromSeconds(Math.Max(1, day.MeanBefore));
            var advice = StaffingAdvice.Of(
                [new(Everybody, takes, aim.Target)], most, 1, aim.Share,
                [.. ready.Halves.Select((half, index) => ((IReadOnlyList<double>)[_expected[index]], half.Share))]);
            return [.. advice.Select((half, index) => new PlannedCounters(index == 0 ? day.From : ready.Halves[index].Minute * 60, half.Counters))];
        }
    }
}

/// <param name="Log">As it was in the log: waits as they were, open counters without their switches.</param>
internal sealed record LineOutcome(string Hall, Tally Rule, Tally Forecast, Tally Both, Tally Log);
