namespace Kiosk.Domain.Waiting.Prediction;

/// <summary>
/// A linear regression for the median, learned one observation at a time: recursive least squares whose weights make it least absolute deviations. Immutable; an observation costs O(n²), whatever came before.
/// </summary>
/// <remarks>
/// Iteratively reweighted: Schlossmacher, "An iterative technique for absolute deviations curve fitting", 1973; recursive form with forgetting as in Ljung, "System Identification", ch. 11.
/// The covariance is kept as its upper triangle, so that it stays symmetric however long it runs.
/// </remarks>
public sealed class MedianRegression
{
    /// <summary>How much the past still counts after one more observation.</summary>
    private const double Remembers = 0.998;

    /// <summary>Residuals below this are taken alike, or a perfect hit would weigh without bounds.</summary>
    private const double Flat = 0.6;

    /// <summary>Variance of a weight before anything is known of it; forgetting lets it grow to this many times as much and no further.</summary>
    private const double Variance = 0.03, Growth = 100;

    private readonly double[] _weights;
    private readonly double[] _covariance;

    private MedianRegression(double[] weights, double[] covariance) => (_weights, _covariance) = (weights, covariance);

    public static MedianRegression From(IReadOnlyList<double> prior)
    {
        var covariance = new double[prior.Count * (prior.Count + 1) / 2];
        for (int row = 0, at = 0; row < prior.Count; at += prior.Count - row, row++) covariance[at] = Variance;
        return new([.. prior], covariance);
    }

    /// <summary>As it was written by <see cref="Numbers"/>; null where the count does not fit.</summary>
    public static MedianRegression? Of(int count, IReadOnlyList<double> numbers) => numbers.Count == count + (count * (count + 1) / 2) && numbers.All(double.IsFinite)
        ? new([.. numbers.Take(count)], [.. numbers.Skip(count)])
        : null;

    /// <summary>All that it knows: the weights, then the covariance.</summary>
    public IReadOnlyList<double> Numbers => [.. _weights, .. _covariance];

    public double At(ReadOnlySpan<double> features)
    {
        var sum = 0.0;
        for (var index = 0; index < _weights.Length; index++) sum += _weights[index] * features[index];
        return sum;
    }

    /// <param name="importance">1 for a usual observation.</param>
    public MedianRegression Learn(ReadOnlySpan<double> features, double value, double importance)
    {
        var count = _weights.Length;
        var residual = value - At(features);
        var weight = importance / Math.Max(Math.Abs(residual), Flat);

        Span<double> direction = stackalloc double[count];
        Multiply(features, direction);
        var spread = 0.0;
        for (var index = 0; index < count; index++) spread += features[index] * direction[index];

        // What is never seen must not be forgotten either: its variance would grow until one odd customer turns everything over.
        var remembers = Largest() > Variance * Growth ? 1 : Remembers;
        var gain = 1 / ((remembers / weight) + spread);
        var weights = new double[count];
        for (var index = 0; index < count; index++) weights[index] = _weights[index] + (direction[index] * gain * residual);

        var covariance = new double[_covariance.Length];
        for (int row = 0, at = 0; row < count; row++)
        {
            for (var column = row; column < count; column++, at++) covariance[at] = (_covariance[at] - (direction[row] * direction[column] * gain)) / remembers;
        }

        return new(weights, covariance);
    }

    private void Multiply(ReadOnlySpan<double> features, Span<double> product)
    {
        product.Clear();
        for (int row = 0, at = 0; row < features.Length; row++)
        {
            product[row] += _covariance[at++] * features[row];
            for (var column = row + 1; column < features.Length; column++, at++)
            {
                product[row] += _covariance[at] * features[column];
                product[column] += _covariance[at] * features[row];
            }
        }
    }

    private double Largest()
    {
        var largest = 0.0;
        for (int row = 0, at = 0; row < _weights.Length; at += _weights.Length - row, row++) largest = Math.Max(largest, _covariance[at]);
        return largest;
    }
}
