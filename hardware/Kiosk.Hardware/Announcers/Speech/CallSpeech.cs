using System.Globalization;

namespace Kiosk.Hardware.Announcers.Speech;

/// <summary>How a call is said, word by word. The sentences are those of the hall screen: what is heard is what can be read.</summary>
public static class CallSpeech
{
    /// <summary>Counters have up to three digits.</summary>
    public const int MostCounter = 999;

    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "zh-TW", "en"];

    /// <summary>The language in which a call in this language is said; null where nobody has written down how. <c>en-US</c> is said as <c>en</c>, <c>zh-HK</c> as <c>zh-TW</c>.</summary>
    public static string? Of(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (Languages.FirstOrDefault(known => known.Equals(language, StringComparison.OrdinalIgnoreCase)) is { } same) return same;
        var parts = language.Split('-');
        return parts[0].ToUpperInvariant() switch
        {
            "EN" => "en",
            "ZH" when parts.Skip(1).Any(part => part.ToUpperInvariant() is "HANT" or "HK" or "MO") => "zh-TW",
            "ZH" => "zh-CN",
            _ => null,
        };
    }

    /// <summary>The words in their order. Null where the language is not known, the number is not of letters and digits, or the counter is not 1 to 999.</summary>
    public static IReadOnlyList<SpokenWord>? Words(SpokenCall call, OneReading one)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Number.Length == 0 || call.Counter is < 1 or > MostCounter || !call.Number.All(char.IsAsciiLetterOrDigit)) return null;
        return Of(call.Language) switch
        {
            "zh-CN" => Chinese(call, one == OneReading.Usual ? OneReading.Yao : one, please: "请", number: "号", to: "到", counter: "号窗口"),
            "zh-TW" => Chinese(call, one, please: "請", number: "號", to: "到", counter: "號窗口"),
            "en" => English(call),
            _ => null,
        };
    }

    /// <summary>For a voice that reads: words with commas where it breathes.</summary>
    public static string Sentence(IReadOnlyList<SpokenWord> words, string language)
    {
        ArgumentNullException.ThrowIfNull(words);
        var (comma, stop) = Of(language) == "en" ? (",", ".") : ("，", "。");
        var text = words.Select(word => word.Pause ? word.Text + comma : word.Text);
        return (Of(language) == "en" ? string.Join(' ', text) : string.Concat(text.Select(Spaced))) + stop;
    }

    /// <summary>Chinese has no spaces, but around Latin letters.</summary>
    private static string Spaced(string word) => word.All(char.IsAsciiLetter) ? $" {word} " : word;

    private static IReadOnlyList<SpokenWord> Chinese(SpokenCall call, OneReading one, string please, string number, string to, string counter) =>
    [
        new("please", please),
        .. call.Number.Select(sign => Sign(sign, digit => ChineseNumber.Digit(digit, one))),
        new("number", number, Pause: true),
        new("to", to),
        .. ChineseNumber.Of(call.Counter),
        new("counter", counter),
    ];

    private static IReadOnlyList<SpokenWord> English(SpokenCall call)
    {
        // A breath behind the letters: "A, zero one two".
        var letters = call.Number.TakeWhile(char.IsAsciiLetter).Count();
        return
        [
            new("number", "Number"),
            .. call.Number.Select((sign, place) => Sign(sign, EnglishNumber.Digit) with { Pause = place == letters - 1 || place == call.Number.Length - 1 }),
            new("please", "please go to counter"),
            .. EnglishNumber.Of(call.Counter),
        ];
    }

    private static SpokenWord Sign(char sign, Func<int, SpokenWord> digit) =>
        char.IsAsciiDigit(sign) ? digit(sign - '0') : Letter(sign);

    internal static SpokenWord Letter(char letter)
    {
        var capital = char.ToUpperInvariant(letter);
        return new(string.Create(CultureInfo.InvariantCulture, $"letter-{(char)(capital | 0x20)}"), capital.ToString());
    }
}
