using System.Collections.Concurrent;
using System.Net;
using Kiosk.Firmware.Staff;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>How much one client may ask of the board, so that a slow or greedy one holds nobody up. The numbers stand in firmware/docs/staff.md.</summary>
internal static class ConnectionLimits
{
    /// <summary>Of one address; a browser opens six. Addresses behind one router share them.</summary>
    public const int PerAddress = 128;

    /// <summary>More than there may be live streams, so that a hall full of phones leaves room for presses and programs.</summary>
    public const int Together = 2048;

    public static void Set(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = 64 * 1024;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 50;
        limits.MaxConcurrentConnections = Together;
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = 64;
    }

    /// <summary>Closes the connection that is one too many of its address. The board itself is not counted.</summary>
    public static void OfOneAddress(ListenOptions listen)
    {
        var open = new ConcurrentDictionary<string, int>();
        listen.Use(next => async connection =>
        {
            var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            if (address is null || IPAddress.IsLoopback(address))
            {
                await next(connection);
                return;
            }

            var key = SignInThrottle.Key(address);
            try
            {
                if (open.AddOrUpdate(key, 1, (_, count) => count + 1) <= PerAddress) await next(connection);
                else connection.Abort(new ConnectionAbortedException("Too many connections of this address."));
            }
            finally
            {
                if (open.AddOrUpdate(key, 0, (_, count) => count - 1) <= 0) open.TryRemove(new(key, 0));
            }
        });
    }
}
