namespace Kiosk.Hardware.Announcers.Speech;

/// <summary>Numbers in English: digits of a ticket one by one, the counter as a number.</summary>
internal static class EnglishNumber
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
        "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static SpokenWord Digit(int digit) => UnderTwenty(digit);

    /// <param name="number">1 to 999: "one hundred and fifteen".</param>
    public static IEnumerable<SpokenWord> Of(int number)
    {
        var rest = number % 100;
        if (number >= 100)
        {
            yield return UnderTwenty(number / 100);
            yield return new("hundred", "hundred");
            if (rest > 0) yield return new("and", "and");
        }

        if (rest >= 20)
        {
            yield return new($"n{rest / 10 * 10}", Tens[(rest / 10) - 2]);
            rest %= 10;
        }

        if (rest > 0) yield return UnderTwenty(rest);
    }

    private static SpokenWord UnderTwenty(int number) => new(number < 10 ? $"d{number}" : $"n{number}", Small[number]);
}
