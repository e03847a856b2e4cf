using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware.Staff;

/// <summary>Accounts are added, changed and removed here. The fact is in the journal first; the sessions of a changed account end.</summary>
internal sealed class StaffRegister(AccountBook accounts, StaffDesk desk, IIntake intake) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="who">The manager, or null: from the board itself, by <c>kioskctl</c>.</param>
    /// <exception cref="JournalUnavailableException">It was not done.</exception>
    /// <exception cref="IntakeFullException">It was not done.</exception>
    public async Task<StaffChange> ChangeAsync(StaffOrder order, string user, string from, string? who)
    {
        if (user == who && order is (StaffOrder.Remove or StaffOrder.SetRole))
        {
            return new(null, null, "You cannot remove or demote yourself: another manager can. So nobody locks the hall out.", "yourself");
        }

        await _one.WaitAsync();
        try
        {
            var change = await Task.Run(() => accounts.Prepare(user, (book, cost) => order.On(book, user, cost)));
            if (change.Fact is null) return change;

            await intake.AskAsync(Request.Once(from, new HallCommand.WriteDown(change.Fact), who), CancellationToken.None);
            accounts.Put(change.Book!.Accounts.First(account => account.User == user));
            if (order.EndsSessions) await desk.SignOutEverywhereAsync(user, order is StaffOrder.Remove ? "removed" : "replaced", from, who);
            return change;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}

/// <summary>What may be done with an account.</summary>
internal abstract record StaffOrder
{
    private StaffOrder() { }

    /// <summary>Whoever is signed in with it has to sign in again.</summary>
    public bool EndsSessions => this is SetRole or SetPin or Remove;

    public abstract StaffChange On(StaffBook book, string user, int iterations);

    public sealed record Add(StaffRole Role, string Pin) : StaffOrder
    {
        public override StaffChange On(StaffBook book, string user, int iterations) => StaffChange.Add(book, user, Role, Pin, iterations);

        public override string ToString() => $"Add {Role}";
    }

    public sealed record SetRole(StaffRole Role) : StaffOrder
    {
        public override StaffChange On(StaffBook book, string user, int iterations) => StaffChange.SetRole(book, user, Role);
    }

    public sealed record SetPin(string Pin) : StaffOrder
    {
        public override StaffChange On(StaffBook book, string user, int iterations) => StaffChange.SetPin(book, user, Pin, iterations);

        public override string ToString() => "SetPin";
    }

    public sealed record Unlock : StaffOrder
    {
        public override StaffChange On(StaffBook book, string user, int iterations) => StaffChange.Unlock(book, user);
    }

    public sealed record Remove : StaffOrder
    {
        public override StaffChange On(StaffBook book, string user, int iterations) => StaffChange.Remove(book, user);
    }
}
