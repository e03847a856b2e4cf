using System.Globalization;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Web.Api;

/// <summary>When a device was out of service, from the journal.</summary>
internal static class DeviceHistoryApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/devices/{id}/faults", Show)
        .WithTags("Devices").WithSummary($"When a device was out of service in the last days (?days=1 to {DeviceHistory.MostDays}, else 7), and its share of time in service")
        .Produces<DeviceHistoryShape>().Produces<Problem>(StatusCodes.Status400BadRequest).Produces<Problem>(StatusCodes.Status404NotFound);

    private static IResult Show(IDeviceDirectory devices, BookKeeper books, HallFeed feed, TimeProvider time, string id, string? days = null)
    {
        if (devices.Devices.All(device => device.Id != id)) return DeviceApi.NoDevice(devices, id);

        var (until, back) = (time.GetUtcNow(), days is null ? (int)DeviceHistory.Week.TotalDays : Days(days));
        return Results.Json(DeviceHistoryShape.Of(DeviceHistory.Of(books.Current.Equipment, id, until.AddDays(-back), until), feed.Profile), ApiJson.Wire.DeviceHistoryShape);
    }

    private static int Days(string days) => int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= DeviceHistory.MostDays
        ? count
        : throw new BadInputException("days", $"\"days\" must be a whole number from 1 to {DeviceHistory.MostDays}.", [$"1 to {DeviceHistory.MostDays}"]);
}
