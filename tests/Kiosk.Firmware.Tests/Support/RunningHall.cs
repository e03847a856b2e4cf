using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Staff;
using Kiosk.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kiosk.Firmware.Tests.Support;

/// <summary>The whole appliance in this process, on a free port, with the demo hall's devices on the wire.</summary>
internal sealed class RunningHall : IAsyncDisposable
{
    public static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);

    public const string Pin = "246813";

    private readonly WebApplication _app;
    private readonly IJournal _journal;

    private RunningHall(WebApplication app, IJournal journal, string data)
    {
        (_app, _journal, Data) = (app, journal, data);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(a => a.StartsWith("http://127", StringComparison.Ordinal));
        Address = new Uri(address);
        Http = new HttpClient(new HttpClientHandler()) { BaseAddress = new Uri(Address, "/api/v1/"), Timeout = Watchdog };
    }

    public string Data { get; }

    public Uri Address { get; }

    /// <summary>As a browser: keeps cookies and follows redirects. Signed in as <c>manager</c>, unless the test asked for nobody.</summary>
    public HttpClient Http { get; }

    /// <summary>Nobody is signed in; no cookies are kept, no redirect is followed.</summary>
    public HttpClient Anonymous() => new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(Address, "/api/v1/"), Timeout = Watchdog };

    /// <summary>Signed in as one of the demo's accounts: <c>clerk</c>, <c>duty</c> …</summary>
    public async Task<HttpClient> AsAsync(string user, int? counter = null)
    {
        var http = Anonymous();
        using var response = await http.PostAsJsonAsync("sign-in", new { user, pin = Pin, counter });
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        var signed = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)signed["token"]!);
        return http;
    }

    public T The<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="change">Changes the demo hall's profile.</param>
    /// <param name="data">The data directory of an earlier life; null: a new one.</param>
    /// <param name="services">Other services than those of a board.</param>
    /// <param name="demo">With one account for each role, all with <see cref="Pin"/>.</param>
    /// <param name="broker">Port of a broker of its own; null: none.</param>
    public static async Task<RunningHall> StartAsync(Action<JsonObject>? change = null, string? data = null, Action<IServiceCollection>? services = null, bool demo = true, int? broker = null)
    {
        data ??= Directory.CreateTempSubdirectory("kiosk-test-").FullName;
        var profile = Profile(change);
        var journal = SqliteJournal.Open(data, "test");
        var options = new LaunchOptions(Path.Combine(data, "hall.json"), data, new Uri("http://127.0.0.1:0"), null, broker, NoBroker: broker is null, Crowd: 0, DemoPin: demo ? Pin : null);
        var app = Appliance.Build(options, profile, journal, all =>
        {
            // A PIN that takes 0.2 s to check would be most of the time of the tests.
            all.AddSingleton(new PinCost(10));
            services?.Invoke(all);
        });
        await app.StartAsync();
        var hall = new RunningHall(app, journal, data);
        if (demo) (await hall.Http.PostAsJsonAsync("sign-in", new { user = "manager", pin = Pin })).EnsureSuccessStatusCode();
        await hall.UntilAsync("hall", shape => (string)shape["state"]! == "open");
        return hall;
    }

    public static HallProfile Profile(Action<JsonObject>? change = null)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository(), "provisioning/profiles/telecom-hall.json")))!.AsObject();
        json.Remove("$schema");
        change?.Invoke(json);
        var reading = ProfileReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), DeviceSupervisor.Check);
        Assert.Empty(reading.Mistakes);
        return reading.Profile!;
    }

    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Kiosk.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    public async Task<(int Status, JsonNode Body, HttpResponseMessage Response)> PostAsync(string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is string text ? new StringContent(text) : body is null ? null : JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!, response);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    /// <summary>Asks until it is so; fails with what it was last.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> so)
    {
        using var patience = new CancellationTokenSource(Watchdog);
        while (true)
        {
            var now = await GetAsync(path);
            if (so(now)) return now;
            if (patience.IsCancellationRequested) throw new TimeoutException($"{path} is still {now.ToJsonString()}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public Task<JsonNode> SlipAsync(string ticket, string state) => UntilAsync($"tickets/{ticket}", shape => (string?)shape["slip"] == state);

    /// <summary>What came out of the printer, as plain lines, oldest slip first.</summary>
    public async Task<IReadOnlyList<string>> PaperAsync()
    {
        var look = (await GetAsync("emulators/ticket-printer"))["look"]!;
        return [.. look["paper"]!.AsArray().Select(slip => string.Join('\n', slip!.AsArray().Select(Line)))];
    }

    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _journal.Dispose();
        Http.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Data, recursive: true);
    }

    private static string Line(JsonNode? line) =>
        line?["runs"] is JsonArray runs ? string.Concat(runs.Select(run => (string?)run!["text"])) : line?["qr"] is { } qr ? $"[{qr}]" : "";
}
