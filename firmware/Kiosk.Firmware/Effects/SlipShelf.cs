using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Hardware.Printers.Templates;
using Kiosk.Journal;

namespace Kiosk.Firmware.Effects;

/// <summary>Where a template in use comes from.</summary>
internal enum SlipOrigin
{
    /// <summary>Comes with the program.</summary>
    Program,

    /// <summary>Named in the profile.</summary>
    Profile,

    /// <summary>Saved in the browser: <c>slips/ticket.slip</c> of the data directory.</summary>
    Saved,
}

/// <summary>The templates in use. One that was saved goes before the profile's file, and that before the program's own.</summary>
internal sealed partial class SlipShelf
{
    private readonly string _saved;
    private readonly string _pictures;
    private readonly ImmutableSortedDictionary<string, string> _files;
    private readonly ILogger<SlipShelf> _log;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<SlipKind, (SlipTemplate Template, SlipOrigin Origin)> _inUse = new();

    /// <param name="data">The data directory.</param>
    /// <param name="profileFolder">Where the profile's templates and all logos lie.</param>
    /// <param name="files">The profile's, by kind.</param>
    public SlipShelf(string data, string profileFolder, ImmutableSortedDictionary<string, string> files, ILogger<SlipShelf> log)
    {
        (_saved, _pictures, _files, _log) = (Path.Combine(data, "slips"), profileFolder, files, log);
        foreach (var kind in SlipKind.All) _inUse[kind] = Saved(kind) ?? Delivered(kind);
    }

    public SlipTemplate Current(SlipKind kind) => _inUse[kind].Template;

    public SlipOrigin OriginOf(SlipKind kind) => _inUse[kind].Origin;

    /// <summary>What was used before the last change, or null.</summary>
    public string? Previous(SlipKind kind)
    {
        try
        {
            return File.Exists(PreviousPath(kind)) ? File.ReadAllText(PreviousPath(kind)) : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            LogNotUsed(_log, PreviousPath(kind), failed.Message);
            return null;
        }
    }

    /// <summary>The template as it would be without anything saved.</summary>
    public SlipTemplate AsDelivered(SlipKind kind) => Delivered(kind).Template;

    public IReadOnlyList<SlipMistake> Check(SlipKind kind, string text, out SlipTemplate? template)
    {
        SlipTemplateReader.TryRead(text, kind, SlipTemplateFile.PicturesIn(_pictures), out template, out var mistakes);
        return mistakes;
    }

    /// <summary>First signs of the template's hash: names it in the journal.</summary>
    public static string HashOf(SlipTemplate template) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.Source)))[..12];

    /// <summary>Uses another one from now on; the one in use becomes the previous one.</summary>
    /// <param name="template">Null: as delivered.</param>
    /// <exception cref="IOException">It could not be kept; the one in use stays.</exception>
    public void Replace(SlipKind kind, SlipTemplate? template)
    {
        lock (_gate) Put(kind, template);
    }

    private void Put(SlipKind kind, SlipTemplate? template)
    {
        try
        {
            Directory.CreateDirectory(_saved);
            DurableFile.Write(PreviousPath(kind), Encoding.UTF8.GetBytes(Current(kind).Source));
            if (template is null) File.Delete(SavedPath(kind));
            else DurableFile.Write(SavedPath(kind), Encoding.UTF8.GetBytes(template.Source));
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException(refused.Message, refused);
        }

        _inUse[kind] = template is null ? Delivered(kind) : (template, SlipOrigin.Saved);
    }

    private (SlipTemplate Template, SlipOrigin Origin)? Saved(SlipKind kind)
    {
        if (!File.Exists(SavedPath(kind))) return null;
        try
        {
            var mistakes = Check(kind, File.ReadAllText(SavedPath(kind)), out var template);
            if (template is not null) return (template, SlipOrigin.Saved);
            LogNotUsed(_log, SavedPath(kind), string.Join("; ", mistakes));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            LogNotUsed(_log, SavedPath(kind), failed.Message);
        }

        return null;
    }

    private (SlipTemplate Template, SlipOrigin Origin) Delivered(SlipKind kind)
    {
        if (!_files.TryGetValue(kind.Id, out var file)) return (SlipTemplateFile.BuiltIn(kind), SlipOrigin.Program);

        // Checked when the host started; what was broken since then must not keep a number from its customer.
        var path = Path.Combine(_pictures, file);
        var mistakes = SlipTemplateFile.Read(path, kind, out var template);
        if (template is not null) return (template, SlipOrigin.Profile);
        LogNotUsed(_log, path, string.Join("; ", mistakes));
        return (SlipTemplateFile.BuiltIn(kind), SlipOrigin.Program);
    }

    private string SavedPath(SlipKind kind) => Path.Combine(_saved, $"{kind.Id}.slip");

    private string PreviousPath(SlipKind kind) => Path.Combine(_saved, $"{kind.Id}.previous.slip");

    [LoggerMessage(1, LogLevel.Error, "The template {Path} is not used: {Mistakes}")]
    private static partial void LogNotUsed(ILogger log, string path, string mistakes);
}
