using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Kiosk.DemoBiller;

/// <summary>Something in a request is wrong; becomes a 400 that names the field.</summary>
internal sealed class BadRequestException(string field, string allowed) : Exception($"{field}: {allowed}");

/// <summary>The JSON object of a request, member by member.</summary>
internal sealed partial class RequestText(JsonElement root)
{
    public const int MaxBytes = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static async Task<RequestText> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancel);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone()) : throw new BadRequestException("body", "a JSON object");
        }
        catch (JsonException)
        {
            throw new BadRequestException("body", "a JSON object");
        }
    }

    public string Text(string name, int most) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= most
            ? text
            : throw new BadRequestException(name, $"a text of 1 to {most} signs");

    public string? TextOrNull(string name, int most) => root.TryGetProperty(name, out _) ? Text(name, most) : null;

    public long Whole(string name, long least, long most) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw new BadRequestException(name, $"a whole number from {least} to {most}");

    public long? WholeOrNull(string name, long least, long most) => root.TryGetProperty(name, out _) ? Whole(name, least, most) : null;

    /// <exception cref="BadRequestException">The header is missing or no key.</exception>
    public static string Key(HttpRequest request) => Checked("Idempotency-Key", request.Headers["Idempotency-Key"].ToString());

    public static string Checked(string name, string key) => KeyShape().IsMatch(key) ? key : throw new BadRequestException(name, "1 to 64 of A-Z, a-z, 0-9, - and _");

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex KeyShape();
}
