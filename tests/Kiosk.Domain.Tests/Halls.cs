using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Tests;

/// <summary>A hall to try the rules on: pay (A), new (B), vip (V); counters 1 and 2 for pay and new, 3 for new, 4 for vip.</summary>
internal static class Halls
{
    public static readonly ServiceId Pay = new("pay"), New = new("new"), Vip = new("vip");
    public static readonly DateOnly Today = new(2026, 1, 5);
    public static readonly DateTimeOffset Opening = new(2026, 1, 5, 8, 30, 0, TimeSpan.FromHours(8));

    public static HallProfile Profile { get; } = new(
        "test",
        Texts.Of(("en", "Test hall")),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        ["zh-CN", "zh-TW", "en"],
        [Service(Pay, 'A'), Service(New, 'B'), Service(Vip, 'V', limit: 3)],
        [Counter(1, Pay, New), Counter(2, Pay, New), Counter(3, New), Counter(4, Vip)],
        new OpeningHours(ImmutableDictionary<DayOfWeek, ImmutableArray<OpenSpan>>.Empty),
        [],
        new MqttProfile(false, null, 1883, null, null),
        new HallRules(DayOpening.Manual, TimeSpan.FromMinutes(15), new TimeOnly(4, 0)) { NoShowGraceCalls = 0, NoShowPlace = 0, LongWait = TimeSpan.Zero },
        null)
    {
        Routing = new() { Preference = TimeSpan.Zero },
    };

    /// <summary>The same hall with other rules, its day open and its counters staffed.</summary>
    public static Story With(Func<HallProfile, HallProfile> change)
    {
        var story = new Story(HallState.For(change(Profile), printing: true));
        story.Do(new HallCommand.OpenDay(Today));
        return story.Do(story.State.Counters.Keys.Select(counter => new HallCommand.OpenCounter(counter)));
    }

    public static HallState New_ => HallState.For(Profile, printing: true);

    public static HallState Open => new Story().Do(new HallCommand.OpenDay(Today)).State;

    public static HallState Staffed => Enumerable.Range(1, 4)
        .Aggregate(new Story(Open), (story, n) => story.Do(new HallCommand.OpenCounter(new(n)))).State;

    private static ServiceProfile Service(ServiceId id, char letter, int limit = 999) =>
        new(id, letter, Texts.Of(("en", id.Value)), TimeSpan.FromMinutes(10), limit);

    private static CounterProfile Counter(int number, params ImmutableArray<ServiceId> services) => new(new(number), CounterKind.Normal, services);
}

/// <summary>A hall that is told what happens, one command a minute.</summary>
internal sealed class Story(HallState? from = null)
{
    private int _ids;

    public HallState State { get; private set; } = from ?? Halls.New_;

    public DateTimeOffset Now { get; private set; } = Halls.Opening;

    public List<HallEvent> Journal { get; } = [];

    public Rejection? Refused { get; private set; }

    public Story Do(params IEnumerable<HallCommand> commands)
    {
        foreach (var command in commands)
        {
            Now += TimeSpan.FromMinutes(1);
            var decision = HallDecider.Decide(State, command, Now);
            Refused = decision.Rejection;
            State = HallDecider.Evolve(State, decision, Now);
            Journal.AddRange(decision.Events);
        }

        return this;
    }

    public Story After(TimeSpan span)
    {
        Now += span;
        return this;
    }

    public TicketId Take(ServiceId service, PriorityClass? priority = null, params IReadOnlyList<ServiceId> then)
    {
        var id = new TicketId($"t{++_ids:00000000000}");
        Do(new HallCommand.TakeTicket(id, service, "zh-CN", Class: priority, Then: then));
        return id;
    }

    /// <summary>Whom a counter serves, as people say it.</summary>
    public string? At(int counter) => State.At(State.Counters[new(counter)])?.Number.ToString();
}
