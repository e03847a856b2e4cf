using System.Globalization;
using System.Text.Json.Serialization;

namespace Kiosk.Domain.Payments;

/// <summary>An amount: an integer of the currency's smallest unit. Amounts of two currencies are never added.</summary>
/// <param name="Minor">Fen, cents; never a fraction.</param>
/// <param name="Currency">ISO 4217, as <c>CNY</c>.</param>
public readonly record struct Money(long Minor, string Currency) : IComparable<Money>
{
    public static Money operator +(Money a, Money b) => new(checked(a.Minor + b.Same(a)), a.Currency);

    public static Money operator -(Money a, Money b) => new(checked(a.Minor - b.Same(a)), a.Currency);

    public static bool operator <(Money a, Money b) => a.Minor < b.Same(a);

    public static bool operator >(Money a, Money b) => a.Minor > b.Same(a);

    public static bool operator <=(Money a, Money b) => a.Minor <= b.Same(a);

    public static bool operator >=(Money a, Money b) => a.Minor >= b.Same(a);

    public static Money Zero(string currency) => new(0, currency);

    [JsonIgnore]
    public bool IsZero => Minor == 0;

    public int CompareTo(Money other) => Minor.CompareTo(other.Same(this));

    /// <summary>As people write it, without the currency: <c>50.00</c>, <c>-0.30</c>, <c>1200</c> for a currency without smaller units.</summary>
    [JsonIgnore]
    public string Plain => Decimals(Currency) is var places and > 0
        ? (Minor / (decimal)Math.Pow(10, places)).ToString("F" + places, CultureInfo.InvariantCulture)
        : Minor.ToString(CultureInfo.InvariantCulture);

    public override string ToString() => $"{Plain} {Currency}";

    /// <summary>Places behind the point (ISO 4217).</summary>
    public static int Decimals(string currency) => currency switch
    {
        "JPY" or "KRW" or "VND" or "CLP" or "ISK" or "XAF" or "XOF" => 0,
        "BHD" or "KWD" or "OMR" or "JOD" or "TND" => 3,
        _ => 2,
    };

    private long Same(Money other) => Currency == other.Currency ? Minor : throw new InvalidOperationException($"{other.Currency} and {Currency} cannot be reckoned together.");
}
