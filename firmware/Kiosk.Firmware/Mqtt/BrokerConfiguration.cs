using System.Globalization;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>mosquitto.conf of the child broker; see mosquitto.conf(5) of mosquitto 2.0.</summary>
internal static class BrokerConfiguration
{
    /// <summary>For a subscriber with a session that is away; beyond it the store asks for what it missed by its own acknowledgement.</summary>
    public const int QueuedMessages = 10_000;

    public const int MessageBytes = 256 * 1024;

    /// <param name="directory">Holds the broker's persistence; must exist.</param>
    public static string For(int port, string directory, string user) => string.Create(CultureInfo.InvariantCulture, $"""
        # Written by the kiosk host at each start of its broker: changes here are lost.
        listener {port} 127.0.0.1
        socket_domain ipv4
        # Nobody but programs on this board can reach the listener above.
        allow_anonymous true
        # Without this line a broker started by root becomes another user, who may not write here.
        user {user}
        persistence true
        persistence_location {directory}/
        persistence_file broker.db
        # By changes, not by time: nothing is written while nothing happens.
        autosave_on_changes true
        autosave_interval 1000
        persistent_client_expiration 7d
        max_queued_messages {QueuedMessages}
        max_inflight_messages {MqttOptions.Window}
        max_packet_size {MessageBytes}
        sys_interval 0
        log_dest stderr
        log_type error
        log_type warning
        log_type notice
        connection_messages false
        log_timestamp false

        """);
}
