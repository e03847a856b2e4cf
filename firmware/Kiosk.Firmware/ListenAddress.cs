using System.Net;
using System.Net.Sockets;
using Kiosk.Domain.Site;

namespace Kiosk.Firmware;

/// <summary>Where the host listens, from an address as a person types it.</summary>
internal static class ListenAddress
{
    /// <summary>localhost is the loopback address; a name or <c>*</c> means every address of the machine.</summary>
    public static IPEndPoint Of(Uri url)
    {
        if (url.Host == "localhost") return new(IPAddress.Loopback, url.Port);
        return new(IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? address : IPAddress.Any, url.Port);
    }

    /// <summary>Where phones reach the host: as the profile says, else the address it listens on; null where that is every address of the machine.</summary>
    public static Uri? Public(Uri url, HallProfile profile) =>
        profile.PublicUrl ?? (Of(url).Address is var address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? null : url);

    /// <summary>Why nothing can listen there, or null.</summary>
    public static string? Trouble(Uri url)
    {
        try
        {
            using var probe = new TcpListener(Of(url));
            probe.Start();
            return null;
        }
        catch (SocketException failed)
        {
            return failed.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another program listens there",
                SocketError.AccessDenied => "this user may not open ports below 1024",
                SocketError.AddressNotAvailable => "this machine has no such address",
                _ => failed.Message,
            };
        }
    }
}
