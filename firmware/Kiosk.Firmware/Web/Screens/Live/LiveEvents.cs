using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Ui;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>What a browser gets to put in place.</summary>
internal sealed record Update(string Lang, string Classes, string Title, IReadOnlyDictionary<string, string> Parts);

/// <param name="Message">Why a press had no effect, in the language of the screen; null where it had.</param>
/// <param name="Good">The message tells what was done.</param>
/// <param name="Go">Address of this host to go on to, or null.</param>
internal sealed record PressReply(string? Message, bool Good = false, string? Go = null);

internal sealed record Beat(long Now, string Version);

[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(Beat))]
[JsonSerializable(typeof(PressReply))]
internal sealed partial class LiveJson : JsonSerializerContext
{
    /// <summary>HTML and Chinese as themselves: a stream is read by a script, never put into a page as it is.</summary>
    public static LiveJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>The events of a live stream as bytes (server-sent events, HTML standard 9.2).</summary>
internal static class LiveEvents
{
    public static byte[] Beat(DateTimeOffset now) => Bytes("beat", JsonSerializer.Serialize(new Beat(now.ToUnixTimeMilliseconds(), Asset.Version), LiveJson.Wire.Beat));

    /// <summary>What brings a browser from a version to the latest.</summary>
    public static byte[] Of(VersionedFrame latest, long seen) => latest.Frame is { } frame
        ? Bytes("parts", JsonSerializer.Serialize(new Update(frame.Language, frame.Classes, frame.Title, latest.Since(seen)), LiveJson.Wire.Update))
        : Bytes("gone", "{}");

    private static byte[] Bytes(string kind, string json) => Encoding.UTF8.GetBytes($"event: {kind}\ndata: {json}\n\n");
}
