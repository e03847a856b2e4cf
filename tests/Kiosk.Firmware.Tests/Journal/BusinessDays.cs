using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Journal;

/// <summary>Business days as a small hall writes them: opened, some tickets served at counter 1, some notes, closed.</summary>
internal static class BusinessDays
{
    public static readonly DateOnly First = new(2026, 1, 5);

    public static DateTimeOffset At(DateOnly day, int minute) => new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(8)).AddMinutes(minute);

    /// <summary>Appends that many days, one after the other.</summary>
    /// <param name="told">To each customer, all of whom wait three minutes.</param>
    /// <returns>Seq of each day's last event.</returns>
    public static List<long> Write(IJournal journal, int days, int tickets = 4, DateOnly? from = null, bool closed = true, WaitPromise? told = null) =>
        [.. Enumerable.Range(0, days).Select(n => Write(journal, (from ?? First).AddDays(n), tickets, closed || n < days - 1, told))];

    private static long Write(IJournal journal, DateOnly day, int tickets, bool closed, WaitPromise? told)
    {
        var entries = new List<Entry>();
        void Add(int minute, HallEvent fact, string? who = null) => entries.Add(new(At(day, minute), fact, $"{day:yyyyMMdd}-{entries.Count}", who is null ? "clock" : "counter-1", who));

        Add(0, new HallEvent.DayOpened(day));
        Add(0, new HallEvent.CounterOpened(new(1)), "li");
        for (var n = 1; n <= tickets; n++)
        {
            var (id, number) = (new TicketId($"{day:MMdd}-{n}"), new TicketNumber('A', n));
            Add(n * 10, new HallEvent.TicketIssued(id, number, new("pay"), "zh-CN", 0, Promise: told));
            Add((n * 10) + 3, new HallEvent.TicketCalled(id, number, new("pay"), new(1)), "li");
            Add((n * 10) + 4, new HallEvent.ServiceBegun(id, number, new(1)), "li");
            Add((n * 10) + 8, new HallEvent.ServiceFinished(id, number, new(1)), "li");
        }

        Add((tickets * 10) + 8, new HallEvent.FeedbackGiven(new(1), Rating.Satisfied, Service: new("pay"), Clerk: "li"));
        Add((tickets * 10) + 8, new HallEvent.HandOverWritten($"h{day.Day}", "nothing", "nothing", "wang"), "li");
        if (closed) Add(480, new HallEvent.DayClosed(day));
        journal.Append(entries);
        return journal.LastSeq;
    }
}
