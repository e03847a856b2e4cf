using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Kiosk.Domain.Hall;

namespace Kiosk.Ui;

/// <summary>The screens' own sentences in one language, from <c>Texts/{language}.json</c>. The hall's texts (services, name) come from its profile.</summary>
public sealed class Phrases
{
    private static readonly FrozenDictionary<string, Phrases> Known = Load();

    private readonly FrozenDictionary<string, string> _sentences;

    private Phrases(string language, FrozenDictionary<string, string> sentences) => (Language, _sentences) = (language, sentences);

    /// <summary>BCP 47 tags of the languages that the screens speak.</summary>
    public static IReadOnlyCollection<string> Languages => Known.Keys;

    public string Language { get; }

    public IReadOnlyCollection<string> Keys => _sentences.Keys;

    /// <exception cref="KeyNotFoundException">The language has no such sentence: a mistake in a screen.</exception>
    public string this[string key] =>
        _sentences.TryGetValue(key, out var sentence) ? sentence : throw new KeyNotFoundException($"Texts/{Language}.json has no \"{key}\".");

    /// <summary>A sentence with <c>{0}</c>, <c>{1}</c> filled in.</summary>
    public string Say(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>A sentence about a number of people or things; where the language tells one from many, <c>key.one</c> is used for 1.</summary>
    public string Count(string key, int number) => Say(number == 1 && _sentences.ContainsKey(key + ".one") ? key + ".one" : key, number);

    public string Of(Rejection rejection) => this["rejection." + rejection];

    /// <summary>What is wrong with a device; a fault that the list does not know keeps its own name.</summary>
    public string Fault(string fault) => _sentences.GetValueOrDefault("fault." + fault, fault);

    /// <summary>What to do about it.</summary>
    public string Advice(string fault) => _sentences.GetValueOrDefault("advice." + fault, this["advice.Other"]);

    /// <summary>A language that the screens do not speak is served in English.</summary>
    public static Phrases In(string language) => Known.GetValueOrDefault(language) ?? Known["en"];

    /// <summary>The name of a language in its own script.</summary>
    public static string NameOf(string language) =>
        Known.TryGetValue(language, out var known) ? known["language.name"] : CultureInfo.GetCultureInfo(language).NativeName;

    private static FrozenDictionary<string, Phrases> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("texts/", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .ToFrozenDictionary(phrases => phrases.Language, StringComparer.OrdinalIgnoreCase);
    }

    private static Phrases Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var sentences = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
        return new Phrases(Path.GetFileNameWithoutExtension(name), sentences.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
