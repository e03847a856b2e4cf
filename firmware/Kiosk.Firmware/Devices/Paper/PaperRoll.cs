using System.Text.Json.Serialization;

namespace Kiosk.Firmware.Devices.Paper;

/// <summary>What is known of the roll in one printer. All lengths in millimetres. Pure: whoever has it says what happened.</summary>
/// <param name="Length">A new roll, as the settings say.</param>
/// <param name="Used">Since it was loaded, or since counting began.</param>
/// <param name="LoadedAt">Null: nobody saw it being loaded, so it may have been half used already.</param>
/// <param name="UsedAtNearEnd">When the sensor said that the end is near; null: it has not.</param>
/// <param name="Empty">The sensor says that there is no paper.</param>
/// <param name="LearnedLength">Of rolls that were seen from their loading to their end.</param>
/// <param name="LearnedTail">From the near-end sensor to the end, as rolls before this one have shown.</param>
internal sealed record PaperRoll(
    double Length, double Used = 0, DateTimeOffset? LoadedAt = null, double? UsedAtNearEnd = null, bool Empty = false, double? LearnedLength = null, double? LearnedTail = null)
{
    /// <summary>A roll that ended far from the length of a roll was not a whole one, or was torn out: nothing is learned from it.</summary>
    private const double ShortestShare = 0.5, LongestShare = 1.5;

    /// <summary>Sensors speak some metres before the end. What ends sooner after that was torn out.</summary>
    private const double ShortestTail = 1000;

    [JsonIgnore]
    public double NewRoll => LearnedLength ?? Length;

    [JsonIgnore]
    public bool Low => Empty || UsedAtNearEnd is not null;

    /// <summary>Null where it is not known.</summary>
    [JsonIgnore]
    public double? Left
    {
        get
        {
            if (Empty) return 0;
            var left = UsedAtNearEnd is { } then ? LearnedTail - (Used - then) : LoadedAt is null ? null : NewRoll - Used;

            // It ought to have ended and has not: it was longer than thought.
            return left > 0 ? left : null;
        }
    }

    public PaperRoll Print(double millimetres) => this with { Used = Used + millimetres };

    public PaperRoll Load(DateTimeOffset at) => this with { Used = 0, LoadedAt = at, UsedAtNearEnd = null, Empty = false };

    /// <summary>The near-end sensor speaks. After the end it is a used roll that somebody put in.</summary>
    public PaperRoll NearEnd() => Empty
        ? this with { Used = 0, LoadedAt = null, UsedAtNearEnd = 0, Empty = false }
        : this with { UsedAtNearEnd = UsedAtNearEnd ?? Used };

    public PaperRoll End()
    {
        if (Empty) return this;
        var whole = LoadedAt is not null && Used >= Length * ShortestShare && Used <= Length * LongestShare;
        var tail = UsedAtNearEnd is { } then && Used - then >= ShortestTail && Used - then < Length * ShortestShare && (LoadedAt is not null || then > 0) ? Used - then : (double?)null;
        return this with { Empty = true, LearnedLength = whole ? Blend(LearnedLength, Used) : LearnedLength, LearnedTail = tail is { } seen ? Blend(LearnedTail, seen) : LearnedTail };
    }

    // One odd roll moves what is known half-way only.
    private static double Blend(double? known, double seen) => known is { } before ? (before + seen) / 2 : seen;
}
