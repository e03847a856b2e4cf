using Kiosk.Firmware.Mqtt;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Effects;

/// <summary>The retained texts of devices: all of them first, then those that changed, as long as one connection lasts.</summary>
internal sealed partial class DeviceStream(RetainedDevices devices, IMqttClient client, MqttStatus status, TimeProvider time, ILogger log)
{
    /// <summary>An emulator changes with every lit digit, and a flaky cable comes and goes: looked at once in a while.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    /// <exception cref="MqttAwayException"/>
    public async Task RunAsync(CancellationToken cancel)
    {
        var shown = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (true)
        {
            var changed = devices.Changed;
            foreach (var (topic, text) in devices.Texts())
            {
                if (shown.TryGetValue(topic, out var before) && before.AsSpan().SequenceEqual(text)) continue;
                shown[topic] = text;
                await ShowAsync(topic, text, cancel);
            }

            await changed.WaitAsync(cancel);
            await Task.Delay(Gathering, time, cancel);
        }
    }

    private async Task ShowAsync(string topic, byte[] text, CancellationToken cancel)
    {
        try
        {
            await (await client.SendAsync(topic, text, retain: true, cancel)).WaitAsync(cancel);
            status.Say(topic, null);
            status.Answered(topic);
        }
        catch (MqttDeniedException denied)
        {
            // The events matter more: the connection stays, and the text comes again with its next change.
            if (status.Says(topic) is null) LogDenied(denied.Message);
            status.Say(topic, denied.Message, ReportingFault.Denied);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Denial}")]
    private partial void LogDenied(string denial);
}
