using System.Text.Json;
using Kiosk.Hardware;

namespace Kiosk.Simulation.Faults;

/// <summary>Something that happens to a device, and how somebody mends it.</summary>
/// <param name="Expected">What the device must say; null where it heals, or shows in the slips, before anybody could be told.</param>
/// <param name="Within">How long it may take until it says so: some faults are only found when the device is used.</param>
internal sealed record Mischief(string Control, string Arguments, string MendControl, string MendArguments, (HealthState State, DeviceFault Fault)? Expected = null, int Within = 30)
{
    private static readonly (HealthState, DeviceFault) Gone = (HealthState.OutOfService, DeviceFault.Disconnected);

    private const string Nothing = "{}";

    /// <summary>On a line that nobody answers on.</summary>
    private static Mischief[] Signs =>
    [
        new("power", """{"state": "off"}""", "power", """{"state": "on"}""", Gone),
        new("blackout", """{"state": "cycle"}""", "blackout", """{"state": "on"}"""),
        new("misbehave", """{"mode": "reset-after", "bytes": 20}""", "power", """{"state": "on"}"""),
    ];

    /// <summary>What can happen to the devices of each driver.</summary>
    public static IReadOnlyDictionary<string, Mischief[]> Of { get; } = new Dictionary<string, Mischief[]>
    {
        ["escpos"] =
        [
            new("paper", """{"state": "out"}""", "paper", """{"state": "ok"}""", (HealthState.OutOfService, DeviceFault.OutOfPaper)),
            new("paper", """{"state": "ok", "lines": 7}""", "paper", """{"state": "ok"}""", (HealthState.OutOfService, DeviceFault.OutOfPaper), Within: 240),
            new("paper", """{"state": "near-end"}""", "paper", """{"state": "ok"}""", (HealthState.Degraded, DeviceFault.PaperNearEnd)),
            new("cover", """{"state": "open"}""", "cover", """{"state": "closed"}""", (HealthState.OutOfService, DeviceFault.CoverOpen)),
            new("cutter", """{"state": "jammed"}""", "cutter", """{"state": "ok"}""", (HealthState.OutOfService, DeviceFault.CutterJam), Within: 240),
            new("power", """{"state": "off"}""", "power", """{"state": "on"}""", Gone),
            new("silence", """{"on": true}""", "silence", """{"on": false}""", (HealthState.OutOfService, DeviceFault.Silent)),
            new("misbehave", """{"mode": "garbage"}""", "misbehave", """{"mode": "none"}""", (HealthState.OutOfService, DeviceFault.NotUnderstood)),
            new("misbehave", """{"mode": "late"}""", "misbehave", """{"mode": "none"}"""),
            new("misbehave", """{"mode": "split"}""", "misbehave", """{"mode": "none"}"""),
            new("misbehave", """{"mode": "noise"}""", "misbehave", """{"mode": "none"}"""),
            new("misbehave", """{"mode": "stall"}""", "misbehave", """{"mode": "none"}"""),
            new("misbehave", """{"mode": "reset-after", "bytes": 150}""", "misbehave", """{"mode": "none"}"""),
            new("misbehave", """{"mode": "loss-after", "bytes": 3}""", "misbehave", """{"mode": "none"}"""),
        ],
        ["gpio-buttons"] =
        [
            new("unplug", Nothing, "plug", Nothing, Gone),
            new("hold", """{"line": "COUNTER5"}""", "release", """{"line": "COUNTER5"}""", (HealthState.Degraded, DeviceFault.StuckKey), Within: 90),
            new("lamps", """{"state": "broken"}""", "lamps", """{"state": "ok"}""", (HealthState.Degraded, DeviceFault.Broken), Within: 240),
            new("overflow", """{"line": "COUNTER4", "flips": 600}""", "release", """{"line": "COUNTER4"}"""),
        ],
        ["max7219"] =
        [
            new("unplug", Nothing, "plug", Nothing, Gone),
            new("power", """{"state": "cycle"}""", "power", """{"state": "on"}"""),
            new("glitch", """{"bits": 20}""", "power", """{"state": "on"}"""),
        ],
        ["ht16k33"] =
        [
            new("unplug", Nothing, "plug", Nothing, Gone),
            new("silence", """{"panel": 3, "on": true}""", "silence", """{"panel": 3, "on": false}""", (HealthState.Degraded, DeviceFault.Silent)),
            new("power", """{"state": "cycle"}""", "power", """{"state": "on"}"""),
            new("glitch", """{"bits": 20}""", "power", """{"state": "on"}"""),
        ],
        ["alpha-sign"] = Signs,
        ["frame-panel"] = Signs,
        ["espeak"] =
        [
            new("unplug", Nothing, "plug", Nothing, Gone),
            new("jam", """{"state": "on"}""", "jam", """{"state": "off"}""", (HealthState.OutOfService, DeviceFault.Silent), Within: 240),
            new("hiccup", Nothing, "power", """{"state": "on"}"""),
            new("power", """{"state": "off"}""", "power", """{"state": "on"}"""),
        ],
    };

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
