using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiosk.Mqtt;

/// <summary>Payloads as JSON: camelCase, UTF-8 as it is, absent values as null.</summary>
[JsonSerializable(typeof(EventPayload))]
[JsonSerializable(typeof(HallPayload))]
[JsonSerializable(typeof(ServicePayload))]
[JsonSerializable(typeof(CounterPayload))]
[JsonSerializable(typeof(DevicePayload))]
[JsonSerializable(typeof(StatusPayload))]
[JsonSerializable(typeof(AcknowledgementPayload))]
[JsonSerializable(typeof(RebirthPayload))]
[JsonSerializable(typeof(CommandPayload))]
[JsonSerializable(typeof(AnswerPayload))]
internal sealed partial class PayloadJson : JsonSerializerContext
{
    public static PayloadJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,

        // An acknowledgement without its seq is none, rather than one of 0.
        RespectRequiredConstructorParameters = true,

        // Chinese stays Chinese: the payload is read by programs, never pasted into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Bytes(object payload) => JsonSerializer.SerializeToUtf8Bytes(payload, payload.GetType(), Wire);
}
