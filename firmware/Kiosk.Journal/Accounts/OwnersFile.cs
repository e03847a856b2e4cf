using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kiosk.Journal.Accounts;

/// <summary>A small JSON file of the data directory that only its owner may read. The caller holds the directory's lock.</summary>
/// <param name="what">What is in it, plural, for messages.</param>
/// <param name="anew">How people get it back without a backup.</param>
/// <param name="newest">Version of the format that this program knows.</param>
/// <param name="mistake">What is wrong with what was read, or null.</param>
internal sealed class OwnersFile<T>(string path, string what, string anew, JsonTypeInfo<T> shape, T empty, Func<T, int> version, int newest, Func<T, string?> mistake)
    where T : class
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path => path;

    /// <summary>Empty where there is no file.</summary>
    /// <exception cref="JournalRefusedException">Damaged or newer; it was not touched.</exception>
    public T Read()
    {
        try
        {
            var content = JsonSerializer.Deserialize(File.ReadAllBytes(path), shape) ?? throw new JsonException($"null is no list of {what}");
            if (version(content) > newest) throw new JournalRefusedException($"{path} was written by a newer version. It was not touched: install that version again.");
            return mistake(content) is { } wrong ? throw Damaged(wrong) : content;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return empty;
        }
        catch (JsonException damaged)
        {
            throw Damaged(damaged.Message, damaged);
        }
        catch (Exception failed) when (failed is UnauthorizedAccessException || (failed is IOException && failed is not JournalRefusedException))
        {
            throw new JournalRefusedException($"The {what} in {path} cannot be read ({failed.Message}): does the file belong to the user that runs the kiosk?", failed);
        }
    }

    /// <summary>Whole or not at all, also when the power is cut.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was changed.</exception>
    public void Write(T content)
    {
        try
        {
            DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(content, shape), OnlyOwner);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException(JournalTrouble.Broken, $"{path} cannot be written ({failed.Message}): is the disk full or mounted read-only?", failed);
        }
    }

    private JournalRefusedException Damaged(string wrong, Exception? inner = null) =>
        new($"The {what} in {path} are damaged: {wrong}. The file was not touched: restore it from a backup, or move it away and {anew}.", inner);
}
