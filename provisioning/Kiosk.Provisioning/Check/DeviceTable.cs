using System.Globalization;

namespace Kiosk.Provisioning.Check;

internal static class DeviceTable
{
    private static readonly string[] Heads = ["DEVICE", "DRIVER", "LINK", "STATE", "SINCE", "FAULT", "DETAIL"];

    /// <summary>One line per device below a line of heads; columns as wide as their widest entry.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<DeviceRow> devices, TimeZoneInfo zone)
    {
        if (devices.Count == 0) return ["  (none)"];

        var rows = devices.Select(device => Cells(device, zone)).Prepend(Heads).ToList();
        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row => ("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd());
    }

    private static string[] Cells(DeviceRow device, TimeZoneInfo zone) =>
    [
        device.Id,
        device.Driver,
        device.Link,
        device.State switch
        {
            "Ok" => "ok",
            "Degraded" => "degraded",
            "OutOfService" => "OUT OF SERVICE",
            DeviceRow.NotOpened => "not opened",
            _ => "unknown",
        },
        device.Since is { } since ? TimeZoneInfo.ConvertTime(since, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "-",
        device.Fault ?? "-",
        device.Detail,
    ];
}
