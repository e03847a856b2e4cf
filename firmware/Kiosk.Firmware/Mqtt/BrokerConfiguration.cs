using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kiosk.Domain.Site;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>mosquitto.conf of the child broker; see mosquitto.conf(5) of mosquitto 2.0.</summary>
internal static class BrokerConfiguration
{
    /// <summary>For a subscriber with a session that is away; beyond it the store asks for what it missed by its own acknowledgement.</summary>
    public const int QueuedMessages = 10_000;

    public const int MessageBytes = 256 * 1024;

    /// <param name="directory">Holds the broker's persistence, and passwords and rules as <see cref="BrokerAccess.WriteTo"/> writes them; must exist.</param>
    /// <param name="listen">For other machines, with absolute paths; null: none.</param>
    public static string For(int port, string directory, string user, MqttListenProfile? listen = null) => string.Create(CultureInfo.InvariantCulture, $"""
        # Written by the kiosk host at each start of its broker: changes here are lost.
        # Rights by listener only where there are two: a session whose listener's port is another one after a start would have none.
        per_listener_settings {(listen is null ? "false" : "true")}
        listener {port} 127.0.0.1
        socket_domain ipv4
        # Nobody but programs on this board can reach the listener above; without a user they may only look.
        allow_anonymous true
        {Access(directory, BrokerAccess.RulesName)}{(listen is null ? "" : Tls(listen, directory))}
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
        # An acknowledgement is a packet of its own: held back for more to send with it, each event waits 40 ms for its answer.
        set_tcp_nodelay true
        sys_interval 0
        log_dest stderr
        log_type error
        log_type warning
        log_type notice
        # Says when it runs: a signal before that would end it.
        log_type information
        connection_messages false
        log_timestamp false

        """);

    private static string Access(string directory, string rules) => $"password_file {directory}/{BrokerAccess.PasswordsName}\nacl_file {directory}/{rules}";

    private static string Tls(MqttListenProfile listen, string directory)
    {
        var domain = IPAddress.Parse(listen.Address).AddressFamily == AddressFamily.InterNetworkV6 ? "ipv6" : "ipv4";
        var clients = listen.CaFile is { } authorities ? $"\ncafile {authorities}\nrequire_certificate true\nuse_identity_as_username true" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""


            listener {listen.Port} {listen.Address}
            socket_domain {domain}
            allow_anonymous false
            {Access(directory, BrokerAccess.ListenRulesName)}
            certfile {listen.CertFile}
            keyfile {listen.KeyFile}{clients}

            """);
    }
}
