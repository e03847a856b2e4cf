using System.Text;

namespace Kiosk.Hardware.Printers.Templates;

/// <summary>Templates that come with the program, and those of a hall.</summary>
public static class SlipTemplateFile
{
    /// <summary>A logo is a few kilobytes; whatever is longer is another file.</summary>
    private const int LongestPicture = 512 * 1024;

    /// <summary>The one that comes with the program: <c>provisioning/slips/ticket.slip</c>.</summary>
    public static SlipTemplate BuiltIn(SlipKind kind)
    {
        using var stream = typeof(SlipTemplateFile).Assembly.GetManifestResourceStream($"slips/{kind.Id}.slip")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return SlipTemplateReader.TryRead(reader.ReadToEnd(), kind, _ => (null, "is not part of the program"), out var template, out var mistakes)
            ? template
            : throw new InvalidDataException($"The built-in {kind.Id}.slip: {string.Join("; ", mistakes)}");
    }

    /// <param name="kind">What is expected; null: what its first line says.</param>
    /// <param name="template">Null where there are mistakes; a file that cannot be read is one.</param>
    public static IReadOnlyList<SlipMistake> Read(string path, SlipKind? kind, out SlipTemplate? template)
    {
        template = null;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > 4 * SlipTemplateReader.MaxSigns } huge) return [new(0, $"has {huge.Length} bytes; allowed: up to {4 * SlipTemplateReader.MaxSigns}")];
            SlipTemplateReader.TryRead(File.ReadAllText(path), kind, PicturesIn(Path.GetDirectoryName(Path.GetFullPath(path))!), out template, out var mistakes);
            return mistakes;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return [new(0, $"cannot be read: {failed.Message}")];
        }
    }

    /// <summary>Every mistake in a hall's templates.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="files">By kind of slip.</param>
    public static IEnumerable<(string Kind, string File, SlipMistake Mistake)> Check(string folder, IEnumerable<KeyValuePair<string, string>> files) =>
        from file in files
        from mistake in Read(Path.Combine(folder, file.Value), SlipKind.Find(file.Key), out _)
        select (file.Key, file.Value, mistake);

    /// <summary>Pictures that lie in a folder.</summary>
    public static Func<string, (SlipImage? Image, string? Mistake)> PicturesIn(string folder) => name =>
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (!file.Exists) return (null, $"is not in {folder}");
            if (file.Length > LongestPicture) return (null, $"has {file.Length} bytes; allowed: up to {LongestPicture}");
            SlipImage.TryRead(File.ReadAllBytes(file.FullName), out var image, out var mistake);
            return (image, mistake);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot be read: {failed.Message}");
        }
    };
}
