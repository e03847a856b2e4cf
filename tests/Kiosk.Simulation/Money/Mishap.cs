namespace Kiosk.Simulation.Money;

/// <summary>Something that happens to a device of the terminal, and how it passes: controls of its emulator, one after the other.</summary>
internal sealed record Mishap(string Name, params IReadOnlyList<MishapStep> Steps)
{
    private const string On = """{"on": true}""", Off = """{"on": false}""", PowerOff = """{"state": "off"}""", PowerOn = """{"state": "on"}""", Nothing = "{}";

    private static Mishap[] OfEveryWire =>
    [
        new("power", new("power", PowerOff, 6), new("power", PowerOn)),
        new("short power", new("power", PowerOff, 0.3), new("power", PowerOn)),
        Wire("garbage", 5), Wire("late", 8), Wire("late", 8, ", \"milliseconds\": 900"), Wire("deaf", 6), Wire("noise", 6), Wire("split", 10),
        new("silence", new("silence", On, 6), new("silence", Off)),
        .. Breaks("loss-after", 0, 7, 19, 40, 77, 150, 400),
        .. Breaks("reset-after", 0, 5, 23, 60, 130, 350),
    ];

    private static Mishap[] OfEveryAcceptor =>
    [
        .. OfEveryWire,
        new("jam", new("jam", On, 9), new("jam", Off)),
        .. Enumerable.Repeat(new Mishap("jam", new("jam", On, 1.5), new("jam", Off)), 4),
        new("pull", new("pull", Nothing, 0.3), new("pull", Nothing, 0.4), new("pull", Nothing, 0.5), new("pull", Nothing)),
        new("box", new(MishapStep.TakeBox, Nothing, 7), new("put-box", Nothing)),
        new("full", new("fill", """{"percent": 100}""", 8), new("fill", """{"percent": 0}""")),
        new("stubborn", new("stubborn", On, 15), new("stubborn", Off)),
        new("keeps at power-up", new("power-up", """{"note": "keep"}""", 0.2), new("power", PowerOff, 2), new("power", PowerOn, 5), new("power-up", """{"note": "return"}""")),
    ];

    /// <summary>What can happen to the devices of each driver.</summary>
    public static IReadOnlyDictionary<string, Mishap[]> Of { get; } = new Dictionary<string, Mishap[]>
    {
        ["zvt"] =
        [
            .. OfEveryWire,
            new("busy", new("busy", On, 8), new("busy", Off)),
            new("forget", new MishapStep("forget", Nothing)),
            new("power and forget", new("power", PowerOff, 0.5), new("forget", Nothing, 0.5), new("power", PowerOn)),
            new("power and forget", new("power", PowerOff, 0.5), new("forget", Nothing, 100), new("power", PowerOn)),
            new("no-abort", new("misbehave", """{"mode": "no-abort"}""", 20), new("misbehave", """{"mode": "none"}""")),
        ],
        ["ssp"] = [.. OfEveryAcceptor, Wire("reset-at-stack", 12), Wire("repeat-credit", 12)],
        ["cctalk-coins"] =
        [
            .. OfEveryAcceptor, Wire("bad-checksum", 5),
            new("restart", new MishapStep("restart", Nothing)),
            new("lost events", new MishapStep("events", """{"count": 7}""")),
        ],
    };

    /// <summary>As new, whatever has happened; the money stays where it is.</summary>
    public static IReadOnlyList<MishapStep> Mended(bool card) =>
    [
        new("misbehave", """{"mode": "none"}"""), new("silence", Off), new("power", PowerOn),
        .. card
            ? (MishapStep[])[new("busy", Off), new("remove", Nothing)]
            : [new("jam", Off), new("put-box", Nothing), new("fill", """{"percent": 0}"""), new("stubborn", Off), new("power-up", """{"note": "return"}""")],
    ];

    private static Mishap Wire(string mode, double seconds, string more = "") =>
        new(mode, new("misbehave", $$"""{"mode": "{{mode}}"{{more}}}""", seconds), new("misbehave", """{"mode": "none"}"""));

    private static Mishap[] Breaks(string mode, params int[] bytes) =>
        [.. bytes.Select(count => new Mishap(mode, new MishapStep("misbehave", $$"""{"mode": "{{mode}}", "bytes": {{count}}}""")))];
}

/// <param name="Seconds">Until the next one.</param>
internal sealed record MishapStep(string Control, string Arguments, double Seconds = 0)
{
    /// <summary>Staff take the box, and keep it to be counted.</summary>
    public const string TakeBox = "take-box";
}
