using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kiosk.Provisioning.Store;

/// <summary>An event as the hall sent it, understood as far as it must be to be kept: a type or a member that nobody knows yet is kept too.</summary>
/// <param name="Body">The payload byte by byte, without its member <c>historical</c>: the same event comes with and without it.</param>
internal sealed record CopyEvent(CopyPlace Place, DateTimeOffset At, string Type, byte[] Body)
{
    /// <summary>Of the contract: the 1 of <c>qms/v1</c>.</summary>
    private const int Version = 1;

    /// <param name="trouble">What is wrong with the payload, where it is no event of this hall.</param>
    public static bool TryRead(byte[] payload, string hall, [NotNullWhen(true)] out CopyEvent? found, [NotNullWhen(false)] out string? trouble)
    {
        found = null;
        try
        {
            var members = Members.Of(payload);
            trouble = members switch
            {
                { Version: not Version } => $"\"v\" is {members.Version}, and this program knows {Version}",
                _ when members.Hall != hall => $"\"hall\" is \"{members.Hall}\"",
                { Epoch: < 1 } or { Seq: < 1 } => "\"epoch\" and \"seq\" must be whole numbers from 1 up",
                { At: null } => "\"ts\" is missing",
                { Type: null or "" } => "\"type\" is missing",
                { HasData: false } => "\"data\" is not an object",
                _ => null,
            };
            if (trouble is not null) return false;

            found = new(new(members.Epoch, members.Seq), members.At!.Value, members.Type!, members.Cut is var (from, to) ? [.. payload.AsSpan(0, from), .. payload.AsSpan(to)] : payload);
            return true;
        }
        catch (Exception bad) when (bad is JsonException or FormatException or InvalidOperationException)
        {
            trouble = bad.Message;
            return false;
        }
    }

    /// <param name="Cut">Where <c>historical</c> stands, with the comma that goes with it.</param>
    private readonly record struct Members(int Version, string? Hall, int Epoch, long Seq, DateTimeOffset? At, string? Type, bool HasData, (int From, int To)? Cut)
    {
        public static Members Of(ReadOnlySpan<byte> payload)
        {
            var members = new Members();
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("it is not a JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (start, name) = ((int)reader.TokenStartIndex, reader.GetString());
                reader.Read();
                members = name switch
                {
                    "v" => members with { Version = reader.GetInt32() },
                    "hall" => members with { Hall = reader.GetString() },
                    "epoch" => members with { Epoch = reader.GetInt32() },
                    "seq" => members with { Seq = reader.GetInt64() },
                    "ts" => members with { At = reader.GetDateTimeOffset() },
                    "type" => members with { Type = reader.GetString() },
                    "data" => members with { HasData = reader.TokenType == JsonTokenType.StartObject },
                    _ => members,
                };
                reader.Skip();
                if (name == "historical") members = members with { Cut = WithComma(payload, start, (int)reader.BytesConsumed) };
            }

            while (reader.Read())
            {
                // Anything behind the object is no JSON, and says so.
            }

            return members;
        }

        private static (int From, int To) WithComma(ReadOnlySpan<byte> payload, int from, int to)
        {
            var before = payload[..from].TrimEnd(" \t\r\n"u8);
            if (before.EndsWith(","u8)) return (before.Length - 1, to);

            // It is the first member: the comma behind it goes, where there is one.
            var behind = payload[to..].TrimStart(" \t\r\n"u8);
            return behind.StartsWith(","u8) ? (from, payload.Length - behind.Length + 1) : (from, to);
        }
    }
}
