using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Hardware;
using Kiosk.Journal;

namespace Kiosk.Firmware.Devices.Paper;

/// <summary>Watches the paper sensors: notices a new roll by itself, writes it down, and keeps the count on disk.</summary>
internal sealed partial class PaperKeeper(PaperRolls rolls, IDeviceDirectory devices, IIntake intake, TimeProvider time, ILogger<PaperKeeper> log) : BackgroundService
{
    public const string Noticed = "noticed", Pressed = "pressed";

    /// <summary>Sensors flicker while hands are at the roll: what they say for this long is so.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>A power cut forgets so much at most; a board's card is not written for every slip.</summary>
    public static readonly TimeSpan Saving = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Signal _changed = new();

    /// <summary>What printers that were touched say of their paper, and since when.</summary>
    private readonly Dictionary<string, (DeviceState State, long Since)> _said = new(StringComparer.Ordinal);

    /// <summary>Printers that somebody had their hands in since the end came near: without that a sensor at its threshold only changed its mind.</summary>
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        rolls.Save();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        devices.Changed += _changed.Raise;
        var saved = time.GetTimestamp();
        try
        {
            while (true)
            {
                var news = _changed.Raised;
                await LookAsync(stoppingToken);
                if (time.GetElapsedTime(saved) >= Saving)
                {
                    rolls.Save();
                    saved = time.GetTimestamp();
                }

                await Task.Delay(Pace, time, stoppingToken);

                // Without news there is still something to save now and then.
                if (_said.Count == 0) await News.WithinAsync(Saving, time, either => news.WaitAsync(either), stoppingToken);
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

    private async Task LookAsync(CancellationToken cancel)
    {
        foreach (var device in devices.Devices.Where(device => device.Class == nameof(DeviceClass.TicketPrinter))) await LookAsync(device, cancel);
    }

    private async Task LookAsync(DeviceView device, CancellationToken cancel)
    {
        if (device.Fault == nameof(DeviceFault.OutOfPaper)) rolls.End(device.Id);
        if (device.Fault == nameof(DeviceFault.PaperNearEnd)) rolls.NearEnd(device.Id);
        if (!rolls.Low(device.Id)) _touched.Remove(device.Id);
        else if (device.Fault is nameof(DeviceFault.OutOfPaper) or nameof(DeviceFault.CoverOpen) or nameof(DeviceFault.Disconnected) or nameof(DeviceFault.Offline)) _touched.Add(device.Id);
        if (!Settled(device)) return;

        // Near its end as before, it is the roll of before: somebody only looked, and the sensor may change its mind again.
        _touched.Remove(device.Id);
        if (device.State is not DeviceState.Ok) return;
        rolls.Load(device.Id);
        try
        {
            await intake.AskAsync(Request.Once("devices", new HallCommand.WriteDown(new HallEvent.PaperLoaded(device.Id, Noticed))), cancel);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            // The count goes on with the new roll all the same; only the note is missing.
            LogLost(log, device.Id, refused.Message);
        }
    }

    /// <summary>Whether a printer that was touched has said the same of its paper for long enough. One that is away, open or cannot tell says nothing.</summary>
    private bool Settled(DeviceView device)
    {
        if (!_touched.Contains(device.Id) || (device.State is not DeviceState.Ok && device.Fault != nameof(DeviceFault.PaperNearEnd)))
        {
            _said.Remove(device.Id);
            return false;
        }

        if (!_said.TryGetValue(device.Id, out var said) || said.State != device.State) _said[device.Id] = said = (device.State, time.GetTimestamp());
        return time.GetElapsedTime(said.Since) >= Settling && _said.Remove(device.Id);
    }

    [LoggerMessage(1, LogLevel.Warning, "The new roll of {Device} is not in the journal: {Reason}")]
    private static partial void LogLost(ILogger log, string device, string reason);
}
