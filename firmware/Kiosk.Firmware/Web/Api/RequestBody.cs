using System.Text.Json;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The JSON object of a request, read member by member so that a mistake names its field.</summary>
internal sealed class RequestBody
{
    public const int MaxBytes = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonElement _root;

    private RequestBody(JsonElement root) => _root = root;

    public JsonElement Element => _root;

    /// <summary>An absent body is an empty object.</summary>
    /// <exception cref="BadInputException">Not a JSON object, too long, or a member that is not among <paramref name="members"/>.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancel, params string[] members)
    {
        return (await ReadAnyAsync(request, cancel)).With(members);
    }

    /// <summary>What came by another way than a request.</summary>
    /// <exception cref="BadInputException">As above.</exception>
    public static RequestBody Of(JsonElement? root, params string[] members) => root switch
    {
        null or { ValueKind: JsonValueKind.Null } => new(JsonDocument.Parse("{}").RootElement),
        { ValueKind: JsonValueKind.Object } given => new RequestBody(given).With(members),
        _ => throw new BadInputException("args", "The field \"args\" must be an object."),
    };

    private RequestBody With(string[] members)
    {
        foreach (var member in _root.EnumerateObject())
        {
            if (!members.Contains(member.Name)) throw new BadInputException(member.Name, members.Length == 0 ? $"There is no field \"{member.Name}\" here: it takes none." : $"There is no field \"{member.Name}\" here; there are: {string.Join(", ", members)}.", members);
        }

        return this;
    }

    public static async Task<RequestBody> ReadAnyAsync(HttpRequest request, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        while (await request.Body.ReadAsync(buffer, cancel) is var count and > 0)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > MaxBytes) throw new BadInputException("body", $"The body is longer than {MaxBytes} bytes.");
        }

        if (bytes.Length == 0) return new(JsonDocument.Parse("{}").RootElement);
        try
        {
            var root = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), Strict).RootElement;
            return root.ValueKind == JsonValueKind.Object ? new(root) : throw new BadInputException("body", "The body must be a JSON object.");
        }
        catch (JsonException mistake)
        {
            throw new BadInputException("body", $"The body is not JSON: line {mistake.LineNumber + 1}, byte {mistake.BytePositionInLine + 1}.");
        }
    }

    public string Text(string member, IReadOnlyList<string> allowed) =>
        OptionalText(member, allowed) ?? throw new BadInputException(member, $"The field \"{member}\" is missing.", allowed);

    public string? OptionalText(string member, IReadOnlyList<string> allowed)
    {
        if (!Has(member, out var value)) return null;
        return Allowed(member, value, allowed);
    }

    private static string Allowed(string member, JsonElement value, IReadOnlyList<string> allowed)
    {
        if (value.ValueKind != JsonValueKind.String) throw new BadInputException(member, $"The field \"{member}\" must be a text.", allowed);

        var text = TextOf(member, value);
        return allowed.Contains(text) ? text : throw new BadInputException(member, $"\"{Short(text)}\" is not allowed for \"{member}\"; allowed: {string.Join(", ", allowed)}.", allowed);
    }

    /// <summary>Any words, or null where there are none.</summary>
    public string? FreeText(string member)
    {
        if (!Has(member, out var value)) return null;
        return value.ValueKind == JsonValueKind.String ? TextOf(member, value) : throw new BadInputException(member, $"The field \"{member}\" must be a text.");
    }

    public int? OptionalNumber(string member, IReadOnlyList<int> allowed)
    {
        if (!Has(member, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && allowed.Contains(number)
            ? number
            : throw new BadInputException(member, $"The field \"{member}\" must be one of the numbers allowed.", [.. allowed.Select(n => $"{n}")]);
    }

    public int? OptionalNumber(string member, int from, int to)
    {
        if (!Has(member, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= from && number <= to
            ? number
            : throw new BadInputException(member, $"The field \"{member}\" must be a whole number from {from} to {to}.", [$"{from} to {to}"]);
    }

    /// <summary>Empty where there is none.</summary>
    public IReadOnlyList<string> OptionalTexts(string member, IReadOnlyList<string> allowed)
    {
        if (!Has(member, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array) throw new BadInputException(member, $"The field \"{member}\" must be a list of texts.", allowed);
        return [.. value.EnumerateArray().Select(item => Allowed(member, item, allowed))];
    }

    public bool Flag(string member, bool otherwise)
    {
        if (!Has(member, out var value)) return otherwise;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new BadInputException(member, $"The field \"{member}\" must be true or false.", ["true", "false"]);
    }

    /// <summary>Present; JSON null counts as present with a null value.</summary>
    public bool HasNullable(string member, out string? text)
    {
        text = null;
        if (!_root.TryGetProperty(member, out var value)) return false;
        if (value.ValueKind == JsonValueKind.Null) return true;

        text = value.ValueKind == JsonValueKind.String ? TextOf(member, value) : throw new BadInputException(member, $"The field \"{member}\" must be a text or null.");
        return true;
    }

    // A text may be written in signs that stand for none: half a surrogate pair, bytes that are not UTF-8.
    private static string TextOf(string member, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new BadInputException(member, $"The field \"{member}\" is not valid Unicode.");
        }
    }

    private bool Has(string member, out JsonElement value) =>
        _root.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
