using System.Net;
using System.Net.Sockets;
using Kiosk.Domain.Site;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Mqtt;

/// <summary>The child broker's listener for other machines: looked at before mosquitto is, which would only end.</summary>
internal static class BrokerListener
{
    public static CertificateFiles Files(MqttListenProfile listen) => new(listen.CertFile, listen.KeyFile, listen.CaFile);

    /// <summary>Why it cannot listen, or null.</summary>
    public static string? Trouble(MqttListenProfile listen)
    {
        if (Files(listen).Unusable() is { } unfit) return unfit;

        try
        {
            using var listener = new TcpListener(IPAddress.Parse(listen.Address), listen.Port);
            listener.Start();
            return null;
        }
        catch (SocketException taken)
        {
            return $"It cannot listen on {listen.Address}, port {listen.Port} (mqtt.listen in the profile): {taken.Message}. Stop the program that has the port, or choose another address or port.";
        }
    }
}
