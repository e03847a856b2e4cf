namespace Kiosk.Hardware.Announcers.Speech;

/// <summary>Numbers in Chinese: digits of a ticket one by one, the counter as a number.</summary>
internal static class ChineseNumber
{
    /// <summary>〇 is written 零 where it is said.</summary>
    private const string Digits = "零一二三四五六七八九";

    public static readonly SpokenWord Ten = new("ten", "十"), Hundred = new("hundred", "百"), YaoOne = new("d1-yao", "幺");

    public static SpokenWord Digit(int digit, OneReading one) => digit == 1 && one == OneReading.Yao ? YaoOne : Plain(digit);

    public static SpokenWord Plain(int digit) => new($"d{digit}", Digits[digit].ToString());

    /// <param name="number">1 to 999. Counter 2 is 二号窗口: 两 counts things, a number names one.</param>
    public static IEnumerable<SpokenWord> Of(int number)
    {
        var (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
        if (hundreds > 0)
        {
            yield return Plain(hundreds);
            yield return Hundred;
        }

        // 105 is 一百零五, 110 is 一百一十; 12 alone is 十二.
        if (tens > 0 && (tens > 1 || hundreds > 0)) yield return Plain(tens);
        if (tens > 0) yield return Ten;
        else if (hundreds > 0 && ones > 0) yield return Plain(0);
        if (ones > 0) yield return Plain(ones);
    }
}
