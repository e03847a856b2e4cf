using System.Text.Json;
using Kiosk.Hardware.Announcers.Audio;
using Kiosk.Hardware.Announcers.Espeak;
using Kiosk.Hardware.Announcers.Speech;

namespace Kiosk.Hardware.Announcers;

/// <summary>What both drivers of announcers can be told.</summary>
/// <param name="Volume">0 to 100 by the time of day; 0 = nothing is said.</param>
/// <param name="GainDb">Added to the volume, for a quiet recording or a quiet amplifier.</param>
/// <param name="Languages">Empty: the ticket's own.</param>
/// <param name="ChimeFile">Null: the built-in chime.</param>
/// <param name="Counters">Empty: all.</param>
/// <param name="Clips">Folder of recorded words; empty for the driver without.</param>
/// <param name="Program">Of espeak-ng; null: no synthetic voice.</param>
internal sealed record AnnouncerOptions(
    AnnouncerLink? Link,
    DayPlan Volume,
    QuietHours Quiet,
    int Repeat,
    IReadOnlyList<string> Languages,
    bool Chime,
    string? ChimeFile,
    int GainDb,
    IReadOnlyList<int> Counters,
    TimeSpan Deadline,
    int Rate,
    OneReading One,
    string Clips,
    string? Program,
    int WordsAMinute)
{
    private const string Ticket = "ticket";

    private const int MostCounters = 99, UsualRate = 22050;

    /// <exception cref="ArgumentException">The settings have mistakes: a bug of the caller.</exception>
    public static AnnouncerOptions Of(DeviceSettings settings, bool clips)
    {
        var (options, mistakes) = Read(settings, clips);
        return mistakes is [] ? options : throw new ArgumentException(string.Join("; ", mistakes), nameof(settings));
    }

    /// <param name="clips">The driver with recorded words.</param>
    public static (AnnouncerOptions Options, IReadOnlyList<SettingMistake> Mistakes) Read(DeviceSettings settings, bool clips)
    {
        var mistakes = new List<SettingMistake>();
        var options = new OptionReader(settings.Options, "options", mistakes);
        var (chime, chimeFile) = ChimeOf(options);
        var synthetic = !clips || options.Flag("espeak", true);
        var read = new AnnouncerOptions(
            AnnouncerLink.Of(settings, mistakes),
            options.DayPlan("volume", 80, 0, 100),
            QuietHours.Read(options, "quiet"),
            options.Number("repeat", 1, 1, 3),
            LanguagesOf(options),
            chime,
            chimeFile,
            options.Number("gain", 0, -30, 20),
            CountersOf(options),
            TimeSpan.FromSeconds(options.Number("deadlineSeconds", 30, 5, 300)),
            options.Has("rate") ? RateOf(options) : UsualRate,
            options.Has("one") ? options.OneOf("one", ["yao", "yi"]) == "yi" ? OneReading.Yi : OneReading.Yao : OneReading.Usual,
            clips ? PathOf(options, "clips") ?? "" : "",
            synthetic ? PathOf(options, "program", absent: EspeakVoice.UsualProgram) : null,
            options.Number("wordsAMinute", 140, 80, 300));
        options.RefuseOthers();
        return (read, mistakes);
    }

    private static (bool, string?) ChimeOf(OptionReader options) => options.Raw("chime")?.ValueKind switch
    {
        null or JsonValueKind.True => (true, null),
        JsonValueKind.False => (false, null),
        _ => (true, PathOf(options, "chime", what: "true, false or the absolute path of a WAV file")),
    };

    private static string? PathOf(OptionReader options, string name, string? absent = null, string what = "an absolute path")
    {
        if (options.Raw(name) is not { } given && absent is not null) return absent;
        if (options.Raw(name) is { ValueKind: JsonValueKind.String } text && text.GetString() is ['/', _, ..] path) return path;
        options.Refuse(name, $"must be {what}");
        return absent;
    }

    private static int RateOf(OptionReader options)
    {
        var rate = options.Number("rate", UsualRate, Sound.Rates[0], Sound.Rates[^1]);
        if (Sound.Rates.Contains(rate)) return rate;
        options.Refuse("rate", $"must be one of {string.Join(", ", Sound.Rates)}");
        return UsualRate;
    }

    private static List<string> LanguagesOf(OptionReader options)
    {
        var said = new List<string>();
        if (options.Raw("languages") is not { } given || (given.ValueKind == JsonValueKind.String && given.GetString() == Ticket)) return said;
        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() == 0)
        {
            options.Refuse("languages", $"must be \"{Ticket}\", or a list of {string.Join(", ", CallSpeech.Languages)}");
            return said;
        }

        foreach (var (entry, index) in given.EnumerateArray().Select((entry, index) => (entry, index)))
        {
            var language = entry.ValueKind == JsonValueKind.String ? entry.GetString()! : "";
            if (!CallSpeech.Languages.Contains(language)) options.Refuse($"languages[{index}]", $"must be one of {string.Join(", ", CallSpeech.Languages)}");
            else if (said.Contains(language)) options.Refuse($"languages[{index}]", $"{language} is in the list already");
            else said.Add(language);
        }

        return said;
    }

    private static List<int> CountersOf(OptionReader options)
    {
        var counters = new List<int>();
        if (!options.Has("counters")) return counters;
        var elements = options.Elements("counters");
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i].ValueKind != JsonValueKind.Number || !elements[i].TryGetInt32(out var counter) || counter is < 1 or > CallSpeech.MostCounter)
                options.Refuse($"counters[{i}]", $"must be a whole number from 1 to {CallSpeech.MostCounter}");
            else if (counters.Contains(counter)) options.Refuse($"counters[{i}]", $"counter {counter} is in the list already");
            else counters.Add(counter);
        }

        if (elements.Count > MostCounters) options.Refuse("counters", $"has {elements.Count} counters; at most {MostCounters}");
        return counters;
    }
}
