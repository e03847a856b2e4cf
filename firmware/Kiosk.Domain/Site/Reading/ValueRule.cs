using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Kiosk.Domain.Site.Reading;

/// <summary>What a value of the profile may be. A closed set; <c>hall.schema.json</c> says the same and a test compares them.</summary>
/// <param name="Allowed">In words, as it stands in messages.</param>
internal abstract record ValueRule(string Allowed)
{
    /// <param name="Pattern">As in JSON Schema (ECMA 262), anchored at both ends.</param>
    /// <param name="MaxLength">In characters (Unicode scalar values).</param>
    internal sealed record Text(string Pattern, int MaxLength, string Allowed, bool OrNull = false) : ValueRule(Allowed)
    {
        // "$" lets a line feed at the end pass in .NET, not in ECMA 262.
        private readonly Regex _pattern = new(Pattern[..^1] + @"\z", RegexOptions.CultureInvariant);

        public bool Matches(string value) => value.EnumerateRunes().Count() <= MaxLength && _pattern.IsMatch(value);
    }

    internal sealed record Whole(int Min, int Max) : ValueRule($"a whole number from {Min} to {Max}");

    internal sealed record Truth() : ValueRule("true or false");

    internal sealed record Choice(params ImmutableArray<string> Values) : ValueRule(string.Join(", ", Values));

    /// <param name="What">Plural, for messages.</param>
    internal sealed record List(ValueRule Item, int Min, int Max, string What, bool Distinct = false)
        : ValueRule($"a list of {Min} to {Max} {What}");

    /// <summary>One text per language. <see cref="SenseCheck"/> knows which languages there are.</summary>
    internal sealed record ByLanguage(Text Value) : ValueRule("an object with a text for each language");

    /// <summary>An object that somebody else checks.</summary>
    internal sealed record AnyObject() : ValueRule("an object");

    internal sealed record Members(params ImmutableArray<Member> All) : ValueRule("an object")
    {
        public Member? Find(string name) => All.FirstOrDefault(member => member.Name == name);
    }

    internal sealed record Member(string Name, ValueRule Value, bool Required);
}
