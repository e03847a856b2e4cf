using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Reports;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>The schemas that are made from the code: of what events carry (the journal's shapes, and what is masked on the way to the wire), and of a day's report.</summary>
internal static class EventSchemas
{
    private const string Draft = "http://json-schema.org/draft-07/schema#", Reference = "^[0-9a-f]{8}$";

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly SourceComments Comments = new(Path.Combine(RunningHall.Repository(), "firmware/Kiosk.Domain"));

    /// <summary>By path below the folder of schemas.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = EventCodec.Types
        .ToDictionary(type => $"events/{type}.schema.json", type => Text(Of(type)))
        .Append(new("event-types.schema.json", Text(ByType())))
        .Append(new("results/report.schema.json", Text(Titled("Result of report", ReportJson.Wire.DayReport, nulls: true))))
        .ToDictionary();

    private static JsonObject Of(string type)
    {
        var shape = EventCodec.ShapeOf(type);
        var schema = Titled(type, shape, nulls: false);
        Mask(schema, shape.Type);
        return schema;
    }

    private static JsonObject Titled(string title, JsonTypeInfo shape, bool nulls)
    {
        var schema = new JsonObject { ["$schema"] = Draft, ["title"] = title };
        if (Comments.Summary(shape.Type) is { } summary) schema["description"] = summary;
        foreach (var (name, part) in Of(shape, nulls)) schema[name] = part?.DeepClone();
        return schema;
    }

    /// <summary>Chooses by the event's type; a type that is not here is of a newer version, and its data are free.</summary>
    private static JsonObject ByType() => new()
    {
        ["$schema"] = Draft,
        ["title"] = "The data of an event by its type",
        ["allOf"] = new JsonArray([.. EventCodec.Types.Order(StringComparer.Ordinal).Select(type => new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = type } }, ["required"] = new JsonArray("type") },
            ["then"] = new JsonObject { ["properties"] = new JsonObject { ["data"] = new JsonObject { ["$ref"] = $"events/{type}.schema.json" } } },
        })]),
    };

    /// <param name="nulls">Whether null members are written as null; else they are left out.</param>
    private static JsonObject Of(JsonTypeInfo shape, bool nulls)
    {
        var bare = Nullable.GetUnderlyingType(shape.Type);
        if (bare is not null) shape = shape.Options.GetTypeInfo(bare);
        return Known(shape.Type) ?? shape.Kind switch
        {
            JsonTypeInfoKind.Object => OfMembers(shape, nulls),
            JsonTypeInfoKind.Enumerable => new() { ["type"] = "array", ["items"] = Of(shape.Options.GetTypeInfo(shape.ElementType!), nulls) },
            JsonTypeInfoKind.Dictionary => new() { ["type"] = "object", ["additionalProperties"] = Of(shape.Options.GetTypeInfo(shape.ElementType!), nulls) },
            _ => OfLeaf(shape),
        };
    }

    private static JsonObject OfMembers(JsonTypeInfo shape, bool nulls)
    {
        var (members, needed) = (new JsonObject(), new JsonArray());
        foreach (var property in shape.Properties.Where(property => property.Get is not null))
        {
            var member = Of(shape.Options.GetTypeInfo(property.PropertyType), nulls);
            if (Comments.Member(property.DeclaringType, property.Name) is { } words) member["description"] = words;
            members[property.Name] = member;

            var may = property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsGetNullable;
            if (may && nulls) OrNull(member);
            if (!may || nulls) needed.Add(property.Name);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = members };
        if (needed.Count > 0) schema["required"] = needed;
        return schema;
    }

    private static void OrNull(JsonObject schema)
    {
        if (schema["type"] is { } type) schema["type"] = new JsonArray(type.DeepClone(), "null");
        if (schema["enum"] is JsonArray words) words.Add(null);
    }

    private static JsonObject OfLeaf(JsonTypeInfo shape)
    {
        var leaf = (JsonObject)shape.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        Assert.True(leaf.ContainsKey("type") || leaf.ContainsKey("enum"), $"{shape.Type} is new among the members of events: say in Known what it looks like.");
        return leaf;
    }

    /// <summary>What converters of our own write.</summary>
    private static JsonObject? Known(Type type) => type switch
    {
        _ when type == typeof(TicketId) || type == typeof(PaymentId) => new() { ["type"] = "string", ["pattern"] = Reference },
        _ when type == typeof(TicketNumber) => new() { ["type"] = "string", ["pattern"] = "^[A-Z][0-9]{3,}$" },
        _ when type == typeof(ServiceId) => new() { ["type"] = "string", ["pattern"] = "^[a-z0-9-]+$" },
        _ when type == typeof(CounterId) => new() { ["type"] = "integer", ["minimum"] = 1 },
        _ => null,
    };

    /// <summary>As <see cref="Kiosk.Mqtt.EventPayloads"/> does it; the samples of the contract's test go through both.</summary>
    private static void Mask(JsonObject schema, Type type)
    {
        var members = schema["properties"]!.AsObject();
        foreach (var own in (string[])["bill", "forward", "mark"])
        {
            if (members.Remove(own) && schema["required"] is JsonArray needed) needed.Remove(needed.FirstOrDefault(name => name!.GetValue<string>() == own));
        }

        if (members["appointment"] is JsonObject appointment) appointment["pattern"] = @"^\*{4}.{0,2}$";
        if (type == typeof(HallEvent.SuggestionMade) || type == typeof(HallEvent.SuggestionAssigned) || type == typeof(HallEvent.SuggestionAnswered))
            members["entry"]!["pattern"] = "^[^-]*$";
        if (type == typeof(HallEvent.PersonalDataErased)) (members["what"]!["pattern"], members["what"]!["description"]) = ("^[^/ -]*$", "Its first word.");
    }

    private static string Text(JsonNode schema) => schema.ToJsonString(Pretty) + "\n";
}
