namespace Kiosk.Journal.Accounts;

/// <summary>The users of the hall's own broker in <c>broker-users.json</c> of the data directory. The caller holds the directory's lock.</summary>
public sealed class BrokerUsersFile(string directory)
{
    public const string Name = "broker-users.json";

    private readonly OwnersFile<BrokerUsers> _file = new(
        System.IO.Path.Combine(directory, Name), "broker's users", "make them anew with kioskctl broker user add NAME --may store",
        BrokerUsersJson.Default.BrokerUsers, BrokerUsers.Empty, users => users.Version, BrokerUsers.Newest, Mistake);

    public string Path => _file.Path;

    /// <summary>Empty where there is no file.</summary>
    /// <exception cref="JournalRefusedException">Damaged or newer; it was not touched.</exception>
    public BrokerUsers Read() => _file.Read();

    /// <summary>Whole or not at all, also when the power is cut.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was changed.</exception>
    public void Write(BrokerUsers users) => _file.Write(users);

    private static string? Mistake(BrokerUsers users)
    {
        foreach (var user in users.Users)
        {
            if ((BrokerUser.Trouble(user.Name) ?? BrokerUser.Trouble(user.May, user.Device)) is { } trouble) return $"\"{user.Name}\": {trouble}";
            if (user.Password is { } password && !BrokerPassword.Sound(password)) return $"the password of {user.Name} cannot be checked";
        }

        return users.Users.GroupBy(user => user.Name).FirstOrDefault(same => same.Count() > 1) is { } twice ? $"{twice.Key} is there twice" : null;
    }
}
