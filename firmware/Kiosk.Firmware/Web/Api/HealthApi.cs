using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Api;

/// <summary>Whether the appliance works, and what needs a person.</summary>
internal static class HealthApi
{
    public static string Version { get; } = typeof(HealthApi).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/health", Show)
        .WithTags("Hall").WithSummary("ok, degraded (something needs a person), with the health of journal, broker and devices").Produces<HealthShape>();

    private static IResult Show(HallFeed feed, IJournal journal, IDeviceDirectory directory)
    {
        var devices = directory.Devices;
        var mqtt = new MqttHealthShape("off", null, null, 0);
        var worried = journal.Tight || devices.Any(device => device.State != DeviceState.Ok);
        return Results.Json(
            new HealthShape(
                worried ? "degraded" : "ok",
                Version,
                feed.Profile.Id,
                new(journal.Epoch, journal.LastSeq, journal.Tight, feed.Latest.At),
                mqtt,
                [.. devices.Select(DeviceApi.Shape)]),
            ApiJson.Default.HealthShape);
    }
}
