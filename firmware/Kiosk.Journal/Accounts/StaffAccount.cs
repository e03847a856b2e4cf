using System.Text.Json.Serialization;
using Kiosk.Domain.Staff;

namespace Kiosk.Journal.Accounts;

/// <summary>A member of staff who may sign in.</summary>
/// <param name="User">1 to 40 of <c>a-z 0-9 . - _</c>, beginning with a letter or digit.</param>
/// <param name="Failures">Wrong PINs in a row.</param>
/// <param name="Locks">How often it was locked since the last right PIN: each lock lasts twice as long as the one before.</param>
/// <param name="Removed">Kept, so that the name of somebody who has left is not given to another.</param>
public sealed record StaffAccount(
    string User,
    StaffRole Role,
    PinHash Pin,
    int Failures = 0,
    int Locks = 0,
    DateTimeOffset? LockedUntil = null,
    DateTimeOffset? LastSignIn = null,
    bool Removed = false)
{
    public const int LongestUser = 40;

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Trouble(string? user) =>
        user is { Length: >= 1 and <= LongestUser } && char.IsAsciiLetterOrDigit(user[0]) && user.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign is '.' or '-' or '_')
            ? null
            : $"A user name is 1 to {LongestUser} of a-z, 0-9, \".\", \"-\" and \"_\", beginning with a letter or digit.";

    /// <summary><c>manager</c>: how roles are written in files, requests and on the command line.</summary>
    public static string Word(StaffRole role) => role.ToString().ToLowerInvariant();

    public static IReadOnlyList<string> Roles { get; } = [.. Enum.GetValues<StaffRole>().Select(Word)];

    public static StaffRole? RoleOf(string? word) => Enum.GetValues<StaffRole>().Cast<StaffRole?>().FirstOrDefault(role => Word(role!.Value) == word);

    public bool LockedAt(DateTimeOffset now) => LockedUntil > now && LockedUntil <= now + LongestLock;

    /// <summary>No lock is longer: one that says so was made by a clock that was wrong.</summary>
    public static readonly TimeSpan LongestLock = TimeSpan.FromHours(1);
}

/// <summary>A customers' screen that may be used away from the board.</summary>
/// <param name="Id">Short; stands in the audit.</param>
/// <param name="Key">SHA-256 of the cookie that the screen holds, hex.</param>
public sealed record EnrolledScreen(string Id, string Name, string Key, DateTimeOffset Since);

/// <summary>All that <c>staff.json</c> holds.</summary>
public sealed record StaffBook(int Version, IReadOnlyList<StaffAccount> Accounts, IReadOnlyList<EnrolledScreen> Screens)
{
    public const int Newest = 1;

    public static StaffBook Empty { get; } = new(Newest, [], []);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StaffBook))]
internal sealed partial class StaffJson : JsonSerializerContext;
