using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Domain.Site;

namespace Kiosk.Simulation.Day;

/// <summary>The demo hall, large enough for some two thousand customers a day and keeping its hours.</summary>
internal static class SimulatedHall
{
    private const int Counters = 24;

    public static HallProfile Read()
    {
        var json = JsonNode.Parse(File.ReadAllText(KillTest.FindUp("provisioning/profiles/telecom-hall.json")))!.AsObject();
        json.Remove("devices");
        json.Remove("payments");
        json["services"]!.AsArray().ToList().ForEach(service => service!["dailyLimit"] = 9999);
        json["counters"] = new JsonArray([.. Enumerable.Range(1, Counters).Select(number => (JsonNode)Counter(number))]);
        json["rules"] = JsonNode.Parse("""
            { "dayOpening": "automatic", "closing": "hours", "lastTicketMinutes": 10, "noShowGraceMinutes": 15, "noShowGraceCalls": 10, "noShowPlace": 2, "walkingSeconds": 20, "longWaitMinutes": 45 }
            """);
        var reading = ProfileReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), _ => []);
        return reading.Profile ?? throw new InvalidDataException(string.Join(Environment.NewLine, reading.Mistakes));
    }

    private static JsonObject Counter(int number) => new()
    {
        ["number"] = number,
        ["kind"] = number switch { 23 => "priority", 24 => "vip", _ => "normal" },
        ["services"] = number switch
        {
            24 => new JsonArray("vip", "new-number", "plan-change", "pay"),
            _ when number % 6 == 0 => new JsonArray("complaints", "plan-change", "pay"),
            _ when number % 3 == 0 => new JsonArray("new-number", "plan-change", "pay"),
            _ => new JsonArray("pay", "new-number", "plan-change"),
        },
    };
}
