using System.Collections.Immutable;
using System.Text.Json;

namespace Kiosk.Firmware.Devices.Scripts;

/// <param name="After">Since the step before, or since the round began.</param>
/// <param name="Arguments">Of the control, as in its own request; undefined: none.</param>
internal sealed record ScriptStep(TimeSpan After, string Control, JsonElement Arguments);

/// <summary>What is done to one emulated device, step by step, and how often.</summary>
/// <param name="Name">Of a ready script, or null.</param>
internal sealed record EmulatorScript(ImmutableArray<ScriptStep> Steps, int Repeat, string? Name = null)
{
    public const int MostSteps = 100, MostRepeats = 1000, MostAfterMs = 600_000;

    /// <summary>All rounds together.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>A round that takes no time would keep the host busy with nothing else.</summary>
    public static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(100);

    public TimeSpan Round => Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.After);
}
