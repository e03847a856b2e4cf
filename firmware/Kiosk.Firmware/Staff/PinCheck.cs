using Kiosk.Domain.Site;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware.Staff;

/// <summary>Checks a user's PIN and counts wrong ones. Names that nobody has are answered, timed and locked like real ones, so that nobody learns which are real.</summary>
internal sealed class PinCheck(AccountBook accounts, HallProfile profile, PinCost cost, TimeProvider time) : IDisposable
{
    /// <summary>Attempts that may wait for their turn.</summary>
    public const int MostWaiting = 16;

    private const int MostStrangers = 256;

    // Hashing is slow on purpose and must not take the cores of the hall.
    private readonly SemaphoreSlim _turn = new(Math.Clamp(Environment.ProcessorCount / 2, 1, 2));
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StaffAccount> _strangers = [];
    private int _waiting;

    /// <returns>Right: the account. Else null, and how long it is locked where it is. Null twice with <c>Busy</c>: it was not looked at.</returns>
    public async Task<(StaffAccount? Right, TimeSpan? Locked, bool JustLocked, bool Busy)> CheckAsync(string user, string pin, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return (null, null, false, true);
        }

        try
        {
            await _turn.WaitAsync(cancel);
            try
            {
                return await Task.Run(() => Check(user, pin), CancellationToken.None);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _turn.Dispose();

    private (StaffAccount? Right, TimeSpan? Locked, bool JustLocked, bool Busy) Check(string user, string pin)
    {
        // Found before the lock: a known PIN must not find it open while it is being guessed on another turn.
        var before = accounts.Find(user) ?? Stranger(user);
        if (before.LockedUntil is { } until && before.LockedAt(time.GetUtcNow())) return (null, until - time.GetUtcNow(), false, false);

        var right = before.Pin.Matches(pin);
        lock (_gate)
        {
            var (account, now) = (accounts.Find(user) ?? Stranger(user), time.GetUtcNow());
            if (account.LockedUntil is { } locked && account.LockedAt(now)) return (null, locked - now, false, false);
            if (right && account.Pin == before.Pin && accounts.Find(user) is not null)
            {
                account = account with { Failures = 0, Locks = 0, LockedUntil = null, LastSignIn = now };
                accounts.Note(account);
                return (account, null, false, false);
            }

            var failed = Failed(account, now);
            if (accounts.Find(user) is not null) accounts.Note(failed);
            else _strangers[user] = failed;
            return (null, null, failed.LockedUntil > now && accounts.Find(user) is not null, false);
        }
    }

    private StaffAccount Failed(StaffAccount account, DateTimeOffset now)
    {
        var failures = account.Failures + 1;
        if (failures < profile.Staff.LockAfter) return account with { Failures = failures, LockedUntil = null };

        var length = profile.Staff.LockFor * Math.Pow(2, Math.Min(account.Locks, 16));
        return account with { Failures = 0, Locks = account.Locks + 1, LockedUntil = now + (length < StaffAccount.LongestLock ? length : StaffAccount.LongestLock) };
    }

    private StaffAccount Stranger(string user)
    {
        lock (_gate)
        {
            if (_strangers.TryGetValue(user, out var known)) return known;
            if (_strangers.Count >= MostStrangers) _strangers.Clear();
            return _strangers[user] = new(user, default, PinHash.Nobodys(cost.Iterations));
        }
    }
}
