using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Announcers.Clips;

/// <summary>The recorded words of one language, from <c>DIR/LANGUAGE/*.wav</c>.</summary>
/// <param name="Mistakes">One line each: which file, and what is wrong with it. A clip with a mistake counts as missing.</param>
public sealed record ClipSet(string Language, IReadOnlyDictionary<string, Sound> Clips, IReadOnlyList<string> Mistakes)
{
    /// <summary>A word is short; a longer file is another one.</summary>
    public static readonly TimeSpan LongestClip = TimeSpan.FromSeconds(8);

    /// <summary>All that is there of what the language can need. A folder that is not there is a set without clips.</summary>
    /// <param name="rate">Every clip is brought to it; null: each as it was recorded.</param>
    public static ClipSet Read(string directory, string language, int? rate = null)
    {
        var clips = new Dictionary<string, Sound>();
        var mistakes = new List<string>();
        foreach (var word in ClipCatalog.Of(language))
        {
            var file = PathOf(directory, language, word.Clip);
            if (!File.Exists(file)) continue;
            var (sound, mistake) = Read(file);
            if (sound is null) mistakes.Add($"{file} {mistake}");
            else clips.Add(word.Clip, rate is { } wanted ? sound.At(wanted) : sound);
        }

        return new(language, clips, mistakes);
    }

    /// <summary>As <c>DIR/zh-CN/d0.wav</c>.</summary>
    public static string PathOf(string directory, string language, string clip) => Path.Combine(directory, language, clip + ".wav");

    public IEnumerable<SpokenWord> Missing(IEnumerable<SpokenWord> needed) => needed.Where(word => !Clips.ContainsKey(word.Clip));

    private static WavReading Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > WavFile.MostBytes) return new(null, $"is larger than {WavFile.MostBytes} bytes");
            var reading = WavFile.Read(File.ReadAllBytes(file));
            if (reading.Sound is not { } sound) return reading;
            if (sound.Samples.IsEmpty) return new(null, "is empty");
            return sound.Length > LongestClip ? new(null, $"is {sound.Length.TotalSeconds:0.#} s long; allowed: up to {LongestClip.TotalSeconds:0} s") : reading;
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return new(null, $"cannot be read: {unread.Message}");
        }
    }
}
