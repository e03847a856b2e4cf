using Kiosk.Hardware.Buttons;
using Kiosk.Hardware.Buttons.GpioButtons;

namespace Kiosk.Hardware.Tests.Buttons.GpioButtons;

public sealed class KeyGestureTests
{
    private const long Ms = 1_000_000;
    private static readonly GestureTimes Times = new();

    [Theory]
    [InlineData(19, null)]
    [InlineData(20, PanelKey.Next)]
    [InlineData(799, PanelKey.Next)]
    [InlineData(800, null)]
    [InlineData(1499, null)]
    [InlineData(1500, PanelKey.NoShow)]
    [InlineData(3999, PanelKey.NoShow)]
    [InlineData(4000, PanelKey.Pause)]
    [InlineData(59_999, PanelKey.Pause)]
    [InlineData(60_000, null)]
    public void Only_key_of_a_panel_means_what_its_hold_says(int heldMs, PanelKey? expected) =>
        Assert.Equal(expected, Play(null, (true, 0), (false, heldMs)).SingleOrDefault().Key);

    [Theory]
    [InlineData(3000, PanelKey.Recall)]
    [InlineData(3001, PanelKey.Next)]
    public void Second_short_press_within_three_seconds_of_the_release_is_recall(int pauseMs, PanelKey expected) =>
        Assert.Equal([PanelKey.Next, expected], Play(null, (true, 0), (false, 80), (true, 80 + pauseMs), (false, 160 + pauseMs)).Select(press => press.Key!.Value));

    [Fact]
    public void Nervous_clerk_calls_one_customer_and_recalls_for_as_long_as_it_takes() =>
        Assert.Equal(
            [PanelKey.Next, .. Enumerable.Repeat(PanelKey.Recall, 9)],
            Play(null, [.. Enumerable.Range(0, 10).SelectMany(n => new[] { (true, n * 2500), (false, (n * 2500) + 80) })]).Select(press => press.Key!.Value));

    [Fact]
    public void Short_press_right_after_a_no_show_calls_the_next_customer() =>
        Assert.Equal(
            [PanelKey.Next, PanelKey.NoShow, PanelKey.Next],
            Play(null, (true, 0), (false, 80), (true, 200), (false, 1800), (true, 2000), (false, 2080)).Select(press => press.Key!.Value));

    [Fact]
    public void Press_is_stamped_with_the_edge_that_decided_it()
    {
        Assert.Equal((PanelKey.Next, 80 * Ms), Play(null, (true, 0), (false, 80)).Single());
        Assert.Equal((PanelKey.Begin, 7 * Ms), Play(PanelKey.Begin, (true, 7), (false, 80)).Single());
    }

    [Theory]
    [InlineData(499, 1)]
    [InlineData(500, 2)]
    public void Key_of_many_struck_twice_within_half_a_second_was_meant_once(int againMs, int presses) =>
        Assert.Equal(presses, Play(PanelKey.Next, (true, 0), (false, 80), (true, againMs), (false, againMs + 80)).Count);

    [Fact]
    public void Contact_that_bounces_when_a_long_hold_ends_is_no_new_strike() =>
        Assert.Single(Play(PanelKey.Next, (true, 0), (false, 2000), (true, 2005), (false, 2010)));

    [Fact]
    public void Hold_whose_beginning_was_not_seen_means_nothing_when_it_ends()
    {
        var memory = KeyGesture.OnLevel(default, active: true);

        Assert.Null(KeyGesture.OnEdge(memory, null, false, 80 * Ms, Times).Press);
    }

    [Fact]
    public void Hold_whose_end_was_missed_means_nothing_but_the_next_one_counts()
    {
        var (memory, _) = KeyGesture.OnEdge(default, null, true, 0, Times);
        memory = KeyGesture.OnLevel(memory, active: false);

        (memory, var stray) = KeyGesture.OnEdge(memory, null, false, 50 * Ms, Times);
        (memory, _) = KeyGesture.OnEdge(memory, null, true, 1000 * Ms, Times);
        var (_, press) = KeyGesture.OnEdge(memory, null, false, 1080 * Ms, Times);

        Assert.Equal((null, PanelKey.Next), (stray, press));
    }

    [Fact]
    public void Any_bounce_of_any_press_changes_nothing_for_a_thousand_random_clerks()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var holds = Enumerable.Range(0, 12).Select(_ => (Held: Held(random), Pause: random.Next(700, 5000))).ToList();

            Assert.Equal(Expected(holds), Play(null, Edges(holds, random)).Select(press => press.Key!.Value));
            Assert.Equal(holds.Count, Play(PanelKey.Next, Edges(holds, random)).Count);
        }
    }

    [Fact]
    public void Lost_edges_never_make_a_press_that_no_hand_made()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var holds = Enumerable.Range(0, 12).Select(_ => (Held: Held(random), Pause: random.Next(700, 5000))).ToList();
            var edges = Edges(holds, null);
            var (from, count) = (random.Next(edges.Length), random.Next(1, 8));

            var made = Play(null, edges);
            var told = PlayWithLoss(edges, from, count);

            // A recall whose first press was lost is told as next: still one press of that hand.
            Assert.All(told, press => Assert.Contains(made, real => real.At == press.At && Kind(real.Key) == Kind(press.Key)));
            // A loss also costs the hold that it ends in: nobody saw that one begin.
            Assert.InRange(told.Count, made.Count - count - 1, made.Count);
        }

        static PanelKey? Kind(PanelKey? key) => key is PanelKey.Recall ? PanelKey.Next : key;
    }

    /// <summary>Far enough from each limit that 15 ms of bounce do not cross it.</summary>
    private static int Held(Random random) => random.Next(4) switch
    {
        0 => random.Next(50, 790),
        1 => random.Next(820, 1490),
        2 => random.Next(1520, 3990),
        _ => random.Next(4020, 9000),
    };

    private static List<PanelKey> Expected(IEnumerable<(int Held, int Pause)> holds)
    {
        var expected = new List<PanelKey>();
        var (now, lastShort) = (0, int.MinValue / 2);
        foreach (var (held, pause) in holds)
        {
            if (held < 800)
            {
                expected.Add(now - lastShort <= 3000 ? PanelKey.Recall : PanelKey.Next);
                lastShort = now + held;
            }
            else if (held >= 1500)
            {
                expected.Add(held < 4000 ? PanelKey.NoShow : PanelKey.Pause);
                lastShort = int.MinValue / 2;
            }

            now += held + pause;
            if (now - lastShort is > 2980 and < 3020) now += 50;
        }

        return expected;
    }

    private static (bool Active, int AtMs)[] Edges(IEnumerable<(int Held, int Pause)> holds, Random? bounces)
    {
        var edges = new List<(bool, int)>();
        var (now, lastShort) = (0, int.MinValue / 2);
        foreach (var (held, pause) in holds)
        {
            Contact(edges, true, now, bounces);
            Contact(edges, false, now + held, bounces);
            if (held < 800) lastShort = now + held;
            else if (held >= 1500) lastShort = int.MinValue / 2;
            now += held + pause;
            if (now - lastShort is > 2980 and < 3020) now += 50;
        }

        return [.. edges];
    }

    private static void Contact(List<(bool, int)> edges, bool active, int at, Random? bounces)
    {
        edges.Add((active, at));
        for (var bounce = bounces?.Next(0, 4) ?? 0; bounce > 0; bounce--)
        {
            edges.Add((!active, at += bounces!.Next(1, 3)));
            edges.Add((active, at += bounces.Next(1, 3)));
        }
    }

    private static List<(PanelKey? Key, long At)> Play(PanelKey? key, params (bool Active, int AtMs)[] edges)
    {
        var (memory, presses) = (default(KeyMemory), new List<(PanelKey?, long)>());
        foreach (var (active, at) in edges)
        {
            (memory, var press) = KeyGesture.OnEdge(memory, key, active, at * Ms, Times);
            if (press is not null) presses.Add((press, at * Ms));
        }

        return presses;
    }

    private static List<(PanelKey? Key, long At)> PlayWithLoss((bool Active, int AtMs)[] edges, int from, int count)
    {
        var (memory, presses) = (default(KeyMemory), new List<(PanelKey?, long)>());
        for (var i = 0; i < edges.Length; i++)
        {
            if (i >= from && i < from + count) continue;
            if (i == from + count) memory = KeyGesture.OnLost(memory);
            (memory, var press) = KeyGesture.OnEdge(memory, null, edges[i].Active, edges[i].AtMs * Ms, Times);
            if (press is not null) presses.Add((press, edges[i].AtMs * Ms));
            if (i == from + count) memory = KeyGesture.OnLevel(memory, edges[i].Active);
        }

        return presses;
    }
}
