namespace Kiosk.Hardware.Announcers.Audio;

/// <summary>Another rate by a sinc kernel under a Hann window: nothing above half of the lower rate is left to fold back into the voice.</summary>
internal static class Resampling
{
    /// <summary>Zero crossings to each side: enough for speech.</summary>
    private const int Reach = 12;

    public static short[] Of(ReadOnlySpan<short> samples, int from, int to)
    {
        var step = (double)from / to;
        var cutoff = Math.Min(1, 1 / step);
        var half = Reach / cutoff;
        var result = new short[(int)((long)samples.Length * to / from)];
        for (var i = 0; i < result.Length; i++)
        {
            var centre = i * step;
            var (sum, weights) = (0.0, 0.0);
            var last = Math.Min(samples.Length - 1, (int)Math.Floor(centre + half));
            for (var j = Math.Max(0, (int)Math.Ceiling(centre - half)); j <= last; j++)
            {
                var weight = Kernel((j - centre) * cutoff, (j - centre) / half);
                sum += weight * samples[j];
                weights += weight;
            }

            result[i] = (short)Math.Clamp(Math.Round(sum / weights), short.MinValue, short.MaxValue);
        }

        return result;
    }

    private static double Kernel(double x, double share)
    {
        var sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
        return sinc * (0.5 + (0.5 * Math.Cos(Math.PI * share)));
    }
}
