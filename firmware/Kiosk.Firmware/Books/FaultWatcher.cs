using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;

namespace Kiosk.Firmware.Books;

/// <summary>Writes down when a device of the board stops working and when it works again. Goes on from the register after a restart.</summary>
internal sealed partial class FaultWatcher(IDeviceDirectory devices, BookKeeper books, IIntake intake, TimeProvider time, ILogger<FaultWatcher> log) : BackgroundService
{
    /// <summary>A shorter trouble (a cover opened and closed) is none for the register.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Emulators change with every lit digit: looked at once a second at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Signal _changed = new();
    private readonly Dictionary<string, long> _outSince = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        devices.Changed += _changed.Raise;
        try
        {
            while (true)
            {
                var news = _changed.Raised;
                var again = await LookAsync(stoppingToken);
                await Task.Delay(Pace, time, stoppingToken);
                if (!again) await news.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            devices.Changed -= _changed.Raise;
        }
    }

    /// <returns>Whether to look again although nothing changes: somebody's patience runs, or the journal took nothing.</returns>
    private async Task<bool> LookAsync(CancellationToken cancel)
    {
        var register = books.Current.Equipment;
        var seen = devices.Devices;
        var again = false;
        foreach (var device in seen)
        {
            again |= Due(device, register) is { } fact && !await WriteAsync(fact, cancel);
            again |= _outSince.ContainsKey(device.Id) && register.OfDevice(device.Id) is null;
        }

        // Taken out of the profile: nobody will tell any more, so its outage ends here.
        foreach (var gone in register.Open.Where(fault => fault.Id is null && seen.All(device => device.Id != fault.Equipment)))
        {
            again |= !await WriteAsync(new HallEvent.DeviceRecovered(gone.Equipment), cancel);
        }

        return again;
    }

    private HallEvent.Note? Due(DeviceView device, EquipmentRegister register)
    {
        if (device.State is DeviceState.Unknown) return null;
        if (device.State is not DeviceState.OutOfService)
        {
            _outSince.Remove(device.Id);
            return register.OfDevice(device.Id) is null ? null : new HallEvent.DeviceRecovered(device.Id);
        }

        _outSince.TryAdd(device.Id, time.GetTimestamp());
        var late = time.GetElapsedTime(_outSince[device.Id]) >= Patience;
        return late && register.OfDevice(device.Id) is null ? new HallEvent.DeviceFaulted(device.Id, device.Fault ?? nameof(DeviceState.OutOfService)) : null;
    }

    // Not insisted on: until the journal takes events again the device may work, and then there is nothing to write.
    private async Task<bool> WriteAsync(HallEvent.Note fact, CancellationToken cancel)
    {
        try
        {
            await intake.AskAsync(Request.Once("devices", new HallCommand.WriteDown(fact)), cancel);
            return true;
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            LogLost(log, refused.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A device's trouble is not in the register yet: {Reason}")]
    private static partial void LogLost(ILogger log, string reason);
}
