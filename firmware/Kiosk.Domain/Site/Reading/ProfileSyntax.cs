using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Kiosk.Domain.Site.Reading;

/// <summary>From bytes to a JSON document, or to the one place where it stops being JSON.</summary>
internal static class ProfileSyntax
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static JsonDocument? Parse(ReadOnlyMemory<byte> json, out ProfileMistake? mistake)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        mistake = Unreadable(json);
        if (mistake is not null) return null;

        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException fault)
        {
            mistake = At(json.Span, fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0, Reason(fault));
            return null;
        }
    }

    /// <summary>What the JSON parser lets pass and then throws at whoever reads the string: looked for once, here.</summary>
    private static ProfileMistake? Unreadable(ReadOnlyMemory<byte> json)
    {
        if (json.Length > ProfileReader.MaxBytes) return new("", $"is {json.Length} bytes long; allowed: {ProfileReader.MaxBytes} bytes");
        if (!Utf8.IsValid(json.Span)) return new("", "is not UTF-8 text; save the file as UTF-8");

        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            }
        }
        catch (JsonException fault)
        {
            return At(json.Span, fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0, Reason(fault));
        }
        catch (InvalidOperationException)
        {
            var before = json.Span[..(int)reader.TokenStartIndex];
            var line = before.Count((byte)'\n');
            return At(json.Span, line, before.Length - (before.LastIndexOf((byte)'\n') + 1), "half of a surrogate pair (\\uD800 to \\uDFFF) stands alone in this text.");
        }

        return null;
    }

    private static ProfileMistake At(ReadOnlySpan<byte> json, long line, long bytesBefore, string reason)
    {
        for (var skipped = 0L; skipped < line; skipped++) json = json[(json.IndexOf((byte)'\n') + 1)..];

        // People count characters, the parser counts bytes; a Hanzi is three of them.
        var column = Encoding.UTF8.GetString(json[..(int)Math.Min(bytesBefore, json.Length)]).EnumerateRunes().Count() + 1;
        return new("", $"line {line + 1}, column {column}: {reason}");
    }

    /// <summary>The parser's sentence without its own place, which counts from 0.</summary>
    private static string Reason(JsonException fault)
    {
        var end = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? fault.Message : fault.Message[..end];
    }
}
