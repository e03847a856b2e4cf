namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>A wait foretold, with what it was foretold from: kept with the ticket until it is called and the wait is known. Times are seconds.</summary>
/// <param name="Theory">The wait by queueing theory alone, which the logarithms are about.</param>
/// <param name="Each">Time per customer by theory.</param>
public sealed record WaitEstimate(double Theory, double Each, int Place, int Length, double About, double From, double To, double LikelyFrom, double LikelyTo)
{
    internal double[] Features { get; init; } = [];

    /// <summary>Logarithm of the median over the theory.</summary>
    internal double Centre { get; init; }

    /// <summary>As it is told: whole seconds, the ranges not narrowed by that.</summary>
    public WaitPromise Promise => new((int)Math.Round(About), (int)Math.Floor(From), (int)Math.Ceiling(To), (int)Math.Floor(LikelyFrom), (int)Math.Ceiling(LikelyTo));
}
