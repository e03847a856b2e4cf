namespace Kiosk.Journal.Accounts;

/// <summary>Accounts and enrolled screens in <c>staff.json</c> of the data directory. The caller holds the directory's lock.</summary>
public sealed class StaffFile(string directory)
{
    public const string Name = "staff.json";

    private readonly OwnersFile<StaffBook> _file = new(
        System.IO.Path.Combine(directory, Name), "accounts", "make the first account anew with kioskctl staff add USER --role manager",
        StaffJson.Default.StaffBook, StaffBook.Empty, book => book.Version, StaffBook.Newest, Mistake);

    public string Path => _file.Path;

    /// <summary>Empty where there is no file.</summary>
    /// <exception cref="JournalRefusedException">Damaged or newer; it was not touched.</exception>
    public StaffBook Read() => _file.Read();

    /// <summary>Whole or not at all, also when the power is cut.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was changed.</exception>
    public void Write(StaffBook book) => _file.Write(book);

    private static string? Mistake(StaffBook book)
    {
        foreach (var account in book.Accounts)
        {
            if (StaffAccount.Trouble(account.User) is { } trouble) return $"\"{account.User}\": {trouble}";
            if (!account.Pin.Sound) return $"the PIN of {account.User} cannot be checked";
        }

        return book.Accounts.GroupBy(account => account.User).FirstOrDefault(same => same.Count() > 1) is { } twice ? $"{twice.Key} is there twice" : null;
    }
}
