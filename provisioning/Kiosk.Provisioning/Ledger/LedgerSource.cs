using System.Globalization;
using System.Runtime.CompilerServices;
using Kiosk.Journal;
using Kiosk.Provisioning.Log;

namespace Kiosk.Provisioning.Ledger;

/// <summary>The ledger's entries: from the running host, and from the file only where none runs.</summary>
internal static class LedgerSource
{
    private const int Page = 1000;

    public static async IAsyncEnumerable<LogEntry> EntriesAsync(string dataDirectory, TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var host = new HostSocket(dataDirectory);
        var after = 0L;
        while (await host.AskAsync(string.Create(CultureInfo.InvariantCulture, $"/control/ledger?after={after}&limit={Page}"), cancel) is { } answer)
        {
            var entries = LogEntry.OfHost(answer);
            foreach (var entry in entries) yield return entry;
            if (entries.Count < Page) yield break;
            after = entries[^1].Seq;
        }

        // A host that stops between two pages: the file goes on where it was.
        using var journal = Open(dataDirectory, time);
        while (true)
        {
            var page = Read(journal, after);
            foreach (var recorded in page) yield return LogEntry.Of(recorded);
            if (page.Count < Page) yield break;
            after = page[^1].Seq;
        }
    }

    /// <exception cref="Trouble">There is none, or it cannot be read.</exception>
    public static SqliteJournal Open(string dataDirectory, TimeProvider time)
    {
        // SqliteJournal.Open would make what is missing.
        if (!File.Exists(Path.Combine(dataDirectory, SqliteJournal.FileName)))
            throw new Trouble(ExitCode.NoInput, $"There is no journal in {dataDirectory}: no host has run there yet. Name another directory with --data DIR.");

        try
        {
            return SqliteJournal.Open(dataDirectory, time: time);
        }
        catch (JournalRefusedException refused)
        {
            throw new Trouble(ExitCode.NoInput, refused.Message, refused);
        }
    }

    private static IReadOnlyList<Recorded> Read(SqliteJournal journal, long after)
    {
        try
        {
            return journal.ReadLedger(after, Page);
        }
        catch (Exception refused) when (refused is JournalRefusedException or JournalUnavailableException)
        {
            throw new Trouble(ExitCode.NoInput, refused.Message, refused);
        }
    }
}
