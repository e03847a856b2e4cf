using System.Collections.Immutable;
using Kiosk.Domain.Site.Reading;

namespace Kiosk.Domain.Site;

/// <summary>
/// Reads <c>hall.json</c> and lists every mistake in it. Opens nothing; time zones are those that the system knows.
/// JSON as in RFC 8259, with <c>//</c> and <c>/* */</c> comments and trailing commas allowed: people write these files.
/// </summary>
public static class ProfileReader
{
    /// <summary>A profile is a page or two of text; whatever is longer is another file.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <param name="utf8Json">The file, with or without a byte order mark.</param>
    /// <param name="checkDevice">The mistakes in one device's driver, link and options, with paths below the device (<c>options.columns</c>).</param>
    /// <param name="classOf">The device class of a driver, null for an unknown driver; left out where nobody knows drivers, and classes are not compared then.</param>
    public static ProfileReading Read(ReadOnlyMemory<byte> utf8Json, Func<DeviceProfile, IEnumerable<ProfileMistake>> checkDevice, Func<string, string?>? classOf = null)
    {
        if (ProfileSyntax.Parse(utf8Json, out var syntaxMistake) is not { } document) return new(null, [syntaxMistake!]);

        using (document)
        {
            var mistakes = ImmutableArray.CreateBuilder<ProfileMistake>();
            ShapeCheck.Check(document.RootElement, ProfileShape.Hall, "", mistakes);
            if (document.RootElement.ValueKind == System.Text.Json.JsonValueKind.Object)
                new SenseCheck(document.RootElement, mistakes).Check(checkDevice, classOf);

            return mistakes.Count == 0
                ? new(ProfileBuilder.Build(document.RootElement), [])
                : new(null, mistakes.ToImmutable());
        }
    }
}
