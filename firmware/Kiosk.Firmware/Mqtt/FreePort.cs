using System.Net;
using System.Net.Sockets;

namespace Kiosk.Firmware.Mqtt;

internal static class FreePort
{
    /// <summary>How many ports are tried, the wanted one included.</summary>
    public const int Tries = 100;

    /// <summary>The first port on 127.0.0.1, from the wanted one up, on which nobody listens; null where all are taken.</summary>
    public static int? From(int wanted)
    {
        for (var port = wanted; port < wanted + Tries && port <= IPEndPoint.MaxPort; port++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                continue;
            }
        }

        return null;
    }
}
