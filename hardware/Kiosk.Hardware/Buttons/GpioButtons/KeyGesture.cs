namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <summary>Times that tell gestures apart. Setting names in README.md.</summary>
internal sealed record GestureTimes
{
    /// <summary>No finger is faster: what is shorter is a contact that bounces or chatters.</summary>
    public TimeSpan Flicker { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A key of a panel with several keys that is struck again within this time was meant once.</summary>
    public TimeSpan DoubleStrike { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan RecallWithin { get; init; } = TimeSpan.FromMilliseconds(3000);

    public TimeSpan NextBelow { get; init; } = TimeSpan.FromMilliseconds(800);

    public TimeSpan NoShowAfter { get; init; } = TimeSpan.FromMilliseconds(1500);

    public TimeSpan PauseAfter { get; init; } = TimeSpan.FromMilliseconds(4000);

    /// <summary>Nobody holds a key that long: something lies on it, and letting go of it means nothing.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(60);
}

internal enum KeyPhase
{
    Up,
    Down,

    /// <summary>Active, but nobody saw it begin: letting go of it means nothing.</summary>
    DownUnseen,

    /// <summary>Events were lost: nothing counts until the level was read.</summary>
    Unsure,
}

/// <param name="DownAt">Time stamp of the edge that began <see cref="KeyPhase.Down"/>.</param>
/// <param name="UpAt">Time stamp of the last edge to inactive.</param>
/// <param name="StruckAt">Several keys: the last strike, counted or not. One key: the release of the last short press.</param>
internal readonly record struct KeyMemory(KeyPhase Phase, long DownAt = 0, long? UpAt = null, long? StruckAt = null);

/// <summary>
/// From the edges of one line to the presses of its key. Pure. Time stamps are the kernel's, in nanoseconds: how late an edge arrives changes
/// nothing.
/// </summary>
internal static class KeyGesture
{
    /// <param name="key">The line's own key, or null for the only key of a panel.</param>
    /// <returns>What is remembered, and the press that this edge completed.</returns>
    public static (KeyMemory Memory, PanelKey? Press) OnEdge(KeyMemory memory, PanelKey? key, bool active, long at, GestureTimes times) =>
        (memory.Phase, active) switch
        {
            (KeyPhase.Unsure, _) => (memory, null),
            (KeyPhase.Down, true) => (memory, null), // its release was too short for the kernel to see
            (_, true) when key is { } own => Strike(memory, own, at, times),
            (_, true) => (memory with { Phase = KeyPhase.Down, DownAt = at }, null),
            (KeyPhase.Down, false) when key is null => Release(memory, at, times),
            (_, false) => (memory with { Phase = KeyPhase.Up, UpAt = at }, null),
        };

    public static KeyMemory OnLost(KeyMemory memory) => memory with { Phase = KeyPhase.Unsure };

    /// <summary>
    /// The level was read while no edge was waiting: where it is not as remembered, an edge was missed, and a missed edge is never a press.
    /// </summary>
    public static KeyMemory OnLevel(KeyMemory memory, bool active) => (memory.Phase, active) switch
    {
        (KeyPhase.Down or KeyPhase.DownUnseen, true) => memory,
        (_, true) => memory with { Phase = KeyPhase.DownUnseen },
        (_, false) => memory with { Phase = KeyPhase.Up },
    };

    private static (KeyMemory, PanelKey?) Strike(KeyMemory memory, PanelKey key, long at, GestureTimes times)
    {
        var again = memory.StruckAt is { } struck && Since(struck, at) < times.DoubleStrike;
        var bounce = memory.UpAt is { } up && Since(up, at) < times.Flicker;
        return (memory with { Phase = KeyPhase.Down, DownAt = at, StruckAt = at }, again || bounce ? null : key);
    }

    private static (KeyMemory, PanelKey?) Release(KeyMemory memory, long at, GestureTimes times)
    {
        var held = Since(memory.DownAt, at);
        var up = memory with { Phase = KeyPhase.Up, UpAt = at };
        if (held < times.Flicker) return (up, null);

        // A short press is next or recall at once: nobody waits to see whether a second one follows.
        if (held < times.NextBelow)
        {
            var again = memory.StruckAt is { } last && Since(last, memory.DownAt) <= times.RecallWithin;
            return (up with { StruckAt = at }, again ? PanelKey.Recall : PanelKey.Next);
        }

        if (held < times.NoShowAfter) return (up, null);

        // The customer of the last short press is dealt with: the next short press calls another one.
        up = up with { StruckAt = null };
        if (held < times.PauseAfter) return (up, PanelKey.NoShow);
        return (up, held < times.StuckAfter ? PanelKey.Pause : null);
    }

    private static TimeSpan Since(long from, long to) => TimeSpan.FromTicks((to - from) / 100);
}
