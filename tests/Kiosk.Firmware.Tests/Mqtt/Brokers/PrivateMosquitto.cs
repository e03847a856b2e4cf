using System.Diagnostics;

namespace Kiosk.Firmware.Tests.Mqtt.Brokers;

/// <summary>mosquitto 2.0 as a store would set it up: it keeps sessions and retained texts on disk.</summary>
internal sealed class PrivateMosquitto : PrivateBroker
{
    protected override string Package => "mosquitto";

    protected override ProcessStartInfo Program => new(Kiosk.Firmware.Mqtt.BrokerProcess.Find("mosquitto") ?? throw new FileNotFoundException("mosquitto"), ["-c", Write("mosquitto.conf", $"""
        user {Environment.UserName}
        listener {Number(Port)} 127.0.0.1
        allow_anonymous true
        persistence true
        persistence_location {Directory}/
        max_queued_messages 100000
        log_dest none
        acl_file {Write("acl", "topic readwrite qms/v1/#\n")}

        """)]);
}
