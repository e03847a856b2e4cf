namespace Kiosk.Hardware.Announcers.Audio;

/// <summary>A piece of sound: one channel, 16 bit.</summary>
/// <param name="Rate">Samples a second.</param>
public sealed record Sound(int Rate, ReadOnlyMemory<short> Samples)
{
    /// <summary>Rates that clips may have and cards are opened with.</summary>
    public static IReadOnlyList<int> Rates { get; } = [16000, 22050, 44100, 48000];

    /// <summary>About -46 dB: what is below it at the ends of a recording is the room, not the word.</summary>
    private const int Hush = 160;

    public TimeSpan Length => TimeSpan.FromSeconds((double)Samples.Length / Rate);

    /// <summary>The loudest sample, 0 to 1.</summary>
    public double Peak
    {
        get
        {
            var peak = 0;
            foreach (var sample in Samples.Span) peak = Math.Max(peak, Math.Abs((int)sample));
            return peak / -(double)short.MinValue;
        }
    }

    public static Sound Silence(int rate, TimeSpan length) => new(rate, new short[Count(rate, length)]);

    public static int Count(int rate, TimeSpan length) => (int)Math.Round(length.TotalSeconds * rate);

    /// <exception cref="ArgumentException">A part has another rate.</exception>
    public static Sound Join(int rate, params IReadOnlyList<Sound> parts)
    {
        var joined = new short[parts.Sum(part => part.Samples.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            if (part.Rate != rate) throw new ArgumentException($"{part.Rate} Hz cannot be joined to {rate} Hz", nameof(parts));
            part.Samples.CopyTo(joined.AsMemory(at));
            at += part.Samples.Length;
        }

        return new(rate, joined);
    }

    /// <summary>Louder or softer; what would be louder than the loudest is cut there.</summary>
    public Sound Times(double factor)
    {
        var scaled = new short[Samples.Length];
        var from = Samples.Span;
        for (var i = 0; i < scaled.Length; i++) scaled[i] = (short)Math.Clamp(Math.Round(from[i] * factor), short.MinValue, short.MaxValue);
        return new(Rate, scaled);
    }

    /// <summary>As loud as can be up to this peak; silence stays silence.</summary>
    public Sound WithPeak(double peak) => Peak is > 0 and var now ? Times(peak / now) : this;

    /// <summary>Without the silence at both ends, but for 20 ms of it.</summary>
    public Sound Trimmed()
    {
        var samples = Samples.Span;
        var margin = Count(Rate, TimeSpan.FromMilliseconds(20));
        var first = 0;
        while (first < samples.Length && Math.Abs((int)samples[first]) < Hush) first++;
        if (first == samples.Length) return new(Rate, ReadOnlyMemory<short>.Empty);
        var last = samples.Length - 1;
        while (Math.Abs((int)samples[last]) < Hush) last--;
        return new(Rate, Samples[Math.Max(0, first - margin)..Math.Min(samples.Length, last + margin + 1)]);
    }

    /// <summary>The same sound at another rate.</summary>
    public Sound At(int rate) => rate == Rate ? this : new(rate, Resampling.Of(Samples.Span, Rate, rate));
}
