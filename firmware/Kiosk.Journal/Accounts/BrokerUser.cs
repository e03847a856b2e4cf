using System.Text.Json.Serialization;

namespace Kiosk.Journal.Accounts;

/// <summary>What a user of the hall's own broker may do there; what that means in topics stands in <c>firmware/docs/mqtt.md</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BrokerRight>))]
public enum BrokerRight
{
    /// <summary>Reads everything, acknowledges, asks for everything again, sends commands under its own name.</summary>
    [JsonStringEnumMemberName("store")]
    Store,

    /// <summary>A satellite board: reads and writes below its own device, and nothing else.</summary>
    [JsonStringEnumMemberName("board")]
    Board,

    /// <summary>Reads everything.</summary>
    [JsonStringEnumMemberName("read")]
    Read,
}

/// <param name="Name">1 to 40 of <c>a-z 0-9 . - _</c>, beginning with a letter or digit; <c>kiosk-…</c> is the host's own.</param>
/// <param name="Device">Of a board: the id under <c>dev/</c>. Else null.</param>
/// <param name="Password">As <see cref="BrokerPassword"/> makes it; null: whoever shows a certificate of this name, nobody by password.</param>
public sealed record BrokerUser(string Name, BrokerRight May, string? Device, string? Password)
{
    public const string HostPrefix = "kiosk-";

    public static IReadOnlyList<string> Rights { get; } = [.. Enum.GetValues<BrokerRight>().Select(Word)];

    public static string Word(BrokerRight right) => right.ToString().ToLowerInvariant();

    public static BrokerRight? RightOf(string? word) => Enum.GetValues<BrokerRight>().Cast<BrokerRight?>().FirstOrDefault(right => Word(right!.Value) == word);

    /// <summary>What is wrong with a name, or null. Other signs would be wildcards or end a line of the broker's files.</summary>
    public static string? Trouble(string? name) =>
        StaffAccount.Trouble(name) ?? (name!.StartsWith(HostPrefix, StringComparison.Ordinal) ? $"Names that begin with {HostPrefix} are the hall's own: choose another." : null);

    /// <summary>What is wrong with right and device together, or null.</summary>
    public static string? Trouble(BrokerRight may, string? device) => (may, device) switch
    {
        (BrokerRight.Board, null) => "A board needs the id of its device: --device ID.",
        (BrokerRight.Board, { Length: >= 1 and <= 40 } id) when id.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-') => null,
        (BrokerRight.Board, _) => "The id of a device is 1 to 40 of a-z, 0-9 and -.",
        (_, null) => null,
        _ => $"Only a board has a device; a user who may {Word(may)} has none.",
    };

    // A record would print the hash into any log line that names a user.
    public override string ToString() => $"{Name} ({Word(May)})";
}

/// <summary>All that <c>broker-users.json</c> holds.</summary>
public sealed record BrokerUsers(int Version, IReadOnlyList<BrokerUser> Users)
{
    public const int Newest = 1;

    /// <summary>Each costs the broker a check at every reload.</summary>
    public const int Most = 100;

    public static BrokerUsers Empty { get; } = new(Newest, []);

    public BrokerUser? Find(string name) => Users.FirstOrDefault(user => user.Name == name);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BrokerUsers))]
internal sealed partial class BrokerUsersJson : JsonSerializerContext;
