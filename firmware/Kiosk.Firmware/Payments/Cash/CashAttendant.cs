using System.Collections.Concurrent;
using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware;
using Kiosk.Hardware.Cash;

namespace Kiosk.Firmware.Payments.Cash;

/// <summary>Serves every acceptor of the terminal: it takes money exactly while a payment wants some.</summary>
internal sealed class CashAttendant(LedgerDoor ledger, TimeProvider time) : IDeviceAttendant
{
    private readonly ConcurrentDictionary<string, ICashAcceptor> _open = new();

    public DeviceClass Class => DeviceClass.CashAcceptor;

    /// <summary>Raised after an acceptor came or went.</summary>
    public event Action? Changed;

    /// <summary>Whether at least one acceptor takes money.</summary>
    public bool Ready => _open.Values.Any(acceptor => acceptor.Health.State is HealthState.Ok or HealthState.Degraded);

    /// <summary>Whether an acceptor is open: a note that it is stacking has an end before long.</summary>
    public bool Attends(string device) => _open.ContainsKey(device);

    public async Task AttendAsync(DeviceSettings settings, IDevice device, CancellationToken cancel)
    {
        var acceptor = (ICashAcceptor)device;
        if (ledger.Feed.Latest.State.Ledger?.Site.Cash?.Devices.Contains(settings.Id) != true) await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);

        var (accepted, gate) = (ImmutableHashSet<long>.Empty, new Lock());
        void Follow(HallSnapshot snapshot)
        {
            // On the engine's thread: a set of numbers, and only where it is another one. The first look, on another thread, must not put an older one over it.
            lock (gate)
            {
                var wanted = Wanted(ledger.State);
                if (wanted.SetEquals(accepted)) return;
                accepted = wanted;
                acceptor.Accept(wanted);
            }
        }

        acceptor.Accept(accepted);
        ledger.Feed.Committed += Follow;
        _open[settings.Id] = acceptor;
        Changed?.Invoke();
        try
        {
            Follow(ledger.Feed.Latest);
            await acceptor.ServeAsync(Past(settings.Id, acceptor), new CashLedger(settings.Id, ledger, cancel), cancel);
        }
        finally
        {
            _open.TryRemove(settings.Id, out _);
            ledger.Feed.Committed -= Follow;
            Changed?.Invoke();
        }
    }

    /// <summary>Values that the payment at the terminal may still put in; empty: none.</summary>
    private static ImmutableHashSet<long> Wanted(LedgerState ledger)
    {
        if (ledger is not { AtTerminal: { Means: PayMeans.Cash, End: null, Posting: PostingPhase.None } payment, Site.Cash: { } cash } || payment.Accepted >= payment.Amount) return [];
        var most = Math.Min(cash.Most, ledger.Site.Biller(payment.Biller)?.Most ?? cash.Most) - payment.Accepted.Minor;
        return [.. cash.Accept.Where(value => value <= most)];
    }

    private CashPast Past(string device, ICashAcceptor acceptor)
    {
        var box = ledger.State.Box(device);
        var item = box.Stacking is not { } value ? null
            : acceptor.Channels.Where(channel => channel.Minor == value.Minor).Select(channel => new CashItem(channel.Number, channel.Minor, channel.Currency)).FirstOrDefault()
                ?? new CashItem(0, value.Minor, value.Currency);
        return new(box.Mark, item);
    }
}
