using System.Collections.Immutable;
using Kiosk.Domain.Books;

namespace Kiosk.Domain.Views;

/// <summary>When a device of the board was out of service within a stretch of time, as it told itself.</summary>
/// <param name="From">The beginning of the stretch. While the host is off nobody looks: such hours count as the state before them.</param>
/// <param name="Faults">Latest first.</param>
/// <param name="Down">Within the stretch.</param>
public sealed record DeviceHistory(string Device, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<EquipmentFault> Faults, TimeSpan Down)
{
    /// <summary>The week that the devices screen shows.</summary>
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The register keeps so much in memory.</summary>
    public const int MostDays = 90;

    /// <summary>Tenths of a per cent of the stretch, rounded down: an outage is never rounded away.</summary>
    public double UpPercent => Until <= From ? 100 : Math.Floor(1000 * (1 - (Down / (Until - From)))) / 10;

    public static DeviceHistory Of(EquipmentRegister register, string device, DateTimeOffset from, DateTimeOffset until)
    {
        ImmutableArray<EquipmentFault> faults = [.. register.Since(from).Where(fault => fault.Id is null && fault.Equipment == device && fault.From < until).OrderByDescending(fault => fault.From)];
        return new(device, from, until, faults, faults.Aggregate(TimeSpan.Zero, (sum, fault) => sum + Within(fault, from, until)));
    }

    /// <summary>How much of a fault lies in a stretch of time.</summary>
    public static TimeSpan Within(EquipmentFault fault, DateTimeOffset from, DateTimeOffset until)
    {
        var (begin, end) = (fault.From > from ? fault.From : from, fault.Until is { } over && over < until ? over : until);
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
