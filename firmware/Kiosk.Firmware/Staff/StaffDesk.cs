using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Firmware.Staff;

/// <summary>Where staff sign in and out. Each step is a fact of the journal before it takes effect.</summary>
internal sealed partial class StaffDesk(
    PinCheck pins, SignInThrottle throttle, Sessions sessions, AccountBook accounts, Refusals refusals, IIntake intake, HallFeed feed, TimeProvider time, ILogger<StaffDesk> log)
{
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(2);

    // A counter that somebody staffed before the host was started: nobody is signed in there any more, though they may still sit there.
    private readonly Dictionary<string, DateTimeOffset> _unattended = [];

    /// <param name="from">Where, as the audit says it: <c>page 192.168.1.7</c>.</param>
    /// <param name="address">Whose attempts are counted together.</param>
    /// <param name="counter">Where they sit down, or null.</param>
    /// <exception cref="JournalUnavailableException">Nobody is signed in: what the journal does not take is not done.</exception>
    /// <exception cref="IntakeFullException">The same.</exception>
    public async Task<SignInResult> SignInAsync(string user, string pin, string from, string address, CounterId? counter, CancellationToken cancel)
    {
        // Somebody may have typed the PIN into the field of the name.
        var shown = StaffAccount.Trouble(user) is null && (accounts.Find(user) is not null || !user.All(char.IsAsciiDigit)) ? user : "?";
        if (throttle.Wait(address) is { } wait)
        {
            await refusals.SignInAsync(shown, from, "throttled");
            return new SignInResult.Throttled(wait);
        }

        var (right, locked, justLocked, busy) = await pins.CheckAsync(user, pin, cancel);
        if (justLocked) await TellAsync(new StaffChanged(user, "locked"), from, null);
        if (right is not null) return await OpenAsync(right, from, counter);
        if (busy)
        {
            await refusals.SignInAsync(shown, from, "throttled");
            return new SignInResult.Throttled(WhenBusy);
        }

        throttle.Wrong(address);
        await refusals.SignInAsync(shown, from, locked is null ? "wrong" : "locked");
        return locked is { } time ? new SignInResult.Locked(time) : new SignInResult.Wrong();
    }

    /// <summary>Sits down at a counter; who was there is unseated.</summary>
    public async Task<Rejection?> SitDownAsync(string user, string token, string from, CounterId counter)
    {
        var answer = await intake.AskAsync(Request.Once(from, new HallCommand.StaffCounter(counter, user), user), CancellationToken.None);
        if (answer.Rejection is null) sessions.SitDown(token, counter);
        return answer.Rejection;
    }

    /// <param name="why"><c>signed-out</c>, or <c>replaced</c>: the browser holds a newer session.</param>
    public async Task SignOutAsync(string token, string from, string why = "signed-out")
    {
        if (sessions.End(token) is { } session) await LeftAsync([session], why, from, session.User);
    }

    /// <summary>Ends all sessions of a user.</summary>
    /// <param name="why"><c>everywhere</c>, <c>removed</c>, <c>replaced</c>.</param>
    public Task SignOutEverywhereAsync(string user, string why, string from, string? who) => LeftAsync(sessions.EndAll(user), why, from, who);

    /// <summary>Ends what has timed out, also seats of before a restart.</summary>
    public async Task SweepAsync(TimeSpan session)
    {
        foreach (var over in sessions.Sweep()) await LeftAsync([over], "timed-out", "clock", null);

        var now = time.GetUtcNow();
        var alone = feed.Latest.State.Counters.Values.Select(counter => counter.Clerk).OfType<string>().Where(clerk => !sessions.Any(clerk)).ToHashSet();
        foreach (var back in _unattended.Keys.Except(alone).ToList()) _unattended.Remove(back);
        foreach (var clerk in alone)
        {
            if (!_unattended.TryGetValue(clerk, out var since)) _unattended[clerk] = now;
            else if (now - since >= session) await StandUpAsync(clerk, "clock", null);
        }
    }

    private async Task<SignInResult> OpenAsync(StaffAccount account, string from, CounterId? counter)
    {
        var seat = counter is not null && account.Role.May(Right.ServeCounter) && feed.Latest.State.Counters.ContainsKey(counter.Value) ? counter : null;

        // Not cancelled by a client that goes away: what is in the journal is also done.
        await intake.AskAsync(Request.Once(from, new HallCommand.WriteDown(new StaffSignedIn(account.User, StaffAccount.Word(account.Role), from, seat)), account.User), CancellationToken.None);
        if (seat is not null) await intake.AskAsync(Request.Once(from, new HallCommand.StaffCounter(seat.Value, account.User), account.User), CancellationToken.None);

        // Removed, demoted or given another PIN in this very moment: then it is nobody's.
        if (accounts.Find(account.User) is not { } now || now.Role != account.Role || now.Pin != account.Pin) return new SignInResult.Wrong();
        var (token, session, replaced) = sessions.Open(account.User, account.Role, seat);
        foreach (var old in replaced) await TellAsync(new StaffSignedOut(old.User, "replaced", null), from, account.User);
        return new SignInResult.Done(token, session);
    }

    // Their sessions are over whatever the journal says: a sign-out that needs a working disk is none.
    private async Task LeftAsync(IReadOnlyList<Session> ended, string why, string from, string? who)
    {
        foreach (var session in ended)
        {
            await TellAsync(new StaffSignedOut(session.User, why, session.Counter), from, who);

            // Who sits there with another session, or moved there meanwhile, stays.
            if (Seat(session.User) is { } seat && !sessions.AnyAt(session.User, seat)) await StandUpAsync(session.User, from, who);
        }
    }

    private async Task StandUpAsync(string user, string from, string? who)
    {
        if (Seat(user) is not null) await TryAsync(new HallCommand.LeaveCounter(user), from, who);
    }

    private CounterId? Seat(string user) => feed.Latest.State.SeatOf(user);

    private Task TellAsync(Note fact, string from, string? who) => TryAsync(new HallCommand.WriteDown(fact), from, who);

    private async Task TryAsync(HallCommand command, string from, string? who)
    {
        try
        {
            await intake.AskAsync(Request.Once(from, command, who), CancellationToken.None);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            LogNotWritten(log, command.GetType().Name, refused.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{What} of staff is not in the journal: {Reason}")]
    private static partial void LogNotWritten(ILogger log, string what, string reason);
}

internal static class Seats
{
    /// <summary>Where a clerk sits, or null.</summary>
    public static CounterId? SeatOf(this HallState hall, string clerk) =>
        hall.Counters.Values.FirstOrDefault(counter => counter.Clerk == clerk)?.Id;
}
