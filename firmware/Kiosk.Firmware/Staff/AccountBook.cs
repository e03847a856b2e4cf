using Kiosk.Domain.Staff;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware.Staff;

/// <summary>The accounts and enrolled screens of the running host: those of <c>staff.json</c>, and in a demo one for each role, in memory only. Thread safe.</summary>
internal sealed partial class AccountBook
{
    private readonly Lock _gate = new();
    private readonly StaffFile _file;
    private readonly PinCost _cost;
    private readonly ILogger<AccountBook> _log;
    private StaffBook _book;
    private StaffBook _demo;

    /// <exception cref="JournalRefusedException">The file is damaged.</exception>
    public AccountBook(LaunchOptions options, DemoPin demo, PinCost cost, ILogger<AccountBook> log)
    {
        (_file, _cost, _log) = (new(options.Data), cost, log);
        _book = _file.Read();

        // They share a PIN, so they may share its hash: six of them would hold up every start of a demo.
        var shared = demo.Pin is { } pin ? PinHash.Of(pin, cost.Iterations) : null;
        _demo = shared is null
            ? StaffBook.Empty
            : StaffBook.Empty with { Accounts = [.. Enum.GetValues<StaffRole>().Select(role => new StaffAccount(StaffAccount.Word(role), role, shared)).Where(account => Known(_book, account.User) is null)] };
    }

    /// <summary>All that may sign in, by name.</summary>
    public IReadOnlyList<StaffAccount> Accounts
    {
        get
        {
            lock (_gate) return [.. _book.Accounts.Concat(_demo.Accounts).Where(account => !account.Removed).OrderBy(account => account.User, StringComparer.Ordinal)];
        }
    }

    public IReadOnlyList<EnrolledScreen> Screens
    {
        get
        {
            lock (_gate) return _book.Screens;
        }
    }

    public StaffAccount? Find(string user) => Accounts.FirstOrDefault(account => account.User == user);

    /// <summary>What a change would do. A demo account changes in memory; one that is in the file wins.</summary>
    public StaffChange Prepare(string user, Func<StaffBook, int, StaffChange> change)
    {
        lock (_gate) return change(InMemory(user) ? _demo : _book, _cost.Iterations);
    }

    /// <summary>Puts an account in place of the one of its name, or adds it; durable when it returns.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was changed.</exception>
    public void Put(StaffAccount account)
    {
        lock (_gate)
        {
            if (InMemory(account.User))
            {
                _demo = With(_demo, account);
                return;
            }

            var book = Known(_book, account.User) is null ? _book with { Accounts = [.. _book.Accounts, account] } : With(_book, account);
            _file.Write(book);
            _book = book;
        }
    }

    /// <summary>What sign-ins leave behind: counted in memory also where the disk takes nothing.</summary>
    public void Note(StaffAccount account)
    {
        lock (_gate)
        {
            if (Known(_book, account.User) is null)
            {
                _demo = With(_demo, account);
                return;
            }

            _book = With(_book, account);
            try
            {
                _file.Write(_book);
            }
            catch (JournalUnavailableException unavailable)
            {
                LogNotKept(_log, unavailable.Message);
            }
        }
    }

    /// <exception cref="JournalUnavailableException">Nothing was changed.</exception>
    public void SetScreens(Func<IReadOnlyList<EnrolledScreen>, IReadOnlyList<EnrolledScreen>> change)
    {
        lock (_gate)
        {
            var book = _book with { Screens = change(_book.Screens) };
            _file.Write(book);
            _book = book;
        }
    }

    private bool InMemory(string user) => Known(_book, user) is null && Known(_demo, user) is not null;

    private static StaffAccount? Known(StaffBook book, string user) => book.Accounts.FirstOrDefault(account => account.User == user);

    private static StaffBook With(StaffBook book, StaffAccount account) =>
        book with { Accounts = [.. book.Accounts.Select(other => other.User == account.User ? account : other)] };

    [LoggerMessage(1, LogLevel.Warning, "What the last sign-in changed is kept in memory only: {Reason}")]
    private static partial void LogNotKept(ILogger log, string reason);
}
