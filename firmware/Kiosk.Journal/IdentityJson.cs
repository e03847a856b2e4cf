using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;

namespace Kiosk.Journal;

/// <summary>Identities are written as people write them: <c>"A012"</c>, <c>"pay"</c>, <c>3</c>.</summary>
public sealed class TicketIdJson : JsonConverter<TicketId>
{
    public override TicketId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, TicketId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

public sealed class ServiceIdJson : JsonConverter<ServiceId>
{
    public override ServiceId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, ServiceId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

public sealed class CounterIdJson : JsonConverter<CounterId>
{
    public override CounterId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, CounterId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

public sealed class PaymentIdJson : JsonConverter<PaymentId>
{
    public override PaymentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, PaymentId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

public sealed class TicketNumberJson : JsonConverter<TicketNumber>
{
    public override TicketNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return text is [>= 'A' and <= 'Z' and var letter, .. var digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var serial)
                ? new(letter, serial)
                : throw new JsonException($"\"{text}\" is not a ticket number.");
    }

    public override void Write(Utf8JsonWriter writer, TicketNumber value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
