using System.Globalization;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>Names a credit at one validator: <c>serial:stacked:number</c>, as <c>4512087:1204:37</c>.</summary>
/// <param name="Serial">Of the validator: another one counts differently.</param>
/// <param name="Stacked">What its counter of stacked notes says once this note and all before it are in the box; null where it does not count: <c>-</c>.</param>
/// <param name="Number">Counts the credits that this ledger heard of.</param>
internal sealed record SspMark(uint Serial, uint? Stacked, long Number)
{
    private const string NotCounted = "-";

    public static SspMark? Read(string? text) =>
        text?.Split(':') is [var serial, var stacked, var number]
        && uint.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out var device)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new SspMark(device, uint.TryParse(stacked, NumberStyles.None, CultureInfo.InvariantCulture, out var notes) ? notes : null, count)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Serial}:{Stacked?.ToString(CultureInfo.InvariantCulture) ?? NotCounted}:{Number}");
}
