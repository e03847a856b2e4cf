using System.Collections.Immutable;

namespace Kiosk.Domain.Site;

/// <summary>One text in the hall's languages, by BCP 47 tag (<c>zh-CN</c>, <c>zh-TW</c>, <c>en</c>). Never empty.</summary>
public sealed record Texts(ImmutableSortedDictionary<string, string> ByLanguage)
{
    /// <summary>The text in that language, else in English, else in whichever there is.</summary>
    public string In(string language) =>
        ByLanguage.TryGetValue(language, out var text) || ByLanguage.TryGetValue("en", out text) ? text : ByLanguage.First().Value;

    public static Texts Of(params (string Language, string Text)[] texts) =>
        new(texts.ToImmutableSortedDictionary(pair => pair.Language, pair => pair.Text, StringComparer.Ordinal));

    public bool Equals(Texts? other) => other is not null && ByLanguage.SequenceEqual(other.ByLanguage);

    public override int GetHashCode() => ByLanguage.Aggregate(0, HashCode.Combine);
}
