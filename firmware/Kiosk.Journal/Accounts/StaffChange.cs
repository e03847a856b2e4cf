using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;

namespace Kiosk.Journal.Accounts;

/// <summary>A change of accounts: the book after it and what the audit says; or why not.</summary>
/// <param name="Refused">A sentence for people; null where it was done.</param>
/// <param name="Reason">Machine-readable, beside <paramref name="Refused"/>.</param>
public sealed record StaffChange(StaffBook? Book, HallEvent.Note? Fact, string? Refused, string? Reason)
{
    public static StaffChange Add(StaffBook book, string user, StaffRole role, string pin, int iterations)
    {
        if (StaffAccount.Trouble(user) is { } name) return No(name, "bad-user");
        if (Pin.Trouble(pin) is { } bad) return No(bad, "bad-pin");
        if (book.Accounts.FirstOrDefault(account => account.User == user) is { } known)
        {
            return No(known.Removed ? $"{user} was an account and is removed: names are not given again." : $"There is an account {user} already.", "user-exists");
        }

        return new(book with { Accounts = [.. book.Accounts, new(user, role, PinHash.Of(pin, iterations))] }, new HallEvent.StaffAdded(user, StaffAccount.Word(role)), null, null);
    }

    public static StaffChange SetRole(StaffBook book, string user, StaffRole role) => Of(book, user, account =>
        account.Role == role ? No($"{user} has this role already.", "role-same") : Done(book, account with { Role = role }, $"role {StaffAccount.Word(account.Role)} to {StaffAccount.Word(role)}"));

    public static StaffChange SetPin(StaffBook book, string user, string pin, int iterations) => Of(book, user, account =>
        Pin.Trouble(pin) is { } bad ? No(bad, "bad-pin") : Done(book, account with { Pin = PinHash.Of(pin, iterations), Failures = 0, Locks = 0, LockedUntil = null }, "pin"));

    public static StaffChange Unlock(StaffBook book, string user) => Of(book, user, account => Done(book, account with { Failures = 0, Locks = 0, LockedUntil = null }, "unlocked"));

    public static StaffChange Remove(StaffBook book, string user) => Of(book, user, account => Done(book, account with { Removed = true }, "removed"));

    private static StaffChange Of(StaffBook book, string user, Func<StaffAccount, StaffChange> change) =>
        book.Accounts.FirstOrDefault(account => account.User == user && !account.Removed) is { } account ? change(account) : No($"There is no account {(user.Length <= StaffAccount.LongestUser ? user : "of that name")}.", "unknown-user");

    private static StaffChange Done(StaffBook book, StaffAccount changed, string what) => new(
        book with { Accounts = [.. book.Accounts.Select(account => account.User == changed.User ? changed : account)] }, new HallEvent.StaffChanged(changed.User, what), null, null);

    private static StaffChange No(string why, string reason) => new(null, null, why, reason);
}
