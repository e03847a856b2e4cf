using Kiosk.Domain.Payments;

namespace Kiosk.Ui;

/// <summary>Amounts as people of a language write them.</summary>
public static class Amounts
{
    /// <summary><c>¥86.50</c>, <c>86.50 元</c>; a currency that the texts do not know has its code behind.</summary>
    public static string Money(this Phrases t, Money money) => t.Keys.Contains("money." + money.Currency) ? t.Say("money." + money.Currency, money.Plain) : money.ToString();

    /// <summary>A note or coin: without the places behind the point where they are all zero.</summary>
    public static string Piece(this Phrases t, Money money)
    {
        var plain = money.Plain.Contains('.', StringComparison.Ordinal) ? money.Plain.TrimEnd('0').TrimEnd('.') : money.Plain;
        return t.Keys.Contains("money." + money.Currency) ? t.Say("money." + money.Currency, plain) : $"{plain} {money.Currency}";
    }
}
