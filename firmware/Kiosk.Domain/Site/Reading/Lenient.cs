using System.Text.Json;

namespace Kiosk.Domain.Site.Reading;

/// <summary>Reads what can be read of a document that may be wrong elsewhere: a wrong or missing value is skipped, for <see cref="ShapeCheck"/> names it.</summary>
internal static class Lenient
{
    public static JsonElement? Member(this JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement owner, string name) =>
        owner.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static int? Whole(this JsonElement owner, string name) =>
        owner.Member(name) is { } value && ShapeCheck.WholeNumber(value) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static IEnumerable<JsonElement> List(this JsonElement owner, string name) =>
        owner.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The texts in a list, each with its index.</summary>
    public static IEnumerable<(int Index, string Value)> Texts(this JsonElement owner, string name) =>
        owner.List(name).Index().Where(entry => entry.Item.ValueKind == JsonValueKind.String).Select(entry => (entry.Index, entry.Item.GetString()!));
}
