using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace Kiosk.Domain.Site.Reading;

/// <summary>What of reporting does not fit together.</summary>
internal sealed class MqttSense(JsonElement mqtt, ImmutableArray<ProfileMistake>.Builder mistakes)
{
    public void Check()
    {
        if (mqtt.Text("certFile") is not null != mqtt.Text("keyFile") is not null)
            mistakes.Add(new(mqtt.Text("certFile") is null ? "mqtt.certFile" : "mqtt.keyFile", "is missing: certificate and key go together"));
        if (mqtt.Member("listen") is { ValueKind: JsonValueKind.Object } listen) CheckListen(listen);
    }

    private void CheckListen(JsonElement listen)
    {
        if (mqtt.Text("url") is not null)
            mistakes.Add(new("mqtt.listen", "is for the hall's own broker, and with mqtt.url the hall has none: leave out one of the two"));
        if (listen.Text("address") is { } address && ProfileShape.ListenAddress.Matches(address) && !IPAddress.TryParse(address, out _))
            mistakes.Add(new("mqtt.listen.address", $"\"{address}\" is not an address; allowed: {ProfileShape.ListenAddress.Allowed}"));

        var port = listen.Whole("port") ?? ProfileShape.DefaultListenPort;
        if (port == (mqtt.Whole("port") ?? ProfileShape.DefaultPort))
            mistakes.Add(new("mqtt.listen.port", $"{port} is mqtt.port, where the broker listens for the programs of its board; each needs its own"));
    }
}
