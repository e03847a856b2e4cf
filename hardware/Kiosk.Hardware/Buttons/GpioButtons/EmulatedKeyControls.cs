namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <summary>What a person can do to the emulated keys, and how a key is named.</summary>
internal static class EmulatedKeyControls
{
    public static IReadOnlyList<EmulatorControl> All(GpioButtonsOptions options, int longestPressMs, int mostBounces, int mostFlips)
    {
        var keys = options.Keys;
        EmulatorControl[] lamps = options.Lamps.Count == 0 ? []
            : [new("lamps", "Break the wire of the lamps, or mend it", new Dictionary<string, string> { ["state"] = "broken | ok" })];
        Dictionary<string, string> which = new()
        {
            ["line"] = string.Join(" | ", keys.Select(key => key.Line)),
            ["panel"] = $"instead of line: {string.Join(" | ", keys.Select(key => key.Panel).Distinct().Order())}",
            ["key"] = $"with panel: {string.Join(" | ", keys.Select(key => key.KeyName).Distinct())}; may be left out where the panel has one key",
        };
        return
        [
            new("press", "Press a key and let go of it", new Dictionary<string, string>(which)
            {
                ["ms"] = $"1 to {longestPressMs}, how long; 80 when absent; what is shorter than debounceMs never reaches the host",
                ["bounce"] = $"0 to {mostBounces} bounces of the contact; swallowed by debounceMs of 1 and more",
            }),
            new("hold", "Press a key and keep it down", which),
            new("release", "Let go of a key", which),
            new("overflow", "Chatter faster than the kernel's buffer holds: the oldest edges are lost", new Dictionary<string, string>(which)
            {
                ["flips"] = $"1 to {mostFlips}; 1000 when absent; {Links.GpioRequest.EventBuffer} are kept",
            }),
            .. lamps,
            new("unplug", "Take the chip away", new Dictionary<string, string>()),
            new("plug", "Give the chip back", new Dictionary<string, string>()),
        ];
    }

    /// <returns>The number of the line that <c>line</c>, or <c>panel</c> and <c>key</c>, name; 0 after noting a mistake.</returns>
    public static int Which(OptionReader arguments, IReadOnlyList<LineKey> keys)
    {
        var (byLine, byPanel, byKey) = (arguments.Has("line"), arguments.Has("panel"), arguments.Has("key"));
        if (byLine && (byPanel || byKey)) arguments.Refuse(byPanel ? "panel" : "key", "must not be given with line");
        if (byLine || !byPanel)
        {
            var line = arguments.OneOf("line", keys.Select(key => key.Line));
            return Index(keys, key => key.Line == line);
        }

        var panels = keys.Select(key => key.Panel).Distinct().Order().ToList();
        var panel = arguments.RequiredNumber("panel", panels[0], panels[^1]);
        var here = keys.Where(key => key.Panel == panel).ToList();
        if (panel is not null && here is []) arguments.Refuse("panel", $"must be one of {string.Join(", ", panels)}");
        if (here is [var only] && !byKey) return Index(keys, key => key == only);
        var name = arguments.OneOf("key", here.Select(key => key.KeyName));
        return Index(keys, key => key.Panel == panel && key.KeyName == name);
    }

    private static int Index(IReadOnlyList<LineKey> keys, Func<LineKey, bool> wanted) => Math.Max(0, keys.ToList().FindIndex(key => wanted(key)));
}
