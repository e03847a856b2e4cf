using System.Collections.Immutable;

namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>How fast a line moves: over all its days, and today. Immutable; each event costs the same, however long the history. Times are seconds of a running clock.</summary>
/// <remarks>A busy gap is the time between two calls of a line in which somebody waited after the first: the time that one customer takes the line.</remarks>
public sealed record LinePace
{
    private const int RecentKept = 10;

    /// <summary>Customers that the prior counts for: the service time, today's pace, and the usual pace.</summary>
    private const double ServicePrior = 3, RecentPrior = 3, TodayPrior = 10, UsualPrior = 10;

    /// <param name="typical">Seconds that one customer is taken to need until the line has figures of its own.</param>
    public LinePace(double typical) => Typical = typical;

    public double Typical { get; init; }

    /// <summary>Service times: how many, and their sum.</summary>
    public long Served { get; init; }

    public double ServiceSum { get; init; }

    /// <summary>Busy gaps of all days.</summary>
    public long Gaps { get; init; }

    public double GapSum { get; init; }

    /// <summary>Busy gaps of today.</summary>
    public int GapsToday { get; init; }

    public double GapSumToday { get; init; }

    /// <summary>The latest of them, newest last.</summary>
    public ImmutableQueue<double> Recent { get; init; } = [];

    public int RecentCount { get; init; }

    public double RecentSum { get; init; }

    /// <summary>When the line's last call of today was; null: none yet.</summary>
    public double? LastCall { get; init; }

    /// <summary>Somebody waited after that call.</summary>
    public bool Busy { get; init; }

    /// <summary>What the last called customer of today had waited; null: none yet.</summary>
    public double? LastWait { get; init; }

    /// <summary>Mean service time.</summary>
    public double Service => ((ServicePrior * Typical) + ServiceSum) / (ServicePrior + Served);

    /// <summary>Time per call now, of the last few calls of today; <paramref name="expected"/> is what they would take by the service time.</summary>
    public double NowPerCall(double expected) => ((RecentPrior * expected) + RecentSum) / (RecentPrior + RecentCount);

    /// <summary>Time per call today.</summary>
    public double TodayPerCall(double expected) => ((TodayPrior * expected) + GapSumToday) / (TodayPrior + GapsToday);

    /// <summary>Time per call in all the line's past.</summary>
    public double UsualPerCall(double expected) => ((UsualPrior * expected) + GapSum) / (UsualPrior + Gaps);

    /// <summary>A customer was served.</summary>
    public LinePace Finished(double seconds) => this with { Served = Served + 1, ServiceSum = ServiceSum + seconds };

    /// <summary>A customer who had waited in this line was called.</summary>
    /// <param name="waited">Null where that is not known.</param>
    /// <param name="left">Who still wait.</param>
    public LinePace Called(double at, double? waited, int left)
    {
        var pace = this with { LastCall = at, Busy = left > 0, LastWait = waited ?? LastWait };
        return LastCall is { } before && Busy && waited is not null ? pace.Gap(Math.Max(0, at - before)) : pace;
    }

    /// <summary>What was learned stays, today begins anew.</summary>
    public LinePace NewDay() => this with { GapsToday = 0, GapSumToday = 0, Recent = [], RecentCount = 0, RecentSum = 0, LastCall = null, Busy = false, LastWait = null };

    private LinePace Gap(double seconds)
    {
        var (recent, count, sum) = (Recent.Enqueue(seconds), RecentCount + 1, RecentSum + seconds);
        if (count > RecentKept)
        {
            recent = recent.Dequeue(out var oldest);
            (count, sum) = (count - 1, sum - oldest);
        }

        return this with { Gaps = Gaps + 1, GapSum = GapSum + seconds, GapsToday = GapsToday + 1, GapSumToday = GapSumToday + seconds, Recent = recent, RecentCount = count, RecentSum = sum };
    }
}
