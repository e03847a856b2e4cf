using System.Text.Json.Nodes;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Hosting;

/// <summary>The telecom hall with all its emulated devices, changed so that it can be measured at any hour: room for a year of tickets, and as many counters as there are clients.</summary>
internal static class BenchProfile
{
    private const string Original = "provisioning/profiles/telecom-hall.json";

    private const int MostTickets = 999_999;

    /// <summary>What customers come for. Every counter serves whatever there is.</summary>
    public static IReadOnlyList<string> Services { get; } = ["pay", "new-number", "plan-change"];

    /// <returns>Path of the profile.</returns>
    public static string Write(string directory, int counters)
    {
        var profile = JsonNode.Parse(File.ReadAllText(Find()))!.AsObject();
        profile.Remove("$schema");
        profile["timeZone"] = "UTC";
        profile["rules"] = new JsonObject { ["dayOpening"] = "automatic" };
        foreach (var service in profile["services"]!.AsArray()) service!["dailyLimit"] = MostTickets;
        string[] all = [.. profile["services"]!.AsArray().Select(service => (string)service!["id"]!)];
        profile["counters"] = new JsonArray([.. Enumerable.Range(1, counters).Select(number => Counter(number, all))]);
        var path = Path.Combine(directory, "hall.json");
        File.WriteAllText(path, profile.ToJsonString());
        return path;
    }

    private static JsonObject Counter(int number, string[] services) => new() { ["number"] = number, ["kind"] = "normal", ["services"] = new JsonArray([.. services.Select(id => JsonValue.Create(id))]) };

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Original))) return Path.Combine(folder.FullName, Original);
        }

        throw new NotHereException($"{Original} is not to be found above {AppContext.BaseDirectory}: run the bench inside the source tree.");
    }
}
