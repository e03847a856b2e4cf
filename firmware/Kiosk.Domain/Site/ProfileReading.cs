using System.Collections.Immutable;

namespace Kiosk.Domain.Site;

/// <summary>What came of reading a <c>hall.json</c>: the profile, or every mistake in it.</summary>
/// <param name="Profile">Null where there is a mistake.</param>
/// <param name="Mistakes">In the order of the reader's checks; empty where there is a profile.</param>
public sealed record ProfileReading(HallProfile? Profile, ImmutableArray<ProfileMistake> Mistakes);

/// <summary>One mistake in a profile.</summary>
/// <param name="Path">Where: <c>services[2].letter</c>. Empty for the document as a whole, as a syntax error.</param>
/// <param name="Message">What is wrong and what is allowed, in English.</param>
public sealed record ProfileMistake(string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
