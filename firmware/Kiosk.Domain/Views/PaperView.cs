namespace Kiosk.Domain.Views;

/// <summary>How much paper a ticket printer has, as far as it is known, rounded so that no digit promises more than that.</summary>
/// <param name="RollMetres">A new roll, as the settings say or as the rolls before this one have shown.</param>
/// <param name="UsedMetres">Since the roll was loaded, or since counting began.</param>
/// <param name="LoadedAt">Null: nobody has seen this roll being loaded, so nothing is said about what is left.</param>
/// <param name="LeftPercent">Null where it is not known.</param>
/// <param name="MetresPerHour">The pace of the last hour; null before there is one.</param>
/// <param name="EndsAt">At that pace, at most half a day ahead; null where it is not known.</param>
/// <param name="EndsSoon">Within <see cref="Soon"/>: somebody should have a roll at hand.</param>
public sealed record PaperView(
    double RollMetres, double UsedMetres, DateTimeOffset? LoadedAt, int? LeftPercent, double? MetresPerHour, DateTimeOffset? EndsAt, bool EndsSoon)
{
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);
}
