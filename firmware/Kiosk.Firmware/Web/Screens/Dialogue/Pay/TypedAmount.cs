using System.Globalization;
using Kiosk.Domain.Payments;

namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>An amount while it is typed: digits, and at most one point where the currency has places behind it.</summary>
internal static class TypedAmount
{
    /// <summary>Digits before the point: more than any terminal takes.</summary>
    private const int LongestWhole = 6;

    /// <returns>With one sign more; the same where it does not fit.</returns>
    public static string With(string typed, char sign, string currency)
    {
        var (places, point) = (Money.Decimals(currency), typed.IndexOf('.', StringComparison.Ordinal));
        if (sign == '.') return point < 0 && typed.Length > 0 && places > 0 ? typed + sign : typed;
        if (point >= 0) return typed.Length - point - 1 < places ? typed + sign : typed;
        return typed == "0" ? sign.ToString() : typed.Length < LongestWhole ? typed + sign : typed;
    }

    /// <summary>Null: not an amount yet.</summary>
    public static Money? Read(string typed, string currency)
    {
        if (!decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return null;
        for (var place = 0; place < Money.Decimals(currency); place++) value *= 10;
        return value > 0 && value == decimal.Truncate(value) && value < long.MaxValue ? new((long)value, currency) : null;
    }
}
