using System.Diagnostics;

namespace Kiosk.Firmware.Tests.Mqtt.Brokers;

/// <summary>NATS 2.9 with its MQTT gateway, which keeps its sessions in JetStream. Subjects have dots where topics have slashes.</summary>
internal sealed class PrivateNats : PrivateBroker
{
    private readonly int _clients = TestMosquitto.AnyPort();

    protected override string Package => "nats-server";

    protected override ProcessStartInfo Program => new("nats-server", ["-c", Write("nats.conf", $$"""
        server_name: kiosk
        listen: "127.0.0.1:{{Number(_clients)}}"
        jetstream { store_dir: "{{Directory}}/jetstream" }
        mqtt { listen: "127.0.0.1:{{Number(Port)}}" }
        authorization { users: [ { user: hall, password: right, permissions: { publish: ["qms.>", "$MQTT.>"], subscribe: ["qms.>", "$MQTT.>"] } } ] }
        no_auth_user: hall

        """)]);
}
