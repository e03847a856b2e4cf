using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Engine;

/// <summary>What the hall has learned about its waits, across restarts: with the file beside the journal, without it, and with one that cannot be used.</summary>
public sealed class LearnedWaitsTests : IDisposable
{
    private const int Customers = 10;

    private static readonly DateOnly First = new(2026, 1, 5);
    private static readonly ServiceId Pay = new("pay");

    private readonly string _directory = Directory.CreateTempSubdirectory("kiosk-waits-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Start_with_the_file_knows_what_a_start_from_the_journal_alone_knows()
    {
        using var journal = Days(6);
        var alone = Start(journal, null);
        LearnedFile.Write(_directory, journal.Epoch, LearnedUpTo(4));
        var kept = LearnedFile.Read(_directory, journal.Epoch)!;

        Assert.Equal(First.AddDays(3), kept.Day);
        Assert.Equal(6 * (Customers - 1), alone.Model.Waits);
        Same(alone, Start(journal, kept));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    public void However_old_the_file_is_the_rest_is_learned_from_the_journal(int days)
    {
        using var journal = Days(6);
        LearnedFile.Write(_directory, journal.Epoch, LearnedUpTo(days));

        Same(Start(journal, null), Start(journal, LearnedFile.Read(_directory, journal.Epoch)));
    }

    [Fact]
    public void Written_numbers_come_back_to_the_last_digit()
    {
        var learned = LearnedUpTo(3);
        LearnedFile.Write(_directory, 7, learned);
        var read = LearnedFile.Read(_directory, 7)!;

        Assert.Equal(learned.Day, read.Day);
        Same(learned.Waits, read.Waits);
        Assert.Equal(learned.Model.Line(Pay.Value).Trust, read.Model.Line(Pay.Value).Trust);
    }

    [Fact]
    public void File_of_another_journal_or_a_damaged_one_is_not_used()
    {
        LearnedFile.Write(_directory, 7, LearnedUpTo(2));
        Assert.Null(LearnedFile.Read(_directory, 8));

        var path = Path.Combine(_directory, LearnedFile.FileName);
        var text = File.ReadAllText(path);
        foreach (var damaged in new[] { "", "{", text[..(text.Length / 2)], text.Replace("\"median\":[", "\"median\":[1,", StringComparison.Ordinal), text.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal), "null", "{}" })
        {
            File.WriteAllText(path, damaged);
            Assert.Null(LearnedFile.Read(_directory, 7));
        }

        File.Delete(path);
        Assert.Null(LearnedFile.Read(_directory, 7));
    }

    private static void Same(HallWaits one, HallWaits other)
    {
        Assert.Equal(one.Model.Waits, other.Model.Waits);
        Assert.Equal(one.Model.Median.Numbers, other.Model.Median.Numbers);
        Assert.Equal(one.Model.Spread.Hall.ToArray(), other.Model.Spread.Hall.ToArray());
        Assert.Equal((one.Model.MeanWait, one.Model.Usual), (other.Model.MeanWait, other.Model.Usual));
        Assert.Equal(one.Model.Line(Pay.Value).Median.Numbers, other.Model.Line(Pay.Value).Median.Numbers);
        Assert.Equal((one.Paces[Pay].Served, one.Paces[Pay].ServiceSum, one.Paces[Pay].GapSum), (other.Paces[Pay].Served, other.Paces[Pay].ServiceSum, other.Paces[Pay].GapSum));
    }

    private static HallWaits Start(SqliteJournal journal, LearnedWaits? kept) => Recovery.Run(journal, RunningHall.Profile(), printing: false, kept).Feed.Latest.State.Waits;

    // As a host that ran those days knew it when the last of them closed.
    private static LearnedWaits LearnedUpTo(int days) =>
        Events(days).Aggregate(HallState.For(RunningHall.Profile(), printing: false), (hall, entry) => HallDecider.Evolve(hall, entry.Fact, entry.At)).Waits.AtClose!;

    private SqliteJournal Days(int days)
    {
        var journal = SqliteJournal.Open(_directory);
        journal.Append([.. Events(days)]);
        return journal;
    }

    private static IEnumerable<Entry> Events(int days) => Enumerable.Range(0, days).SelectMany(n => Day(First.AddDays(n)));

    // One counter: the first customer is called at once, the others wait longer and longer.
    private static List<Entry> Day(DateOnly day)
    {
        var entries = new List<Entry>();
        void Add(double minute, HallEvent fact) => entries.Add(new(new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(8)).AddSeconds(Math.Round(minute * 60)), fact, $"{day:yyyyMMdd}-{entries.Count}", "counter-1"));
        Add(0, new HallEvent.DayOpened(day));
        Add(0, new HallEvent.CounterOpened(new(1)));
        var queue = new SortedDictionary<double, HallEvent>();
        for (var n = 1; n <= Customers; n++)
        {
            var (id, number, called) = (new TicketId($"{day:MMdd}-{n}"), new TicketNumber('A', n), 1 + ((n - 1) * (4 + (day.Day % 3))));
            queue[n + 0.1] = new HallEvent.TicketIssued(id, number, Pay, "zh-CN", 0);
            queue[called + 0.3] = new HallEvent.TicketCalled(id, number, Pay, new(1));
            queue[called + 3.5] = new HallEvent.ServiceFinished(id, number, new(1));
        }

        foreach (var (minute, fact) in queue) Add(minute, fact);
        Add(480, new HallEvent.DayClosed(day));
        return entries;
    }
}
