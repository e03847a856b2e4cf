using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Books;

/// <param name="Kind"><c>opening</c> or <c>closing</c>.</param>
/// <param name="By">Who signed, or null where nobody was signed in.</param>
public sealed record SignedCheck(string Id, string Kind, DateTimeOffset At, string? By, bool Passed, IReadOnlyList<CheckItem> Items, string? Remark);

/// <summary>The signed checks before opening and after closing.</summary>
/// <param name="Entries">Oldest first.</param>
public sealed record Checks(ImmutableList<SignedCheck> Entries)
{
    public const string Opening = "opening", Closing = "closing";

    public static Checks Empty { get; } = new([]);

    public static IReadOnlyList<string> Kinds { get; } = [Opening, Closing];

    public SignedCheck? Find(string id) => Entries.FindLast(check => check.Id == id);

    /// <summary>The latest check of a kind that was signed on that date of the hall's, or null.</summary>
    public SignedCheck? On(DateOnly date, string kind, TimeZoneInfo zone) =>
        Entries.FindLast(check => check.Kind == kind && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(check.At, zone).DateTime) == date);

    /// <summary>Latest first.</summary>
    public IEnumerable<SignedCheck> Latest(int count) => Entries.Reverse().Take(count);

    public Checks After(Note fact, DateTimeOffset at, string? who) =>
        fact is DayChecked e ? new(Entries.Add(new(e.Check, e.Kind, at, who, e.Passed, e.Items, e.Remark))) : this;

    internal Checks Trimmed(DateTimeOffset since) => new(Entries.Trimmed(since, check => check.At));
}
