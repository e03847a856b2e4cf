using System.Collections.Immutable;
using Kiosk.Domain.Books;

namespace Kiosk.Domain.Views;

/// <summary>One piece of equipment in the register.</summary>
/// <param name="Device">As it is now; null: not a device of the board.</param>
/// <param name="Open">What is wrong with it and not mended.</param>
public sealed record EquipmentLine(
    string Name,
    DeviceView? Device,
    ImmutableArray<EquipmentFault> Open,
    int FaultsToday,
    TimeSpan DownToday,
    int FaultsInMonth,
    TimeSpan DownInMonth)
{
    /// <summary>How far back the register is shown.</summary>
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>The devices of the board in their order, then everything else by name.</summary>
    public static IReadOnlyList<EquipmentLine> Of(EquipmentRegister register, IReadOnlyList<DeviceView> devices, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var midnight = new DateTimeOffset(local.Date, zone.GetUtcOffset(local.Date));
        var others = register.Since(now - Month).Select(fault => fault.Equipment).Where(name => devices.All(device => device.Id != name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return
        [
            .. devices.Select(device => Line(device.Id, device)),
            .. others.Select(name => Line(name, null)),
        ];

        EquipmentLine Line(string name, DeviceView? device) => new(
            name,
            device,
            [.. register.Open.Where(fault => fault.Equipment == name)],
            register.Count(name, midnight, now),
            register.Downtime(name, midnight, now),
            register.Count(name, now - Month, now),
            register.Downtime(name, now - Month, now));
    }
}
