using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Announcers.Clips;

/// <summary>Says calls with recorded words, joined. What a language lacks, another voice may say.</summary>
internal sealed class ClipVoice(string directory, int rate, OneReading one, IVoice? otherwise) : IVoice
{
    private static readonly TimeSpan BetweenWords = TimeSpan.FromMilliseconds(25), Breath = TimeSpan.FromMilliseconds(220);

    private readonly Dictionary<string, ClipSet> _sets = CallSpeech.Languages.ToDictionary(language => language, language => ClipSet.Read(directory, language, rate));

    /// <summary>Every file that is there and cannot be used.</summary>
    public IEnumerable<string> Mistakes => _sets.Values.SelectMany(set => set.Mistakes);

    /// <summary>Letters are judged by each call: a hall need not record those that it has no service for.</summary>
    public string? Lack(string language)
    {
        if (CallSpeech.Of(language) is not { } spoken) return $"{language}: no call is written down for this language; there are {string.Join(", ", CallSpeech.Languages)}";
        var missing = _sets[spoken].Missing(ClipCatalog.Of(spoken, letters: "", counters: [1], one)).ToList();
        return missing.Count == 0 ? null : otherwise is null ? Missing(spoken, missing) : otherwise.Lack(language);
    }

    public async Task<Saying> SayAsync(SpokenCall call, CancellationToken cancel)
    {
        if (CallSpeech.Words(call, one) is not { } words) return Saying.No($"number \"{call.Number}\" at counter {call.Counter} cannot be said in {call.Language}");
        var spoken = CallSpeech.Of(call.Language)!;
        var missing = _sets[spoken].Missing(words).Distinct().ToList();
        if (missing.Count == 0) return Saying.Of(Joined(words, _sets[spoken].Clips));
        return otherwise is null ? Saying.No(Missing(spoken, missing)) : await otherwise.SayAsync(call, cancel);
    }

    private Sound Joined(IReadOnlyList<SpokenWord> words, IReadOnlyDictionary<string, Sound> clips) => Sound.Join(
        rate,
        [.. words.SelectMany((word, place) => place == words.Count - 1 ? (Sound[])[clips[word.Clip]] : [clips[word.Clip], Sound.Silence(rate, word.Pause ? Breath : BetweenWords)])]);

    private string Missing(string language, List<SpokenWord> missing) =>
        $"{Path.Combine(directory, language)}: no clip {string.Join(", ", missing.Take(5).Select(word => word.Clip + ".wav"))}{(missing.Count > 5 ? $" and {missing.Count - 5} more" : "")}";
}
