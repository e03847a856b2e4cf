using System.Collections.Immutable;

namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>What is learned about one line.</summary>
/// <param name="Trust">Whether its promises may be shown.</param>
public sealed record LearnedLine(MedianRegression Median, ImmutableArray<double> Spread, LineTrust Trust)
{
    public static LearnedLine Start { get; } = new(MedianRegression.From(WaitFeatures.Prior), WaitSpread.StartOfLine, LineTrust.None);
}
