using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Reports;

/// <summary>Faults and downtime within the business day, as devices tell it and as staff write it down.</summary>
internal sealed class DeviceTally
{
    private readonly Dictionary<(string By, string Id), Downtime> _devices = [];

    /// <param name="opened">Faults of before count as down from here on.</param>
    public DeviceTally(DateTimeOffset opened, IReadOnlyList<OpenFault> carried)
    {
        foreach (var fault in carried) Of(fault.By, fault.Id).Begin(fault.Fault, opened);
    }

    /// <summary>What is broken now.</summary>
    public IReadOnlyList<OpenFault> Open =>
    [
        .. from device in _devices
           from fault in device.Value.Open
           orderby device.Key.By, device.Key.Id, fault
           select new OpenFault(device.Key.Id, device.Key.By, fault),
    ];

    public void Add(HallEvent fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case DeviceFaulted e:
                // A second fault of a device that is down already is the same downtime.
                Count(Of(DeviceFigures.Board, e.Device), e.Device, at);
                break;
            case DeviceRecovered e: Of(DeviceFigures.Board, e.Device).End(e.Device, at); break;
            case FaultReported e: Count(Of(DeviceFigures.Staff, e.Equipment), e.Fault, at); break;
            case FaultMended e:
                foreach (var device in _devices.Values.Where(device => device.Open.Contains(e.Fault)).ToList()) device.End(e.Fault, at);
                break;
        }
    }

    public IReadOnlyList<DeviceFigures> Figures(DateTimeOffset asOf) =>
    [
        .. _devices.Select(pair => new DeviceFigures(pair.Key.Id, pair.Key.By, pair.Value.Faults, (long)pair.Value.Until(asOf).TotalSeconds))
            .Where(device => device.Faults > 0 || device.Down > 0)
            .OrderBy(device => device.By, StringComparer.Ordinal).ThenBy(device => device.Id, StringComparer.Ordinal),
    ];

    private static void Count(Downtime device, string fault, DateTimeOffset at)
    {
        if (device.Begin(fault, at)) device.Faults++;
    }

    private Downtime Of(string by, string id)
    {
        if (!_devices.TryGetValue((by, id), out var device)) _devices[(by, id)] = device = new();
        return device;
    }

    private sealed class Downtime
    {
        private DateTimeOffset _since;
        private TimeSpan _down;

        public SortedSet<string> Open { get; } = new(StringComparer.Ordinal);

        public int Faults { get; set; }

        /// <returns>False where that fault is known.</returns>
        public bool Begin(string fault, DateTimeOffset at)
        {
            if (Open.Count == 0) _since = at;
            return Open.Add(fault);
        }

        public void End(string fault, DateTimeOffset at)
        {
            if (Open.Remove(fault) && Open.Count == 0) _down += at - _since;
        }

        public TimeSpan Until(DateTimeOffset asOf) => Open.Count > 0 && asOf > _since ? _down + (asOf - _since) : _down;
    }
}
