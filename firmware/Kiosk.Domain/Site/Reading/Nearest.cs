namespace Kiosk.Domain.Site.Reading;

/// <summary>"Did you mean": the known name that a wrong one most resembles.</summary>
internal static class Nearest
{
    /// <returns><c>did you mean "letter"? </c> or nothing.</returns>
    public static string Hint(string given, IEnumerable<string> known) =>
        To(given, known) is { } name ? $"did you mean \"{name}\"? " : "";

    public static string? To(string given, IEnumerable<string> known)
    {
        // A third of the signs may differ, one always: "leter" is letter, "x" is nothing.
        var limit = Math.Max(1, given.Length / 3);
        return known
            .Select(name => (name, distance: Distance(given.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(pair => pair.distance <= limit && pair.distance < pair.name.Length)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.name)
            .FirstOrDefault();
    }

    /// <summary>Optimal string alignment: signs added, left out, changed, or two neighbours swapped.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                var changed = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(changed, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
