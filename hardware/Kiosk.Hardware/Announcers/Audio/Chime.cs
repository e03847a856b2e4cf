namespace Kiosk.Hardware.Announcers.Audio;

/// <summary>Ding, dong: E5 and C5 of a struck bar, the second while the first still rings. It calls attention before the words begin.</summary>
public static class Chime
{
    private const double High = 659.26, Low = 523.25, Peak = 0.6;

    private static readonly TimeSpan Second = TimeSpan.FromMilliseconds(450), Length = TimeSpan.FromMilliseconds(1500);

    /// <summary>Soft enough not to startle, and no click.</summary>
    private const double AttackSeconds = 0.012, ReleaseSeconds = 0.12;

    /// <summary>Partials of a tuned bar: multiple of the tone, loudness, and how fast it dies away (1/s).</summary>
    private static readonly (double Multiple, double Loudness, double Decay)[] Partials = [(1, 1, 3.2), (2, 0.25, 5), (4, 0.12, 9)];

    public static Sound At(int rate)
    {
        var mix = new double[Sound.Count(rate, Length)];
        Strike(mix, rate, 0, High);
        Strike(mix, rate, Sound.Count(rate, Second), Low);
        var loudest = mix.Max(Math.Abs);
        return new(rate, mix.Select(sample => (short)Math.Round(sample / loudest * Peak * short.MaxValue)).ToArray());
    }

    private static void Strike(double[] mix, int rate, int from, double tone)
    {
        for (var i = from; i < mix.Length; i++)
        {
            var seconds = (double)(i - from) / rate;
            var attack = Ramp(seconds / AttackSeconds);
            var release = Ramp((double)(mix.Length - 1 - i) / rate / ReleaseSeconds);
            foreach (var (multiple, loudness, decay) in Partials)
                mix[i] += attack * release * loudness * Math.Exp(-decay * seconds) * Math.Sin(2 * Math.PI * tone * multiple * seconds);
        }
    }

    private static double Ramp(double share) => share >= 1 ? 1 : 0.5 - (0.5 * Math.Cos(Math.PI * share));
}
