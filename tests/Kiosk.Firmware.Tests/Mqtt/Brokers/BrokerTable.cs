using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Mqtt.Brokers;

/// <summary>The capability table of <c>brokers.md</c>.</summary>
internal static class BrokerTable
{
    /// <summary>What the table says of a broker, by capability: the first word of its cell.</summary>
    /// <param name="column">As in the head of the table.</param>
    public static IReadOnlyDictionary<string, string> Of(string column)
    {
        var rows = File.ReadLines(Path.Combine(RunningHall.Repository(), "firmware/docs/brokers.md"))
            .SkipWhile(line => !line.StartsWith("| can |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var index = Array.IndexOf(rows[0], column);
        Assert.True(index > 0, $"brokers.md has no column \"{column}\".");
        return rows.Skip(2).ToDictionary(row => row[0], row => row[index].Split(' ', ',', ';')[0]);
    }
}
