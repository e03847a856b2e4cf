using System.Net.Sockets;
using System.Text;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Firmware.Web;
using Microsoft.AspNetCore.Routing;

namespace Kiosk.Firmware.Tests.Payments;

/// <summary>Every place where a running appliance says or keeps something.</summary>
internal sealed class AllThatIsSaid(RunningHall hall, HeardLog log, Store store, string data)
{
    // What an emulator shows of itself is what a customer or a technician sees at the device. It is searched like the rest: the number of the card
    // that somebody puts into the terminal is neither in the look of the terminal nor in the control that puts it in (only its last four digits are).
    private static readonly string[] Streams = ["/live/", "/api/v1/events"];

    /// <param name="ids">What may stand for a part of an address: every one is tried.</param>
    public async Task SearchAsync(NumberHunt hunt, params string[] ids)
    {
        foreach (var address in Addresses(ids)) await ReadAsync(hunt, address);
        foreach (var (slip, place) in (await hall.PaperAsync()).Select((slip, place) => (slip, place))) hunt.In($"slip {place + 1}", slip);
        foreach (var message in store.Heard) hunt.In($"MQTT {message.Topic}", message.Payload);
        Files(hunt);
        foreach (var line in log.Lines) hunt.In("log", line);
    }

    /// <summary>The data directory: journal with its WAL, the demo biller's books, the broker's, whatever else there is.</summary>
    public void Files(NumberHunt hunt)
    {
        // The lock is nobody's to open while the host runs.
        foreach (var path in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is not (ControlSocket.FileName or "kiosk.lock")))
        {
            // Others hold them open.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new MemoryStream();
            file.CopyTo(bytes);
            hunt.In(Path.GetRelativePath(data, path), bytes.ToArray());
        }
    }

    /// <summary>Every address that answers a GET, also one that is made tomorrow.</summary>
    private IEnumerable<string> Addresses(string[] ids) => hall.The<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
        .Where(address => !address.StartsWith("/assets/", StringComparison.Ordinal) && !address.EndsWith("/sound", StringComparison.Ordinal))
        .SelectMany(address => Filled(address, ids)).Distinct();

    private static IEnumerable<string> Filled(string address, string[] ids)
    {
        var open = address.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return [address];
        var close = address.IndexOf('}', open);
        return ids.SelectMany(id => Filled(address[..open] + id + address[(close + 1)..], ids));
    }

    private async Task ReadAsync(NumberHunt hunt, string address)
    {
        if (Streams.Any(stream => address.StartsWith(stream, StringComparison.Ordinal)))
        {
            await ReadStreamAsync(hunt, address);
            return;
        }

        using var door = address.StartsWith("/control/", StringComparison.Ordinal) ? Control() : null;
        using var response = await (door ?? hall.Http).GetAsync(new Uri(hall.Address, address));
        hunt.In($"{(int)response.StatusCode} {address}", await response.Content.ReadAsStringAsync(), markup: response.Content.Headers.ContentType?.MediaType == "text/html");
    }

    // The page of a live screen as it comes first, or all events until now.
    private async Task ReadStreamAsync(NumberHunt hunt, string address)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var said = new StringBuilder();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hall.Address, address));
            if (address.EndsWith("/events", StringComparison.Ordinal)) request.Headers.Add("Last-Event-ID", "1-0");
            using var response = await hall.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, enough.Token);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(enough.Token));
            while (await reader.ReadLineAsync(enough.Token) is { } line) said.AppendLine(line);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // A stream has no end.
        }

        hunt.In(address, said.ToString(), markup: true);
    }

    private HttpClient Control() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(ControlSocket.Path(data)), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { Timeout = RunningHall.Watchdog };
}
