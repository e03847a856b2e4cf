namespace Kiosk.Hardware.Announcers.Speech;

/// <summary>Which clips a language needs: every word that a call in it can have.</summary>
public static class ClipCatalog
{
    public const string AllLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>By name, each once.</summary>
    /// <param name="language">One of <see cref="CallSpeech.Languages"/>.</param>
    /// <param name="letters">Of the hall's services.</param>
    /// <param name="counters">The hall's; null for every one that can be.</param>
    /// <exception cref="ArgumentException">The language is not one of them.</exception>
    public static IReadOnlyList<SpokenWord> Of(string language, string letters = AllLetters, IReadOnlyList<int>? counters = null, OneReading? one = null)
    {
        if (!CallSpeech.Languages.Contains(language)) throw new ArgumentException($"\"{language}\" is not one of {string.Join(", ", CallSpeech.Languages)}", nameof(language));
        ArgumentNullException.ThrowIfNull(letters);

        // What a call needs is asked of the calls themselves: no list can forget a word.
        var numbers = letters.Select(letter => letter.ToString()).Append("0123456789").ToList();
        var calls = (counters ?? [.. Enumerable.Range(1, CallSpeech.MostCounter)])
            .SelectMany((counter, place) => place == 0 ? numbers.Select(number => new SpokenCall(language, number, counter)) : [new(language, "0", counter)]);
        OneReading[] readings = one is { } only ? [only] : [OneReading.Yao, OneReading.Yi];
        return [.. calls
            .SelectMany(call => readings.SelectMany(reading => CallSpeech.Words(call, reading) ?? throw new ArgumentException($"no call has the number {call.Number} and counter {call.Counter}")))
            .Select(word => word with { Pause = false })
            .Distinct()
            .OrderBy(word => word.Clip, StringComparer.Ordinal)];
    }
}
