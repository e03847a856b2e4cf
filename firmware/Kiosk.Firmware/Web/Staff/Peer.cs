using System.Net;
using Kiosk.Firmware.Staff;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>Who is at the other end of a connection.</summary>
internal static class Peer
{
    /// <summary>The board itself: loopback or its own Unix socket. What comes through a proxy is not, even one that runs on the board: its headers are believed for nothing else.</summary>
    public static bool IsBoard(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Forwarded") || headers.ContainsKey("X-Real-IP")) return false;
        return http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    /// <summary>As the audit says it: <c>page 192.168.1.7</c>.</summary>
    public static string From(HttpContext http) => $"{(IsApi(http) ? "api" : "page")} {Address(http)}";

    /// <summary>Under which wrong PINs are counted together.</summary>
    public static string Key(HttpContext http) => SignInThrottle.Key(http.Connection.RemoteIpAddress);

    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/control");

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : "board";
}
