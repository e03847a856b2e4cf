using System.Globalization;
using System.Text.Json;
using Kiosk.Firmware.Web.Api;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt.Commands;

/// <summary>Reads what came; every mistake names its field.</summary>
internal sealed class CommandReader(Topics topics, TimeProvider time)
{
    public const int LongestId = 50, LongestCorrelation = 200;

    /// <summary>Further ahead no command is taken: that long its answer has to be remembered.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    private static readonly string[] Members = ["id", "action", "expires", "args", "replyTo", "correlation"];

    /// <exception cref="BadInputException"/>
    public StoreCommand Read(Incoming incoming)
    {
        var body = RequestBody.Of(Parse(incoming.Payload), Members);
        var id = body.FreeText("id") is { Length: > 0 and <= LongestId } given && given.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '_' or '-')
            ? given
            : throw new BadInputException("id", $"The field \"id\" must be 1 to {LongestId} of A-Z a-z 0-9 . _ -: a new one for each command.");
        var action = body.FreeText("action") ?? throw new BadInputException("action", "The field \"action\" is missing.", StoreActions.All);
        return new(id, incoming.User, action, Args(body, incoming, action), Expires(body), ReplyTo(body, incoming), Correlation(body));
    }

    /// <summary>For an answer to what cannot be read further: what can be.</summary>
    public static (string? Id, string? Correlation) HeadOf(Incoming incoming)
    {
        try
        {
            var root = Parse(incoming.Payload);
            return (Word(root, "id", LongestId), Word(root, "correlation", LongestCorrelation));
        }
        catch (BadInputException)
        {
            return (null, null);
        }
    }

    private static string? Word(JsonElement root, string member, int longest) =>
        root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= longest ? text : null;

    private static JsonElement Parse(byte[] payload)
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(payload);
            return root.ValueKind == JsonValueKind.Object ? root : throw new BadInputException("command", "A command must be a JSON object.");
        }
        catch (JsonException mistake)
        {
            throw new BadInputException("command", $"The command is not JSON: line {mistake.LineNumber + 1}, byte {mistake.BytePositionInLine + 1}.");
        }
    }

    // On a device's own topic nothing else can be asked, and of no other device.
    private static JsonElement? Args(RequestBody body, Incoming incoming, string action)
    {
        var args = body.Element.TryGetProperty("args", out var given) ? given : (JsonElement?)null;
        if (incoming.Device is not { } device) return args;
        if (action != StoreActions.RestartDevice) throw new BadInputException("action", $"A device's own topic takes {StoreActions.RestartDevice} only.", [StoreActions.RestartDevice]);
        return args is null ? JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["device"] = device }) : throw new BadInputException("args", "The topic names the device: leave \"args\" out.");
    }

    private DateTimeOffset Expires(RequestBody body)
    {
        const string Form = "The field \"expires\" must be a time as 2026-11-22T08:30:00Z.";
        if (body.FreeText("expires") is not { } text) throw new BadInputException("expires", Form);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)) throw new BadInputException("expires", Form);
        return expires <= time.GetUtcNow() + LongestLife ? expires : throw new BadInputException("expires", $"The field \"expires\" may be at most a day ahead; the hall's clock says {time.GetUtcNow():O}.");
    }

    private string ReplyTo(RequestBody body, Incoming incoming)
    {
        // Elsewhere nothing is sent for others: they might not be allowed to. A dot or a space makes some brokers end our connection.
        if (body.FreeText("replyTo") is not { } topic) return incoming.ReplyTo;
        return topic.Length <= 200 && (topic == topics.Answer || topic.StartsWith(topics.Answer + "/", StringComparison.Ordinal)) && topic.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-' or '/')
            ? topic
            : throw new BadInputException("replyTo", $"The field \"replyTo\" must be {topics.Answer} or a topic below it, of A-Z a-z 0-9 _ - /.");
    }

    private static string? Correlation(RequestBody body) => body.FreeText("correlation") is not { } text || text.Length <= LongestCorrelation
        ? body.FreeText("correlation")
        : throw new BadInputException("correlation", $"The field \"correlation\" is longer than {LongestCorrelation} characters.");
}
