using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Microsoft.Data.Sqlite;

namespace Kiosk.Firmware.Tests.Journal;

public sealed class LedgerChainTests : IDisposable
{
    /// <summary>Entries of the ledger; behind them come days without any, whose events are checked at each start.</summary>
    private static readonly int Entries = LedgerFacts.All.Length;

    private readonly string _directory = Directory.CreateTempSubdirectory("kiosk-ledger-").FullName;

    private string Database => Path.Combine(_directory, SqliteJournal.FileName);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Chain_goes_on_where_it_was_after_a_restart()
    {
        string head;
        using (var journal = SqliteJournal.Open(_directory)) head = Write(journal)[^1].Head;
        using var again = SqliteJournal.Open(_directory);
        Assert.Equal(head, again.LedgerHead);

        Append(again, new HallEvent.CardReversed(new("7q2m9k4xwabc")));

        Assert.NotEqual(head, again.LedgerHead);
        Assert.Equal(new LedgerCheck(Entries + 1, again.LedgerHead, null, "", again.ReadLedger(0, 100)[^2].Seq), again.VerifyLedger(null, default, head));
    }

    [Fact]
    public void Append_that_fails_leaves_the_chain_as_it_was()
    {
        using var journal = SqliteJournal.Open(_directory);
        var head = Write(journal)[^1].Head;

        Assert.ThrowsAny<Exception>(() => journal.Append([Entry(new HallEvent.CardReversed(new("a"))), new(BusinessDays.At(BusinessDays.First, 500), new HallEvent.CardReversed(new("b")), null, null!)]));

        Assert.Equal(head, journal.LedgerHead);
        Append(journal, new HallEvent.CardReversed(new("c")));
        Assert.Equal((Entries + 1, null), (journal.VerifyLedger(null, default).Entries, journal.VerifyLedger(null, default).BrokenAt));
    }

    [Fact]
    public void Pruning_takes_no_entry_of_the_ledger_and_no_link()
    {
        using var journal = SqliteJournal.Open(_directory);
        var head = Write(journal)[^1].Head;
        foreach (var day in journal.Days()) journal.KeepReport(day.Day, "{}"u8.ToArray());

        Assert.True(journal.Prune(BusinessDays.First.AddDays(100), long.MaxValue) > 0);

        Assert.Equal(Entries, journal.ReadLedger(0, 1000).Count);
        Assert.Equal((Entries, head, null), (journal.VerifyLedger(null, default).Entries, journal.VerifyLedger(null, default).Head, journal.VerifyLedger(null, default).BrokenAt));
    }

    [Fact]
    public void Journal_of_format_2_gets_a_ledger_and_keeps_its_events()
    {
        using (var journal = SqliteJournal.Open(_directory)) BusinessDays.Write(journal, 2);
        Sql("DROP INDEX ledger_closes", "DROP TABLE ledger", "PRAGMA user_version = 2");

        using var again = SqliteJournal.Open(_directory);
        Assert.Equal(2, again.Days().Count);
        Assert.Equal((0L, 0L), (again.LedgerStart, again.VerifyLedger(null, default).Entries));
        Append(again, new HallEvent.CardReversed(new("a")));
        Assert.Equal((1L, (long?)null), (again.VerifyLedger(null, default).Entries, again.VerifyLedger(null, default).BrokenAt));
    }

    [Theory]
    [InlineData("at", 0)]
    [InlineData("type", 13)]
    [InlineData("body", 26)]
    [InlineData("request", 3)]
    [InlineData("source", 8)]
    [InlineData("who", 2)]
    [InlineData("hash", 32)]
    [InlineData("sum", 0)]
    [InlineData("closes", 0)]
    public void Every_flipped_byte_of_an_entry_is_found_with_its_number(string column, int bytes)
    {
        var seq = Written<HallEvent.CardReversed>();
        var (table, text) = (column is "hash" or "closes" ? "ledger" : "event", column is "type" or "request" or "source" or "who");
        for (var at = 1; at <= Math.Max(1, bytes); at++)
        {
            // A whole number is changed by one; of texts and blobs, one byte after the other.
            var flipped = bytes == 0 ? $"{column} + 1" : text
                ? $"substr({column}, 1, {at - 1}) || char(unicode(substr({column}, {at}, 1)) + 1) || substr({column}, {at + 1})"
                : $"CAST(substr({column}, 1, {at - 1}) || CASE substr({column}, {at}, 1) WHEN x'41' THEN x'42' ELSE x'41' END || substr({column}, {at + 1}) AS BLOB)";
            Sql($"CREATE TABLE kept AS SELECT {column} AS value FROM {table} WHERE seq = {seq}", $"UPDATE {table} SET {column} = {flipped} WHERE seq = {seq}");

            using (var journal = SqliteJournal.Open(_directory)) Assert.Equal(seq, journal.VerifyLedger(null, default).BrokenAt);

            Sql($"UPDATE {table} SET {column} = (SELECT value FROM kept) WHERE seq = {seq}", "DROP TABLE kept");
        }

        using var whole = SqliteJournal.Open(_directory);
        Assert.Null(whole.VerifyLedger(null, default).BrokenAt);
    }

    [Theory]
    [InlineData("DELETE FROM event WHERE seq = $seq", 0, "missing")]
    [InlineData("DELETE FROM ledger WHERE seq = $seq", 1, "taken out")]
    [InlineData("DELETE FROM event WHERE seq = $seq; DELETE FROM ledger WHERE seq = $seq", 1, "taken out")]
    [InlineData("UPDATE event SET seq = -1 WHERE seq = $seq; UPDATE event SET seq = $seq WHERE seq = $seq + 1; UPDATE event SET seq = $seq + 1 WHERE seq = -1", 0, "changed")]
    [InlineData("UPDATE ledger SET seq = -1 WHERE seq = $seq; UPDATE ledger SET seq = $seq WHERE seq = $seq + 1; UPDATE ledger SET seq = $seq + 1 WHERE seq = -1", 0, "changed")]
    [InlineData("UPDATE event SET body = (SELECT body FROM event WHERE seq = $seq + 1) WHERE seq = $seq", 0, "changed")]
    [InlineData("INSERT INTO ledger SELECT 1, hash, 0 FROM ledger WHERE seq = $seq; UPDATE event SET type = 'card-reversed' WHERE seq = 1", -1, "changed")]
    public void Entry_that_was_deleted_swapped_or_put_in_is_found(string tampering, int behind, string says)
    {
        var seq = Written<HallEvent.CardReversed>();
        Sql(tampering.Replace("$seq", $"{seq}", StringComparison.Ordinal).Split(';'));

        using var journal = SqliteJournal.Open(_directory);
        var check = journal.VerifyLedger(null, default);

        Assert.Equal(behind < 0 ? 1 : seq + behind, check.BrokenAt);
        Assert.Contains(says, check.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_among_the_events_that_the_chain_does_not_have_is_found()
    {
        var seq = Written<HallEvent.CardReversed>();
        var plain = 1L;
        Sql($"UPDATE event SET type = 'card-reversed', body = (SELECT body FROM event WHERE seq = {seq}) WHERE seq = {plain}");

        using var journal = SqliteJournal.Open(_directory);

        Assert.Equal((plain, "the entry is not in the chain"), (journal.VerifyLedger(null, default).BrokenAt, journal.VerifyLedger(null, default).Trouble));
    }

    [Fact]
    public void Entries_taken_off_the_end_are_found_by_a_hash_on_paper_only()
    {
        IReadOnlyList<(long Seq, string Head)> written;
        using (var journal = SqliteJournal.Open(_directory)) written = Write(journal);
        Sql($"DELETE FROM event WHERE seq = {written[^1].Seq}", $"DELETE FROM ledger WHERE seq = {written[^1].Seq}");

        using var again = SqliteJournal.Open(_directory);

        Assert.Null(again.VerifyLedger(null, default).BrokenAt);
        Assert.Null(again.VerifyLedger(null, default, written[^1].Head).FoundAt);
        Assert.Equal(written[^2].Seq, again.VerifyLedger(null, default, written[^2].Head.ToUpperInvariant()).FoundAt);
    }

    [Fact]
    public void Missing_entry_is_not_left_out_of_the_sums_in_silence()
    {
        var seq = Written<HallEvent.CashCredited>();
        Sql($"DELETE FROM event WHERE seq = {seq}");

        using var journal = SqliteJournal.Open(_directory);

        Assert.Contains($"entry {seq} of the ledger is missing", Assert.Throws<JournalRefusedException>(() => journal.ReadLedger(0, 1000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recovery_reads_the_ledger_from_the_last_closing_on_as_from_the_beginning()
    {
        using var journal = SqliteJournal.Open(_directory);
        Write(journal);
        var profile = RunningHall.Profile();
        var whole = journal.ReadLedger(0, 1000).Aggregate(LedgerState.For(profile.Payments!), (ledger, entry) => LedgerFold.Evolve(ledger, (HallEvent.LedgerEntry)entry.Fact, entry.At));

        var recovered = Recovery.Run(journal, profile, printing: true).Feed.Latest.State.Ledger!;

        Assert.True(journal.LedgerStart > 0);
        Assert.Equal((5, whole.LastReceipt, whole.UnderWay, whole.InCases), (recovered.Period, recovered.LastReceipt, recovered.UnderWay, recovered.InCases));
        Assert.Equal(whole.Totals.Opening, recovered.Totals.Opening);
    }

    [Theory]
    [InlineData("\"currency\": \"EUR\"", "payments.currency: the ledger's open period is in CNY")]
    [InlineData(null, "payments: the ledger is not closed")]
    public void Profile_that_would_hide_or_mix_open_money_is_refused(string? currency, string says)
    {
        using var journal = SqliteJournal.Open(_directory);
        Write(journal);
        var profile = RunningHall.Profile();
        profile = profile with { Payments = currency is null ? null : profile.Payments! with { Currency = "EUR" } };

        Assert.Contains(says, Assert.Throws<JournalRefusedException>(() => Recovery.Run(journal, profile, printing: true)).Message, StringComparison.Ordinal);
    }

    private static Entry Entry(HallEvent fact) => new(BusinessDays.At(BusinessDays.First, 490), fact, "req", "terminal", "li");

    private static void Append(SqliteJournal journal, HallEvent fact) => journal.Append([new(DateTimeOffset.UnixEpoch.AddYears(80), fact, "req", "terminal", "li")]);

    /// <summary>A day, one of each entry of the ledger, two more days.</summary>
    /// <returns>Each entry with its hash.</returns>
    private static List<(long Seq, string Head)> Write(SqliteJournal journal)
    {
        BusinessDays.Write(journal, 1);
        var written = LedgerFacts.All.Select(fact => (journal.Append([Entry(fact)])[0].Seq, journal.LedgerHead)).ToList();
        BusinessDays.Write(journal, 3, from: BusinessDays.First.AddDays(1));
        return written;
    }

    /// <returns>Seq of the entry of that type.</returns>
    private long Written<T>()
    {
        using var journal = SqliteJournal.Open(_directory);
        Write(journal);
        return journal.ReadLedger(0, 1000).Single(entry => entry.Fact is T).Seq;
    }

    private void Sql(params IEnumerable<string> all)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        foreach (var text in all)
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
    }
}
