using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;
using Microsoft.Data.Sqlite;

namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class LedgerTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly PaymentId Id = new("7q2m9k4xwabc");

    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    private Task<DataDirectory.Ran> LedgerAsync(string command, params string[] more) => DataDirectory.RunAsync(["ledger", command, "--data", _data.Path, .. more]);

    /// <summary>50 in cash, sent to the biller and not answered; 20 that belong to nobody; the next day a note in doubt.</summary>
    /// <returns>The hash of the last entry.</returns>
    private string Write()
    {
        using var journal = SqliteJournal.Open(_data.Path);
        var n = 0;
        foreach (var fact in new HallEvent[]
        {
            new HallEvent.DayOpened(new(2026, 1, 5)),
            new HallEvent.PaymentBegun(Id, "mobile", "b-77", "•••• 5678", "王*明", Yuan(50), Yuan(50), PayMeans.Cash, "zh-CN"),
            new HallEvent.CashCredited(Id, "notes", Yuan(50), "m1", 1),
            new HallEvent.PostingQueued(Id, Yuan(50)), new HallEvent.PostingSending(Id), new HallEvent.ReceiptIssued(1, ReceiptKind.Payment, Id, Yuan(50), null),
            new HallEvent.PaymentEnded(Id, PaymentEnd.Paid, ""),
            new HallEvent.CashCredited(null, "notes", Yuan(20), "m2", 1),
            new HallEvent.CaseOpened(1, CaseKind.CashUnowned, null, "notes", Yuan(20), Yuan(0), "came while no payment was under way"),
        })
        {
            journal.Append([new(At.AddMinutes(n++), fact, null, "terminal")]);
        }

        journal.Append([new(At.AddDays(1), new HallEvent.DayOpened(new(2026, 1, 6)), null, "clock")]);
        journal.Append([new(At.AddDays(1), new HallEvent.CashInDoubt(null, "notes", Yuan(10), "jam"), null, "notes")]);
        var head = journal.LedgerHead;
        journal.Append([new(At.AddDays(2), new HallEvent.DayOpened(new(2026, 1, 7)), null, "clock")]);
        return head;
    }

    [Fact]
    public async Task Ledger_that_is_as_it_was_written_is_said_so_with_the_hash_of_its_last_entry()
    {
        var head = Write();

        var ran = await LedgerAsync("verify");

        Assert.Equal((0, $"9 entries, each as it was written. Hash of the last: {head}\n"), (ran.Code, ran.Output));
    }

    [Fact]
    public async Task Changed_entry_is_named_and_the_exit_code_is_one()
    {
        Write();
        Sql("UPDATE event SET source = 'kiosk' WHERE seq = 5");

        var ran = await LedgerAsync("verify");

        Assert.Equal(1, ran.Code);
        Assert.StartsWith("BROKEN at entry 5: the entry or its hash was changed", ran.Output, StringComparison.Ordinal);
        Assert.Contains("3 entries before it", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hash_on_paper_is_found_or_is_not()
    {
        var head = Write();

        Assert.Contains("that of entry 11", (await LedgerAsync("verify", "--head", head)).Output, StringComparison.Ordinal);
        var other = await LedgerAsync("verify", "--head", new string('a', 64));
        Assert.Equal(1, other.Code);
        Assert.Contains("NO ENTRY has the hash on paper", other.Output, StringComparison.Ordinal);
        var wrong = await LedgerAsync("verify", "--head", "12ab");
        Assert.Equal(64, wrong.Code);
        Assert.Contains("64 hexadecimal digits", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_are_listed_as_lines_by_day_or_as_json()
    {
        Write();

        Assert.Equal("2026-01-05 09:01:00       2  payment 7q2m9k4xwabc begun: 50.00 CNY by cash to mobile for •••• 5678  (terminal)", (await LedgerAsync("list")).Lines[0]);
        Assert.Equal("2026-01-06 09:00:00      11  notes: 10.00 CNY IN DOUBT (jam)  (notes)", Assert.Single((await LedgerAsync("list", "--day", "2026-01-06")).Lines));
        Assert.Equal("cash-in-doubt", (string)JsonNode.Parse((await LedgerAsync("list", "--json")).Lines[^1])!["type"]!);
        Assert.Equal(64, (await LedgerAsync("list", "--day", "yesterday")).Code);
    }

    [Fact]
    public async Task Balance_is_reckoned_from_the_entries_with_what_is_open()
    {
        Write();

        var ran = await LedgerAsync("balance");

        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.Equal(
            [
                "Settlement period 1, in CNY",
                "  brought forward           0.00",
                "  accepted                 70.00  cash 70.00, card 0.00",
                "  credited                  0.00",
                "  returned                  0.00",
                "  under way                50.00  payments: 1",
                "  in cases                 20.00  cases: 1",
                "It adds up: 70.00 brought forward and accepted = credited, returned, under way and in cases.",
                "case 1  cash-unowned  20.00, 0.00 in doubt  since 2026-01-05 09:08  came while no payment was under way",
                "posting  7q2m9k4xwabc  50.00 to mobile  sent, not answered  since 2026-01-05 09:01",
            ],
            ran.Lines);
    }

    [Fact]
    public async Task Ledger_that_does_not_add_up_is_said_so()
    {
        using (var journal = SqliteJournal.Open(_data.Path)) journal.Append([new(At, new HallEvent.CaseOpened(1, CaseKind.Stopped, null, null, Yuan(20), Yuan(0), "made up"), null, "terminal")]);

        var ran = await LedgerAsync("balance");

        Assert.Equal(1, ran.Code);
        Assert.Contains("IT DOES NOT ADD UP: 0.00", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_without_a_journal_is_left_alone_and_an_empty_ledger_is_no_trouble()
    {
        Assert.Equal(66, (await LedgerAsync("verify")).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_data.Path));

        _data.WriteJournal(1);
        Assert.Equal("The ledger is empty: nothing was paid yet.", Assert.Single((await LedgerAsync("balance")).Lines));
        Assert.Equal(0, (await LedgerAsync("verify")).Code);
    }

    [Fact]
    public async Task Running_host_is_asked_and_its_file_left_alone()
    {
        await using var hall = await RunningHall.StartAsync();
        var answer = await hall.The<IIntake>().AskAsync(
            new("ledger-test", "kiosk", new HallCommand.TakeCardTotals(0, Yuan(0), 0, 0)), default).WaitAsync(DataDirectory.Watchdog);
        Assert.Null(answer.Rejection);

        Task<DataDirectory.Ran> RunAsync(string command) => DataDirectory.RunAsync("ledger", command, "--data", hall.Data);

        var verified = await RunAsync("verify");
        Assert.Equal(0, verified.Code);
        Assert.Contains("entries, each as it was written.", verified.Output, StringComparison.Ordinal);

        // Among the marks that the hall's acceptors give when they are opened.
        Assert.Single((await RunAsync("list")).Lines, line => line.Contains("card terminal's end of day: 0 payments", StringComparison.Ordinal));
        Assert.Contains("It adds up: 0.00", (await RunAsync("balance")).Output, StringComparison.Ordinal);
    }

    private static Money Yuan(long yuan) => new(yuan * 100, "CNY");

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.Path, SqliteJournal.FileName)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
