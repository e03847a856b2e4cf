namespace Kiosk.Hardware.Cash;

/// <summary>Notes in circulation, for emulated acceptors: value by value in the smallest unit, lowest first.</summary>
internal static class NoteSets
{
    private static readonly Dictionary<string, long[]> Known = new()
    {
        ["CNY"] = [1_00, 5_00, 10_00, 20_00, 50_00, 100_00],
        ["EUR"] = [5_00, 10_00, 20_00, 50_00, 100_00, 200_00, 500_00],
        ["GBP"] = [5_00, 10_00, 20_00, 50_00],
        ["HKD"] = [10_00, 20_00, 50_00, 100_00, 500_00, 1000_00],
        ["TWD"] = [100_00, 200_00, 500_00, 1000_00, 2000_00],
        ["USD"] = [1_00, 2_00, 5_00, 10_00, 20_00, 50_00, 100_00],
    };

    /// <summary>The set that an option names; CNY where it does not.</summary>
    public static IReadOnlyList<CashChannel> Of(OptionReader options, string name)
    {
        var currency = options.Has(name) ? options.OneOf(name, Known.Keys) ?? "CNY" : "CNY";
        return [.. Known[currency].Select((minor, place) => new CashChannel(place + 1, minor, currency))];
    }
}
