using System.Text.Json;
using Kiosk.Journal;

namespace Kiosk.Provisioning.Log;

/// <summary>An event as the host's <c>GET /control/log</c> gives it and <c>kioskctl log --json</c> shows it.</summary>
/// <param name="Type">As in the journal: <c>ticket-issued</c>.</param>
/// <param name="Data">The event's members.</param>
internal sealed record LogEntry(int Epoch, long Seq, DateTimeOffset At, string Type, JsonElement Data, string? Request, string Source, string? Who = null)
{
    public static LogEntry Of(Recorded recorded) => new(
        recorded.Epoch,
        recorded.Seq,
        recorded.At,
        EventCodec.TypeOf(recorded.Fact),
        JsonSerializer.Deserialize<JsonElement>(EventCodec.Encode(recorded.Fact)),
        recorded.Request,
        recorded.Source,
        recorded.Who);

    /// <exception cref="Trouble">The host answered otherwise.</exception>
    public static IReadOnlyList<LogEntry> OfHost(JsonElement answer)
    {
        try
        {
            return answer.Deserialize<List<LogEntry>>(Json.Shape) ?? throw new JsonException("null instead of a list");
        }
        catch (JsonException otherwise)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host's journal is not understood ({otherwise.Message}): is it of another version than kioskctl?", otherwise);
        }
    }

    /// <summary>Words where this version knows the event, else type and members as they are: a host may be newer than its tool.</summary>
    public string Words()
    {
        if (!EventCodec.Types.Contains(Type)) return $"{Type} {Data.GetRawText()}";

        try
        {
            return EventWords.For(EventCodec.Decode(Type, JsonSerializer.SerializeToUtf8Bytes(Data)));
        }
        catch (JournalRefusedException)
        {
            return $"{Type} {Data.GetRawText()}";
        }
    }
}
