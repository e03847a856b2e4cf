using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>Bodies as <c>firmware/docs/billers.md</c> has them. Members that are not known are skipped, those that are needed must be there.</summary>
[JsonSerializable(typeof(LookUpRequest))]
[JsonSerializable(typeof(LookUpReply))]
[JsonSerializable(typeof(PostRequest))]
[JsonSerializable(typeof(PostingReply))]
[JsonSerializable(typeof(CancelReply))]
[JsonSerializable(typeof(StatementReply))]
[JsonSerializable(typeof(ProblemReply))]
[JsonSerializable(typeof(TokenReply))]
internal sealed partial class BillerWire : JsonSerializerContext
{
    public static BillerWire Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

internal sealed record LookUpRequest(string Account, string Terminal, string Currency);

internal sealed record LookUpReply(string Reference, string MaskedName, long Due, string Currency, long? Least = null, long? Most = null);

internal sealed record PostRequest(string Reference, long Amount, string Currency, string Terminal, int Period, string Means, DateTimeOffset PaidAt);

internal sealed record PostingReply(string Key, string State, long Amount, string Currency, string? Number = null, string? Reason = null);

internal sealed record CancelReply(string Key, string State);

internal sealed record StatementReply(string Terminal, int Period, int Count, long Total, string Currency);

internal sealed record ProblemReply(string Reason, string? Key = null);

/// <summary>RFC 6749, 5.1: its names have underscores.</summary>
internal sealed record TokenReply(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int? ExpiresIn = null);
