using System.Text.Json.Nodes;

namespace Kiosk.Simulation.Money;

/// <summary>The small hall of the money simulations: one service, one counter, one self-service terminal.</summary>
internal static class PayHall
{
    public static JsonObject Profile(IEnumerable<(PayDevice Device, int Port)> devices, string passwordFile, bool postLater = true, string overpaid = "credit")
    {
        var all = devices.ToList();
        var payments = new JsonObject
        {
            ["terminal"] = "T1",
            ["currency"] = "CNY",
            ["billers"] = new JsonArray(Biller("mobile", 11), Biller("broadband", 8)),
            ["twoPeopleAbove"] = 20_000,
        };
        if (all.FirstOrDefault(one => one.Device.Card).Device is { } card) payments["card"] = new JsonObject { ["device"] = card.Id, ["postLater"] = postLater, ["holdSeconds"] = 15 };
        var cash = all.Where(one => !one.Device.Card).Select(one => (JsonNode)one.Device.Id).ToArray();
        if (cash.Length > 0)
        {
            payments["cash"] = new JsonObject
            {
                ["devices"] = new JsonArray(cash),
                ["accept"] = new JsonArray(50, 100, 500, 1000, 2000, 5000, 10_000),
                ["most"] = 200_000,
                ["overpaid"] = overpaid,
            };
        }

        return new()
        {
            ["id"] = "money",
            ["name"] = Words("Money hall"),
            ["timeZone"] = "UTC",
            ["languages"] = new JsonArray("en"),
            ["services"] = new JsonArray(new JsonObject { ["id"] = "pay", ["letter"] = "A", ["name"] = Words("Payment"), ["targetWaitMinutes"] = 10 }),
            ["counters"] = new JsonArray(new JsonObject { ["number"] = 1, ["kind"] = "normal", ["services"] = new JsonArray("pay") }),
            ["openingHours"] = new JsonObject { ["monday"] = new JsonArray("08:00-20:00") },
            ["devices"] = new JsonArray([.. all.Select(one => (JsonNode)one.Device.Profile(one.Port, passwordFile))]),
            ["mqtt"] = new JsonObject { ["enabled"] = false },
            ["rules"] = new JsonObject { ["dayOpening"] = "manual" },
            ["payments"] = payments,
        };
    }

    private static JsonObject Biller(string id, int digits) => new()
    {
        ["id"] = id,
        ["name"] = Words(id),
        ["url"] = "emulated:",
        ["account"] = new JsonObject { ["label"] = Words("Account"), ["digits"] = new JsonArray(digits) },
        ["least"] = 100,
        ["most"] = 500_000,
    };

    private static JsonObject Words(string text) => new() { ["en"] = text };
}
