using System.Collections.Immutable;
using System.Text.Json;

namespace Kiosk.Domain.Site.Reading;

/// <summary>Compares a value with its rule and lists every difference.</summary>
internal static class ShapeCheck
{
    private const int ShownLength = 40;

    public static void Check(JsonElement value, ValueRule rule, string path, ImmutableArray<ProfileMistake>.Builder mistakes)
    {
        switch (rule, value.ValueKind)
        {
            case (ValueRule.Text { OrNull: true }, JsonValueKind.Null):
            case (ValueRule.Truth, JsonValueKind.True or JsonValueKind.False):
            case (ValueRule.AnyObject, JsonValueKind.Object):
                return;
            case (ValueRule.Text text, JsonValueKind.String) when text.Matches(value.GetString()!):
            case (ValueRule.Whole range, JsonValueKind.Number) when WholeNumber(value) is { } number && number >= range.Min && number <= range.Max:
                return;
            case (ValueRule.Choice choice, JsonValueKind.String):
                if (!choice.Values.Contains(value.GetString()!))
                    mistakes.Add(new(path, $"unknown: {Shown(value)}; {Nearest.Hint(value.GetString()!, choice.Values)}allowed: {choice.Allowed}"));
                return;
            case (ValueRule.List list, JsonValueKind.Array):
                CheckList(value, list, path, mistakes);
                return;
            case (ValueRule.ByLanguage texts, JsonValueKind.Object):
                CheckTexts(value, texts, path, mistakes);
                return;
            case (ValueRule.Members members, JsonValueKind.Object):
                CheckMembers(value, members, path, mistakes);
                return;
            default:
                mistakes.Add(new(path, $"{(path.Length == 0 ? "the profile " : "")}is {Shown(value)}; allowed: {rule.Allowed}"));
                return;
        }
    }

    /// <summary>As JSON Schema sees it: 10 and 10.0 are whole, 10.5 is not. Null where it is not whole.</summary>
    public static decimal? WholeNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.Truncate(number) == number ? number : null;

    public static string Below(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private static void CheckList(JsonElement value, ValueRule.List list, string path, ImmutableArray<ProfileMistake>.Builder mistakes)
    {
        var length = value.GetArrayLength();
        if (length < list.Min || length > list.Max)
            mistakes.Add(new(path, $"has {length} entries; allowed: {list.Allowed}"));

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            Check(item, list.Item, $"{path}[{index}]", mistakes);
            if (list.Distinct && item.ValueKind == JsonValueKind.String && !seen.TryAdd(item.GetString()!, index))
                mistakes.Add(new($"{path}[{index}]", $"{Shown(item)} stands in {path}[{seen[item.GetString()!]}] already"));
        }
    }

    private static void CheckTexts(JsonElement value, ValueRule.ByLanguage texts, string path, ImmutableArray<ProfileMistake>.Builder mistakes)
    {
        foreach (var member in Once(value, path, mistakes))
            Check(member.Value, texts.Value, Below(path, member.Name), mistakes);
    }

    private static void CheckMembers(JsonElement value, ValueRule.Members members, string path, ImmutableArray<ProfileMistake>.Builder mistakes)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in Once(value, path, mistakes))
        {
            present.Add(member.Name);
            if (members.Find(member.Name) is { } known)
                Check(member.Value, known.Value, Below(path, member.Name), mistakes);
            else
                mistakes.Add(Unknown(member.Name, members, path));
        }

        foreach (var missing in members.All.Where(member => member.Required && !present.Contains(member.Name)))
            mistakes.Add(new(Below(path, missing.Name), $"is missing; needed: {missing.Value.Allowed}"));
    }

    private static ProfileMistake Unknown(string name, ValueRule.Members members, string path)
    {
        var names = members.All.Select(member => member.Name).ToList();
        return new(Below(path, name), $"unknown member; {Nearest.Hint(name, names)}allowed: {string.Join(", ", names)}");
    }

    /// <summary>Every member; one that is given twice is a mistake, as nobody can say which one counts.</summary>
    private static IEnumerable<JsonProperty> Once(JsonElement value, string path, ImmutableArray<ProfileMistake>.Builder mistakes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name)) mistakes.Add(new(Below(path, member.Name), "stands here twice; leave one"));
            yield return member;
        }
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ when value.GetRawText() is { Length: > ShownLength } raw => raw[..ShownLength] + "…",
        _ => value.GetRawText(),
    };
}
