using System.Text.Json;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Reports;
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

    private static IResult Show(HallFeed feed, IJournal journal, IDeviceDirectory directory, MqttStatus status, HallEngine engine, IClockTrust clock, DiskWatch disk)
    {
        var devices = directory.Devices;
        var synchronised = clock.Synchronised;
        var dayWaits = feed.Profile.Rules.ClockMustBeSynchronised && !synchronised;
        var room = disk.Room;
        var worried = dayWaits || journal.Tight || room?.Low == true || status.State is not (MqttState.Off or MqttState.Connected) || status.Worst is not null || devices.Any(device => device.State != DeviceState.Ok);
        return Results.Json(
            new HealthShape(
                engine.Trouble is not null ? "unavailable" : worried ? "degraded" : "ok",
                Version,
                feed.Profile.Id,
                new(journal.Epoch, journal.LastSeq, journal.Tight, engine.Trouble, feed.Latest.At),
                Mqtt(status),
                [.. devices.Select(DeviceApi.Shape)],
                new(synchronised, dayWaits),
                room is null ? null : new(room.Low, room.FreeBytes, room.TotalBytes, room.JournalBytes, room.DaysLeft, room.DaysHeld)),
            ApiJson.Wire.HealthShape,
            statusCode: engine.Trouble is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary><c>our-certificate</c>: as faults of reporting are written here and in keys of texts.</summary>
    public static string Word(ReportingFault fault) => JsonNamingPolicy.KebabCaseLower.ConvertName(fault.ToString());

    private static MqttHealthShape Mqtt(MqttStatus status)
    {
        var worst = status.Worst;
        return new(
            status.State.GetType().Name.ToLowerInvariant(),
            status.Broker.Length > 0 ? status.Broker : null,
            worst?.Said,
            status.Acknowledged,
            status.Lag,
            worst is null ? null : Word(worst.Fault),
            worst?.Since,
            status.NobodyListens);
    }
}
