using System.Text.Json;

namespace Kiosk.Journal.Accounts;

/// <summary>The users of the hall's own broker in <c>broker-users.json</c> of the data directory. The caller holds the directory's lock.</summary>
public sealed class BrokerUsersFile(string directory)
{
    public const string Name = "broker-users.json";

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.Combine(directory, Name);

    /// <summary>Empty where there is no file.</summary>
    /// <exception cref="JournalRefusedException">Damaged or newer; it was not touched.</exception>
    public BrokerUsers Read()
    {
        try
        {
            var users = JsonSerializer.Deserialize(File.ReadAllBytes(Path), BrokerUsersJson.Default.BrokerUsers) ?? throw new JsonException("null is no list of users");
            if (users.Version > BrokerUsers.Newest) throw new JournalRefusedException($"{Path} was written by a newer version. It was not touched: install that version again.");
            return Checked(users);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return BrokerUsers.Empty;
        }
        catch (JsonException damaged)
        {
            throw Damaged(damaged.Message, damaged);
        }
        catch (Exception failed) when (failed is UnauthorizedAccessException || (failed is IOException && failed is not JournalRefusedException))
        {
            throw new JournalRefusedException($"The broker's users in {Path} cannot be read ({failed.Message}): does the file belong to the user that runs the kiosk?", failed);
        }
    }

    /// <summary>Whole or not at all, also when the power is cut.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was changed.</exception>
    public void Write(BrokerUsers users)
    {
        try
        {
            DurableFile.Write(Path, JsonSerializer.SerializeToUtf8Bytes(users, BrokerUsersJson.Default.BrokerUsers), OnlyOwner);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException(JournalTrouble.Broken, $"{Path} cannot be written ({failed.Message}): is the disk full or mounted read-only?", failed);
        }
    }

    private BrokerUsers Checked(BrokerUsers users)
    {
        foreach (var user in users.Users)
        {
            if ((BrokerUser.Trouble(user.Name) ?? BrokerUser.Trouble(user.May, user.Device)) is { } trouble) throw Damaged($"\"{user.Name}\": {trouble}");
            if (user.Password is { } password && !BrokerPassword.Sound(password)) throw Damaged($"the password of {user.Name} cannot be checked");
        }

        if (users.Users.GroupBy(user => user.Name).FirstOrDefault(same => same.Count() > 1) is { } twice) throw Damaged($"{twice.Key} is there twice");
        return users;
    }

    private JournalRefusedException Damaged(string what, Exception? inner = null) => new(
        $"The broker's users in {Path} are damaged: {what}. The file was not touched: restore it from a backup, or move it away and make them anew with kioskctl broker user add NAME --may store.", inner);
}
