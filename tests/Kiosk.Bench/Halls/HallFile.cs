using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices;

namespace Kiosk.Bench.Halls;

/// <summary>The hall that the figures are about: the ready profile of a telecom hall, with six counters.</summary>
internal static class HallFile
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "telecom-hall.json");

    /// <param name="change">What is different of it in a scenario.</param>
    public static HallProfile Read(Action<JsonObject>? change = null)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
        change?.Invoke(json);
        var reading = ProfileReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), DeviceSupervisor.Check);
        return reading.Profile ?? throw new InvalidDataException(string.Join("; ", reading.Mistakes.Select(mistake => $"{mistake.Path} {mistake.Message}")));
    }
}
