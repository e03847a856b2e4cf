namespace Kiosk.Journal.Accounts;

/// <summary>A change of the broker's users: the list after it, or why not.</summary>
/// <param name="Refused">A sentence for people; null where it was done.</param>
/// <param name="Reason">Machine-readable, beside <paramref name="Refused"/>.</param>
public sealed record BrokerUsersChange(BrokerUsers? Users, string? Refused, string? Reason)
{
    /// <param name="password">Null: by certificate only.</param>
    public static BrokerUsersChange Add(BrokerUsers users, string name, BrokerRight may, string? device, string? password)
    {
        if (BrokerUser.Trouble(name) is { } bad) return No(bad, "bad-user");
        if (BrokerUser.Trouble(may, device) is { } unfit) return No(unfit, "bad-device");
        if (password is not null && BrokerPassword.Trouble(password) is { } weak) return No(weak, "bad-password");
        if (users.Find(name) is not null) return No($"The broker has a user {name} already: give them a new password, or remove them first.", "user-exists");
        if (users.Users.Count >= BrokerUsers.Most) return No($"The broker has {BrokerUsers.Most} users, and takes no more: remove one first.", "too-many");
        return Done(users with { Users = [.. users.Users, new(name, may, device, password is null ? null : Hash(password))] });
    }

    public static BrokerUsersChange SetPassword(BrokerUsers users, string name, string password)
    {
        if (BrokerPassword.Trouble(password) is { } weak) return No(weak, "bad-password");
        return users.Find(name) is { } user
            ? Done(users with { Users = [.. users.Users.Select(other => other.Name == name ? user with { Password = Hash(password) } : other)] })
            : Unknown(name);
    }

    public static BrokerUsersChange Remove(BrokerUsers users, string name) => users.Find(name) is null
        ? Unknown(name)
        : Done(users with { Users = [.. users.Users.Where(user => user.Name != name)] });

    private static string Hash(string password) => BrokerPassword.Hash(password, BrokerPassword.Iterations);

    private static BrokerUsersChange Unknown(string name) =>
        No($"The broker has no user {(BrokerUser.Trouble(name) is null ? name : "of that name")}: kioskctl broker user list shows them.", "unknown-user");

    private static BrokerUsersChange Done(BrokerUsers users) => new(users, null, null);

    private static BrokerUsersChange No(string why, string reason) => new(null, why, reason);
}
