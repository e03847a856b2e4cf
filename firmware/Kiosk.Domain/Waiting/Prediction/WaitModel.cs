using System.Collections.Immutable;

namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>
/// Foretells waits from what the hall has seen: the median of two regressions, one of the whole hall and one of the line, with ranges around it. It learns from each wait when it ends.
/// Immutable, the same for the same history, and as quick after a million customers as after ten. Times are seconds.
/// </summary>
public sealed record WaitModel
{
    /// <summary>Part of the theoretical wait that is added before a logarithm is taken: a wait of nothing has none.</summary>
    private const double Soft = 0.02;

    private const double FarthestLearned = 3.5, FarthestTold = 2.5;

    /// <summary>Long waits weigh more, since their errors do; within these bounds.</summary>
    private const double Lightest = 0.05, Heaviest = 8;

    private const double UsualMoves = 0.01, MeanMoves = 0.002;
    private const int MeanPrior = 3;

    public static WaitModel Start { get; } = new();

    public MedianRegression Median { get; init; } = MedianRegression.From(WaitFeatures.Prior);

    public WaitSpread Spread { get; init; } = WaitSpread.Start;

    public ImmutableDictionary<string, LearnedLine> Lines { get; init; } = ImmutableDictionary<string, LearnedLine>.Empty;

    /// <summary>Logarithm of the time per customer of a usual line; null before the first customer.</summary>
    public double? Usual { get; init; }

    public double MeanWait { get; init; } = 300;

    public long Waits { get; init; }

    public LearnedLine Line(string line) => Lines.GetValueOrDefault(line, LearnedLine.Start);

    public WaitEstimate Estimate(string line, in LineFacts facts)
    {
        var (theory, each) = (WaitFeatures.Theory(facts), facts.Pace.Service / facts.Counters);
        var features = WaitFeatures.Of(facts, Usual is { } usual ? Math.Exp(usual) : each);
        var known = Line(line);
        var centre = Centre(known, features);
        var spread = Spread.Quantiles(facts.Place, known.Spread);
        double At(double logarithm) => Math.Max(0, theory * (Math.Exp(logarithm) - Soft));
        var (about, likelyFrom, likelyTo) = (At(centre), At(centre + spread[0]), At(centre + spread[1]));
        return new(theory, each, facts.Place, facts.Length, about, At(centre + spread[2]), At(centre + spread[3]), likelyFrom, likelyTo) { Features = features, Centre = centre };
    }

    /// <summary>Somebody joined a line.</summary>
    public WaitModel Joined(WaitEstimate told)
    {
        var each = Math.Log(told.Each);
        return this with { Usual = Usual is { } usual ? usual + (UsualMoves * (each - usual)) : each };
    }

    /// <summary>A wait has ended.</summary>
    /// <param name="told">What was foretold for it when it began.</param>
    /// <param name="wait">Seconds; waits of nothing teach nothing: who finds a free counter is not told a wait.</param>
    public WaitModel Learn(string line, WaitEstimate told, double wait)
    {
        if (wait <= 0) return this;

        var known = Line(line);
        var value = Math.Clamp(Math.Log((wait / told.Theory) + Soft), -FarthestLearned, FarthestLearned);
        var (likelyHeld, held) = (told.LikelyFrom <= wait && wait <= told.LikelyTo, told.From <= wait && wait <= told.To);

        // Those who stood in line together met the same clerks: each of them teaches less.
        var weight = 1 / Math.Sqrt(told.Length);
        var importance = Math.Clamp(told.About / MeanWait, Lightest, Heaviest) * weight;
        var (spread, own) = Spread.Learn(told.Place, known.Spread, value - told.Centre, weight, likelyHeld, held);
        return this with
        {
            Median = Median.Learn(told.Features, value, importance),
            Spread = spread,
            Lines = Lines.SetItem(line, new(known.Median.Learn(told.Features, value, importance), own, known.Trust.With(held))),
            MeanWait = MeanWait + ((wait - MeanWait) * Math.Max(MeanMoves, 1.0 / (MeanPrior + Waits + 1))),
            Waits = Waits + 1,
        };
    }

    private double Centre(LearnedLine known, double[] features) => Math.Clamp((Median.At(features) + known.Median.At(features)) / 2, -FarthestTold, FarthestTold);
}
