using System.Text.Json;

namespace Kiosk.Journal.Accounts;

/// <summary>Accounts and enrolled screens in <c>staff.json</c> of the data directory. The caller holds the directory's lock.</summary>
public sealed class StaffFile(string directory)
{
    public const string Name = "staff.json";

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.Combine(directory, Name);

    /// <summary>Empty where there is no file.</summary>
    /// <exception cref="JournalRefusedException">Damaged or newer; it was not touched.</exception>
    public StaffBook Read()
    {
        try
        {
            var book = JsonSerializer.Deserialize(File.ReadAllBytes(Path), StaffJson.Default.StaffBook) ?? throw new JsonException("null is no book of accounts");
            if (book.Version > StaffBook.Newest) throw new JournalRefusedException($"{Path} was written by a newer version. It was not touched: install that version again.");
            return Checked(book);
        }
        catch (FileNotFoundException)
        {
            return StaffBook.Empty;
        }
        catch (JsonException damaged)
        {
            throw Damaged(damaged.Message, damaged);
        }
        catch (Exception failed) when (failed is UnauthorizedAccessException || (failed is IOException && failed is not JournalRefusedException))
        {
            throw new JournalRefusedException($"The accounts in {Path} cannot be read ({failed.Message}): does the file belong to the user that runs the kiosk?", failed);
        }
    }

    /// <summary>Whole or not at all, also when the power is cut.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was changed.</exception>
    public void Write(StaffBook book)
    {
        try
        {
            DurableFile.Write(Path, JsonSerializer.SerializeToUtf8Bytes(book, StaffJson.Default.StaffBook), OnlyOwner);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException(JournalTrouble.Broken, $"{Path} cannot be written ({failed.Message}): is the disk full or mounted read-only?", failed);
        }
    }

    private StaffBook Checked(StaffBook book)
    {
        foreach (var account in book.Accounts)
        {
            if (StaffAccount.Trouble(account.User) is { } trouble) throw Damaged($"\"{account.User}\": {trouble}");
            if (!account.Pin.Sound) throw Damaged($"the PIN of {account.User} cannot be checked");
        }

        if (book.Accounts.GroupBy(account => account.User).FirstOrDefault(same => same.Count() > 1) is { } twice) throw Damaged($"{twice.Key} is there twice");
        return book;
    }

    private JournalRefusedException Damaged(string what, Exception? inner = null) => new(
        $"The accounts in {Path} are damaged: {what}. The file was not touched: restore it from a backup, or move it away and make the first account anew with kioskctl staff add USER --role manager.", inner);
}
