using System.Collections.Concurrent;
using System.Text.Json;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Mqtt;
using Kiosk.Ui;

namespace Kiosk.Firmware.Mqtt;

/// <summary>The devices of the board as the retained texts show them, and those that left the profile, whose texts are to be cleared.</summary>
/// <param name="devices">Null where a hall has none.</param>
internal sealed class RetainedDevices(IDeviceDirectory? devices, Topics topics, string hall)
{
    private readonly ConcurrentDictionary<string, bool> _gone = new(StringComparer.Ordinal);
    private readonly Signal _changed = new();

    /// <summary>Take it before looking at <see cref="Texts"/>: completes with the next change.</summary>
    public Task Changed => _changed.Raised;

    public void Watch()
    {
        if (devices is not null) devices.Changed += _changed.Raise;
    }

    public void Unwatch()
    {
        if (devices is not null) devices.Changed -= _changed.Raise;
    }

    /// <summary>A text that the broker keeps from an earlier profile. Ours of now are told apart by their id.</summary>
    public void Heard(MqttMessage message)
    {
        if (!message.Retained || message.Payload.Length == 0 || topics.DeviceOf(message.Topic) is not { } id) return;
        if (devices?.Devices.Any(device => device.Id == id) == true || !_gone.TryAdd(id, true)) return;
        _changed.Raise();
    }

    /// <summary>Every topic with its text; an empty one clears what the broker keeps.</summary>
    public IEnumerable<(string Topic, byte[] Payload)> Texts()
    {
        foreach (var device in devices?.Devices ?? []) yield return (topics.DeviceStatus(device.Id), PayloadJson.Bytes(Payload(device, hall)));
        foreach (var id in _gone.Keys) yield return (topics.DeviceStatus(id), []);
    }

    public static DevicePayload Payload(DeviceView device, string hall) => new(
        Snapshots.Version,
        hall,
        device.Id,
        Kebab(device.Class),
        device.Driver,
        Kebab(device.State.ToString()),
        device.Fault is { } fault ? Kebab(fault) : null,
        device.Since,
        device.Fault is { } known ? Phrases.In("en").Advice(known) : null,
        device.Detail.Length > 0 ? device.Detail : null,
        device.Paper is { } paper ? new(paper.LeftPercent, paper.EndsAt) : null);

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
