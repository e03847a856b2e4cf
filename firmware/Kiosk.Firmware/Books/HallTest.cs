using System.Collections.Immutable;
using System.Globalization;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Mqtt;
using Kiosk.Firmware.Reports;
using Kiosk.Journal;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Books;

/// <summary>What is looked at before the doors open and after closing, one by one.</summary>
internal sealed class HallTest(IDeviceDirectory devices, MqttStatus mqtt, HallEngine engine, IJournal journal, HallFeed feed, LaunchOptions options, TimeProvider time, IClockTrust clock)
{
    public const string Broker = "broker", Disk = "disk", Clock = "clock", Journal = "journal";

    private const int DetailLimit = 120;

    /// <summary>A device that has not answered by then is out of order.</summary>
    private static readonly TimeSpan DevicePatience = TimeSpan.FromSeconds(20);

    public ImmutableArray<CheckStep> Steps =>
    [
        .. devices.Devices.Select(device => new CheckStep(device.Id, device.Class)),
        new(Broker, "Broker"), new(Disk, "Disk"), new(Clock, "Clock"), new(Journal, "Journal"),
    ];

    public async Task<CheckItem> RunAsync(CheckStep step, CancellationToken cancel) => step.Class switch
    {
        "Broker" => CheckBroker(step),
        "Disk" => CheckDisk(step),
        "Clock" => CheckClock(step),
        "Journal" => CheckJournal(step),
        _ => await DeviceAsync(step, cancel),
    };

    /// <summary>Every device at the same time: one that does not answer holds up nobody.</summary>
    public Task<CheckItem[]> DevicesAsync(CancellationToken cancel) =>
        Task.WhenAll(devices.Devices.Select(device => DeviceAsync(new(device.Id, device.Class), cancel)));

    private async Task<CheckItem> DeviceAsync(CheckStep step, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(DevicePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            var device = await devices.TestAsync(step.Id, either.Token);
            return device is null
                ? Bad(step, "NotTested", "the device is not in the profile any more")
                : new(step.Id, step.Class, device.State is DeviceState.Ok or DeviceState.Degraded, device.State is DeviceState.Unknown ? "NotTested" : device.Fault, Short(device.Detail));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Bad(step, "NotTested", string.Create(CultureInfo.InvariantCulture, $"no answer within {DevicePatience.TotalSeconds:0} s"));
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The device went away under its own test: its slot opens it again, the check says what was seen.
            return Bad(step, "Broken", gone.Message);
        }
    }

    private CheckItem CheckBroker(CheckStep step) => mqtt.State switch
    {
        MqttState.Off => Good(step, "reporting to the store is off in the profile"),
        MqttState.Connected when mqtt.Worst is { Fault: ReportingFault.Credentials } soon => Good(step, Short(soon.Said)),
        MqttState.Connected when mqtt.Worst is { } trouble => Bad(step, "BrokerTrouble", trouble.Said),
        MqttState.Connected => Good(step, string.Create(CultureInfo.InvariantCulture, $"connected to {mqtt.Broker}, {mqtt.Lag} events behind")),
        MqttState.Refused(var reason) => Bad(step, "BrokerRefused", reason),
        MqttState.Away(var reason) => Bad(step, "BrokerAway", reason),
        _ => Bad(step, "BrokerAway", "not connected yet"),
    };

    private CheckItem CheckDisk(CheckStep step)
    {
        try
        {
            var disk = new DriveInfo(options.Data);
            var detail = string.Create(CultureInfo.InvariantCulture, $"{disk.AvailableFreeSpace / 1e9:0.0} GB free of {disk.TotalSize / 1e9:0.0} GB");
            return journal.Tight || disk.AvailableFreeSpace < DiskRoom.LeastBytes ? Bad(step, "DiskLow", detail) : Good(step, detail);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return Bad(step, "Broken", broken.Message);
        }
    }

    // The hall's own time never runs back; what is checked is the system clock that it follows.
    private CheckItem CheckClock(CheckStep step)
    {
        var (system, last, synchronised) = ((time as HallTime)?.SystemNow ?? time.GetUtcNow(), feed.Latest.At, clock.Synchronised);
        var local = TimeZoneInfo.ConvertTime(system, feed.Profile.TimeZone);
        var detail = string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm:ss zzz}, {(synchronised ? "synchronised" : "not synchronised")}");
        if (system < last) return Bad(step, "ClockBehind", string.Create(CultureInfo.InvariantCulture, $"{detail}, {(last - system).TotalSeconds:0} s before the last event"));
        return feed.Profile.Rules.ClockMustBeSynchronised && !synchronised ? Bad(step, "ClockNotSynchronised", detail) : Good(step, detail);
    }

    private CheckItem CheckJournal(CheckStep step) => engine.Trouble is { } trouble
        ? Bad(step, "JournalTrouble", trouble)
        : Good(step, string.Create(CultureInfo.InvariantCulture, $"{journal.LastSeq} events, epoch {journal.Epoch}"));

    // It is kept in the journal with the signature.
    private static string Short(string detail) => detail.Length <= DetailLimit ? detail : detail[..DetailLimit] + "…";

    private static CheckItem Good(CheckStep step, string detail) => new(step.Id, step.Class, true, null, detail);

    private static CheckItem Bad(CheckStep step, string fault, string detail) => new(step.Id, step.Class, false, fault, detail);
}
