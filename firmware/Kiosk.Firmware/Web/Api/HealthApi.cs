using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Whether the appliance works, and what needs a person.</summary>
internal static class HealthApi
{
    public static string Version { get; } = typeof(HealthApi).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/health", Show)
        .WithTags("Hall").WithSummary("ok, degraded (something needs a person), with the health of journal, broker and devices").Produces<HealthShape>().ForEverybody();

    private static IResult Show(HallFeed feed, IJournal journal, IDeviceDirectory directory, MqttStatus status, HallEngine engine, IClockTrust clock)
    {
        var devices = directory.Devices;
        var synchronised = clock.Synchronised;
        var dayWaits = feed.Profile.Rules.ClockMustBeSynchronised && !synchronised;
        var worried = dayWaits || journal.Tight || status.State is not (MqttState.Off or MqttState.Connected) || status.Trouble is not null || devices.Any(device => device.State != DeviceState.Ok);
        return Results.Json(
            new HealthShape(
                engine.Trouble is not null ? "unavailable" : worried ? "degraded" : "ok",
                Version,
                feed.Profile.Id,
                new(journal.Epoch, journal.LastSeq, journal.Tight, engine.Trouble, feed.Latest.At),
                Mqtt(status),
                [.. devices.Select(DeviceApi.Shape)],
                new(synchronised, dayWaits)),
            ApiJson.Wire.HealthShape,
            statusCode: engine.Trouble is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static MqttHealthShape Mqtt(MqttStatus status) => new(
        status.State.GetType().Name.ToLowerInvariant(),
        status.Broker.Length > 0 ? status.Broker : null,
        status.State switch
        {
            MqttState.Refused(var reason) => reason,
            MqttState.Away(var reason) => reason,
            _ => status.Trouble,
        },
        status.Acknowledged,
        status.Lag);
}
