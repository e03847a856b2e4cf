using Kiosk.Firmware.Effects;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>Who may do what at the hall's own broker: the host itself, and the users that people made. Thread safe.</summary>
public sealed class BrokerAccess
{
    public const string PasswordsName = "passwords", RulesName = "acl", ListenRulesName = "acl-listen", DemoUser = "store", DemoPasswordName = "store-password";

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _gate = new();
    private readonly Signal _changed = new();
    private readonly Topics _topics;
    private readonly BrokerUsersFile _file;
    private readonly string _hostHash;

    public BrokerAccess(string hall, string dataDirectory)
    {
        (_topics, _file) = (new(hall), new(dataDirectory));
        HostUser = BrokerUser.HostPrefix + hall;
        _hostHash = BrokerPassword.Hash(HostPassword, BrokerPassword.IterationsOfRandom);
    }

    /// <summary>Nobody else may write what the hall says.</summary>
    public string HostUser { get; }

    /// <summary>Another one at each start of the host, kept in memory only.</summary>
    public string HostPassword { get; } = BrokerPassword.Random();

    /// <summary>Take it before looking: completes with the next change.</summary>
    public Task Changed => _changed.Raised;

    /// <summary>The file that holds them, whose changes the broker follows too.</summary>
    public string File => _file.Path;

    /// <exception cref="JournalRefusedException">The file is damaged; it was not touched.</exception>
    public BrokerUsers Users => _file.Read();

    /// <exception cref="JournalRefusedException">The file is damaged; it was not touched.</exception>
    /// <exception cref="JournalUnavailableException">Nothing was changed.</exception>
    public BrokerUsersChange Change(Func<BrokerUsers, BrokerUsersChange> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            var changed = change(_file.Read());
            if (changed.Users is not { } users) return changed;
            _file.Write(users);
            _changed.Raise();
            return changed;
        }
    }

    /// <summary>Writes what mosquitto reads at its start and at each reload.</summary>
    /// <param name="byCertificate">Whether other machines come with certificates.</param>
    /// <exception cref="IOException">It was not written.</exception>
    public void WriteTo(string directory, bool byCertificate)
    {
        var users = Users.Users;
        var passwords = users.Where(user => user.Password is not null).Select(user => $"{user.Name}:{user.Password}").Prepend($"{HostUser}:{_hostHash}");
        Write(Path.Combine(directory, PasswordsName), string.Join('\n', passwords) + "\n");
        Write(Path.Combine(directory, RulesName), BrokerRules.OnBoard(_topics, HostUser, users));
        Write(Path.Combine(directory, ListenRulesName), byCertificate ? BrokerRules.ByCertificate(_topics, users) : BrokerRules.ByPassword(_topics, users));
    }

    /// <summary>For a demo: a store that may sign in, with a password of its own in <see cref="DemoPasswordName"/>. Once; a user of that name stays as they are.</summary>
    /// <exception cref="IOException">It was not made.</exception>
    public void MakeDemoStore()
    {
        if (Users.Find(DemoUser) is not null) return;
        var password = BrokerPassword.Random();
        Write(Path.Combine(Path.GetDirectoryName(_file.Path)!, DemoPasswordName), password + "\n");
        Change(users => BrokerUsersChange.Add(users, DemoUser, BrokerRight.Store, null, password));
    }

    // As a whole: mosquitto may be reading it, and a file cut short would lock everybody out.
    private static void Write(string path, string text)
    {
        var fresh = path + ".new";
        System.IO.File.Delete(fresh);
        using (var writer = new StreamWriter(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OnlyOwner })) writer.Write(text);
        System.IO.File.Move(fresh, path, overwrite: true);
    }
}
