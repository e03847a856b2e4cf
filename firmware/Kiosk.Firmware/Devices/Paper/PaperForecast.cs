using Kiosk.Domain.Views;

namespace Kiosk.Firmware.Devices.Paper;

/// <summary>A roll and its pace as people read them.</summary>
internal static class PaperForecast
{
    /// <summary>Further ahead the pace of one hour says nothing.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromHours(12);

    private static readonly TimeSpan Fine = TimeSpan.FromHours(2), FineStep = TimeSpan.FromMinutes(5), CoarseStep = TimeSpan.FromMinutes(30);

    /// <param name="pace">Millimetres an hour, or null.</param>
    public static PaperView Of(PaperRoll roll, double? pace, DateTimeOffset now)
    {
        var ends = roll is { Empty: false, Left: { } left } && pace is > 0 and var speed && left / speed <= Furthest.TotalHours ? now + TimeSpan.FromHours(left / speed) : (DateTimeOffset?)null;
        return new(
            Math.Round(roll.NewRoll / 1000),
            Math.Round(roll.Used / 1000, 1),
            roll.LoadedAt,
            roll.Left is { } known ? Percent(known / roll.NewRoll) : null,
            pace is { } metres ? Math.Round(metres / 1000, 1) : null,
            ends is { } at ? Rounded(at, now) : null,
            ends - now < PaperView.Soon);
    }

    /// <summary>Steps of five, below ten of one.</summary>
    private static int Percent(double share) => share switch
    {
        >= 1 => 100,
        >= 0.1 => (int)Math.Round(share * 20) * 5,
        _ => (int)Math.Ceiling(share * 100),
    };

    // Down: better five minutes too early at the cupboard than too late.
    private static DateTimeOffset Rounded(DateTimeOffset at, DateTimeOffset now)
    {
        var step = at - now <= Fine ? FineStep : CoarseStep;
        return new DateTimeOffset(at.Ticks - (at.Ticks % step.Ticks), at.Offset);
    }
}
