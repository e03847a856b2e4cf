namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>ISO 4217: letters and number.</summary>
internal static class CurrencyCode
{
    /// <summary>What terminals in halls of ours are set to.</summary>
    private static readonly Dictionary<string, int> Numbers = new()
    {
        ["CHF"] = 756, ["CNY"] = 156, ["EUR"] = 978, ["GBP"] = 826, ["HKD"] = 344, ["JPY"] = 392, ["MOP"] = 446, ["SGD"] = 702, ["TWD"] = 901, ["USD"] = 840,
    };

    public static IReadOnlyCollection<string> All => Numbers.Keys;

    public static int NumberOf(string letters) => Numbers[letters];
}
