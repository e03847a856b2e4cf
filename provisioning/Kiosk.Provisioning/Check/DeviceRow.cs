using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Hardware;

namespace Kiosk.Provisioning.Check;

/// <summary>A device as <c>kioskctl check</c> reports it; the names are those of the host's <c>GET /control/devices</c>.</summary>
/// <param name="State"><c>Ok</c>, <c>Degraded</c>, <c>OutOfService</c>, <c>Unknown</c>; <c>NotOpened</c> for an emulated device without a host.</param>
/// <param name="Since">When it entered the state, or null where it was looked at only now.</param>
internal sealed record DeviceRow(string Id, string? Class, string Driver, string Link, string State, string? Fault, string Detail, DateTimeOffset? Since)
{
    public const string NotOpened = "NotOpened";

    [JsonIgnore]
    public bool InService => State is nameof(HealthState.Ok) or nameof(HealthState.Degraded) or NotOpened;

    public static DeviceRow Of(DeviceSettings device, DeviceHealth health) => new(
        device.Id, DriverCatalog.Find(device.Driver)?.Class.ToString(), device.Driver, device.Link, health.State.ToString(), health.Fault?.ToString(), health.Detail, null);

    /// <summary>An emulated device lives inside a running host and nowhere else.</summary>
    public static DeviceRow Emulated(DeviceSettings device) => new(
        device.Id, DriverCatalog.Find(device.Driver)?.Class.ToString(), device.Driver, device.Link, NotOpened, null, "emulated; no host runs", null);

    /// <exception cref="Trouble">The host answered otherwise.</exception>
    public static IReadOnlyList<DeviceRow> OfHost(JsonElement answer)
    {
        try
        {
            return answer.Deserialize<List<DeviceRow>>(Json.Shape)?.ConvertAll(row => row with { State = Name(row.State) })
                ?? throw new JsonException("null instead of a list");
        }
        catch (JsonException otherwise)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host's list of devices is not understood ({otherwise.Message}): is it of another version than kioskctl?", otherwise);
        }
    }

    /// <summary><c>out-of-service</c> and <c>outOfService</c> are OutOfService; what is not known is never good.</summary>
    private static string Name(string state) =>
        Enum.TryParse<HealthState>(state.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var known) ? known.ToString() : nameof(HealthState.Unknown);
}
