using System.Net.Sockets;
using System.Runtime.InteropServices;
using Kiosk.Domain.Reports;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Web.Api;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Microsoft.AspNetCore.Connections.Features;

namespace Kiosk.Firmware.Web;

/// <summary>The door for <c>kioskctl</c>: a Unix socket in the data directory that only root and the host's own user may use.</summary>
internal static class ControlSocket
{
    public const string FileName = "kiosk.sock";
    private const int SocketLevel = 1, PeerCredentials = 17; // SOL_SOCKET, SO_PEERCRED
    private const int PageLimit = 1000;
    private const int LongestPath = 107; // sockaddr_un.sun_path: 108 bytes with the closing zero

    public static string Path(string dataDirectory) => System.IO.Path.Combine(dataDirectory, FileName);

    /// <summary>What is wrong with the directory as a place for the socket, or null.</summary>
    public static string? Trouble(string dataDirectory) => System.Text.Encoding.UTF8.GetByteCount(Path(dataDirectory)) <= LongestPath
        ? null
        : $"The data directory {dataDirectory} has too long a name for a socket (at most {LongestPath} bytes with /{FileName}): choose a shorter one with --data.";

    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/control").ExcludeFromDescription().AddEndpointFilter(OnlyOurUser).ForEverybody();
        StaffControl.Map(control);
        BrokerControl.Map(control);
        StoreControl.Map(control);
        control.MapGet("/devices", (IDeviceDirectory devices) => Results.Json([.. devices.Devices.Select(DeviceApi.Shape)], ApiJson.Wire.IReadOnlyListDeviceShape));
        control.MapPost("/devices/test", async (HallTest test, IDeviceDirectory devices, CancellationToken cancel) =>
        {
            var found = (await test.DevicesAsync(cancel)).ToDictionary(item => item.Id);
            return Results.Json([.. devices.Devices.Select(device => DeviceApi.Tested(device, found[device.Id]))], ApiJson.Wire.IReadOnlyListDeviceShape);
        });
        control.MapGet("/log", (IJournal journal, long after = 0, int limit = PageLimit) =>
            Results.Json([.. journal.Read(Math.Max(0, after), Math.Clamp(limit, 1, PageLimit)).Select(EventApi.Shape)], ApiJson.Wire.IReadOnlyListEventShape));
        control.MapGet("/ledger", (IJournal journal, long after = 0, int limit = PageLimit) =>
            Results.Json([.. journal.ReadLedger(Math.Max(0, after), Math.Clamp(limit, 1, PageLimit)).Select(EventApi.Shape)], ApiJson.Wire.IReadOnlyListEventShape));
        control.MapGet("/ledger/verify", (IJournal journal, string? head, CancellationToken cancel) =>
            Results.Json(((ILedgerBook)journal).VerifyLedger(null, cancel, head), ApiJson.Wire.LedgerCheck));
        control.MapGet("/reports", (ReportShelf shelf) => Results.Json(shelf.Days(), ReportJson.Wire.IReadOnlyListDateOnly));
        control.MapGet("/reports/{kind}/{name}", (ReportShelf shelf, string kind, string name) => Period.Parse(kind, name) switch
        {
            { Kind: Period.DayKind } day when shelf.Day(day.From) is { } report => Results.Json(report, ReportJson.Wire.DayReport),
            { Kind: not Period.DayKind } period when shelf.Over(period) is { } report => Results.Json(report, ReportJson.Wire.PeriodReport),
            _ => Results.NotFound(),
        });
    }

    private static async ValueTask<object?> OnlyOurUser(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var socket = context.HttpContext.Features.Get<IConnectionSocketFeature>()?.Socket;
        if (socket?.LocalEndPoint is not UnixDomainSocketEndPoint) return Results.NotFound();

        var peer = Peer(socket);
        return peer == 0 || peer == OwnUser() ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    // struct ucred { pid, uid, gid }, 32 bits each: socket(7), unix(7).
    private static uint Peer(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return MemoryMarshal.Read<uint>(credentials[4..]);
    }

    private static uint OwnUser() => GetEffectiveUserId();

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();
}
