using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>Reads in the journal who did what. Reading is bounded: a page that is not full within so many events ends and says where to go on.</summary>
internal sealed class Audit(IJournal journal, HallFeed feed)
{
    private const int Chunk = 500, MostChunks = 40;

    /// <param name="Next">Where to go on, or null at the end.</param>
    public sealed record Slice(IReadOnlyList<Recorded> Events, long? Next);

    /// <summary>Events above a seq, oldest first.</summary>
    public Slice After(long after, int limit, string? who, DateOnly? day)
    {
        var (from, until) = Bounds(day);
        after = Math.Max(after, from - 1);
        var found = new List<Recorded>();
        for (var chunk = 0; chunk < MostChunks; chunk++)
        {
            var page = journal.Read(after, Chunk);
            foreach (var recorded in page)
            {
                if (recorded.Seq >= until) return new(found, null);
                after = recorded.Seq;
                if (Concerns(recorded, who)) found.Add(recorded);
                if (found.Count == limit) return new(found, after);
            }

            if (page.Count < Chunk) return new(found, null);
        }

        return new(found, after);
    }

    /// <summary>What staff did and what was refused, newest first, below a seq (0: from the end).</summary>
    public Slice Before(long before, int limit, string? who, DateOnly? day)
    {
        var (from, until) = Bounds(day);
        var high = before > 0 ? Math.Min(before, until) : until;
        var found = new List<Recorded>();
        for (var chunk = 0; chunk < MostChunks && high > from; chunk++)
        {
            var low = Math.Max(from - 1, high - 1 - Chunk);
            foreach (var recorded in journal.Read(low, Chunk).Where(recorded => recorded.Seq < high).Reverse())
            {
                if (!ByStaff(recorded) || !Concerns(recorded, who)) continue;
                found.Add(recorded);
                if (found.Count == limit) return new(found, recorded.Seq);
            }

            high = low + 1;
        }

        return new(found, high > from ? high : null);
    }

    private static bool ByStaff(Recorded recorded) => recorded.Who is not null || recorded.Fact is HallEvent.Note;

    private static bool Concerns(Recorded recorded, string? who) => who is null || recorded.Who == who || About(recorded.Fact) == who;

    private static string? About(HallEvent fact) => fact switch
    {
        HallEvent.StaffSignedIn e => e.User,
        HallEvent.StaffSignedOut e => e.User,
        HallEvent.SignInRefused e => e.User,
        HallEvent.AccessRefused e => e.User,
        HallEvent.StaffAdded e => e.User,
        HallEvent.StaffChanged e => e.User,
        HallEvent.CounterStaffed e => e.Clerk,
        HallEvent.CounterLeft e => e.Clerk,
        _ => null,
    };

    /// <summary>Outside these years nothing has happened.</summary>
    private const int FirstYear = 2000, LastYear = 2999;

    /// <summary>First seq of a local date, and the first after it.</summary>
    private (long From, long Until) Bounds(DateOnly? day)
    {
        if (day is not { Year: >= FirstYear and <= LastYear } date) return (1, day is null ? journal.LastSeq + 1 : 1);
        return (FirstAt(Midnight(date)), FirstAt(Midnight(date.AddDays(1))));
    }

    private DateTimeOffset Midnight(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return new(local, feed.Profile.TimeZone.GetUtcOffset(local));
    }

    // Time never runs back in the journal, so the place of a moment is found by halving.
    private long FirstAt(DateTimeOffset moment)
    {
        var (low, high) = (1L, journal.LastSeq + 1);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (journal.Read(middle - 1, 1) is not [var recorded, ..] || recorded.At >= moment) high = middle;
            else low = recorded.Seq + 1;
        }

        return low;
    }
}
