using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Books;

/// <summary>One time that something did not work.</summary>
/// <param name="Id">Of a reported fault; null: a device of the board said so itself, and says so when it works again.</param>
/// <param name="What">In the words of who reported it, or as the device names it (<c>OutOfPaper</c>).</param>
/// <param name="By">Who reported it, or null.</param>
public sealed record EquipmentFault(string? Id, string Equipment, string What, DateTimeOffset From, string? By)
{
    public DateTimeOffset? Until { get; init; }

    public string? MendedBy { get; init; }

    /// <summary>What was done about it.</summary>
    public string? Mended { get; init; }

    public bool Open => Until is null;
}

/// <summary>What stands in the hall and what was wrong with it: the devices of the board, which report themselves, and everything else.</summary>
/// <param name="Faults">In the order in which they began.</param>
public sealed record EquipmentRegister(ImmutableList<EquipmentFault> Faults)
{
    public static EquipmentRegister Empty { get; } = new([]);

    public IEnumerable<EquipmentFault> Open => Faults.Where(fault => fault.Open);

    /// <summary>Latest first.</summary>
    public IEnumerable<EquipmentFault> Since(DateTimeOffset from) => Faults.Reverse().Where(fault => fault.Open || fault.Until >= from);

    public EquipmentFault? Find(string id) => Faults.FindLast(fault => fault.Id == id);

    /// <summary>What a device said of itself and has not taken back.</summary>
    public EquipmentFault? OfDevice(string device) => Faults.FindLast(fault => fault is { Id: null, Open: true } && fault.Equipment == device);

    /// <summary>Everything of which a fault is known, by name.</summary>
    public IEnumerable<string> Names => Faults.Select(fault => fault.Equipment).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public int Count(string equipment, DateTimeOffset from, DateTimeOffset until) =>
        Faults.Count(fault => fault.Equipment == equipment && fault.From < until && (fault.Until ?? until) >= from);

    /// <summary>How long it did not work between two times; faults that overlap count once.</summary>
    public TimeSpan Downtime(string equipment, DateTimeOffset from, DateTimeOffset until)
    {
        var (down, counted) = (TimeSpan.Zero, from);
        foreach (var fault in Faults.Where(fault => fault.Equipment == equipment).OrderBy(fault => fault.From))
        {
            var begin = fault.From > counted ? fault.From : counted;
            var end = fault.Until is { } over && over < until ? over : until;
            if (end <= begin) continue;
            down += end - begin;
            counted = end;
        }

        return down;
    }

    public EquipmentRegister After(Note fact, DateTimeOffset at, string? who) => fact switch
    {
        FaultReported e => new(Faults.Add(new(e.Fault, e.Equipment, e.What, at, who))),
        FaultMended e => Close(fault => fault.Id == e.Fault && fault.Open, fault => fault with { Until = at, MendedBy = who, Mended = e.What }),

        // One outage is one fault, whatever the device finds wrong while it lasts.
        DeviceFaulted e => OfDevice(e.Device) is null ? new(Faults.Add(new(null, e.Device, e.Fault, at, null))) : this,
        DeviceRecovered e => Close(fault => fault is { Id: null, Open: true } && fault.Equipment == e.Device, fault => fault with { Until = at }),
        _ => this,
    };

    internal EquipmentRegister Trimmed(DateTimeOffset since) => new(Faults.Trimmed(since, fault => fault.Until));

    private EquipmentRegister Close(Predicate<EquipmentFault> which, Func<EquipmentFault, EquipmentFault> close) => new(Faults.Change(which, close));
}
