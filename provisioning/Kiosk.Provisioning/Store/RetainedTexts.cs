using System.Text.Json;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>The retained state of a hall as the broker has it, topic by topic.</summary>
internal sealed class RetainedTexts(Topics topics)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _texts = [];

    public string Filter => $"{topics.Root}/state/#";

    public IReadOnlyDictionary<string, byte[]> Latest
    {
        get
        {
            lock (_gate) return new SortedDictionary<string, byte[]>(_texts, StringComparer.Ordinal);
        }
    }

    public void Hear(MqttMessage message)
    {
        if (!message.Topic.StartsWith(topics.Root + "/state/", StringComparison.Ordinal)) return;
        lock (_gate)
        {
            // An empty text takes back what stood there.
            if (message.Payload.Length == 0) _texts.Remove(message.Topic);
            else _texts[message.Topic] = message.Payload;
        }
    }

    /// <summary>The event as of which a text is; null where it does not say.</summary>
    public static CopyPlace? PlaceOf(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return new(json.RootElement.GetProperty("epoch").GetInt32(), json.RootElement.GetProperty("seq").GetInt64());
        }
        catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Members that differ, byte by byte, but for the moment (<c>seq</c>, <c>ts</c>) and what is told of the wait, which no events say; null: none does.</summary>
    public static string? Difference(byte[] hall, byte[] copy)
    {
        var (theirs, own) = (Members(hall), Members(copy));
        if (theirs.SequenceEqual(own)) return null;

        var differing = theirs.Except(own).Select(member => member.Name).Concat(own.Except(theirs).Select(member => member.Name)).Distinct().ToList();
        return differing.Count == 0
            ? "the members stand in another order"
            : string.Join("; ", differing.Select(name => $"{name} is {Raw(theirs, name)} in the hall and {Raw(own, name)} in the copy"));
    }

    private static List<(string Name, string Raw)> Members(byte[] text)
    {
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateObject().Where(member => member.Name is not ("seq" or "ts" or "waitFromMinutes" or "waitToMinutes")).Select(member => (member.Name, member.Value.GetRawText()))];
    }

    private static string Raw(List<(string Name, string Raw)> members, string name) =>
        members.Where(member => member.Name == name).Select(member => member.Raw).FirstOrDefault() ?? "not there";
}
