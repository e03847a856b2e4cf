using Kiosk.DemoBiller;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Billers.Http;

namespace Kiosk.Firmware.Payments.Billers;

/// <summary>
/// The billers of the profile. Those that are <c>emulated:</c> are played by one demo server, which is there before any other service
/// starts and goes after all have stopped.
/// </summary>
/// <param name="payments">Null: no billers.</param>
/// <param name="folder">In which the profile lies.</param>
/// <param name="data">The data directory; the demo server keeps its books in its <c>demo-biller</c> folder.</param>
internal sealed partial class BillerSet(PaymentsProfile? payments, string folder, string data, TimeProvider time, ILoggerFactory logs) : IHostedLifecycleService, IAsyncDisposable
{
    /// <summary>Beside the demo's books: where it is and its secret, for a shell. It changes with each start.</summary>
    public const string AccessFile = "access.env";

    private readonly ILogger _log = logs.CreateLogger<BillerSet>();
    private readonly List<BillerDoor> _doors = [];
    private readonly Dictionary<string, IBiller> _billers = new(StringComparer.Ordinal);

    /// <summary>In the order of the profile; empty before the host starts.</summary>
    public IReadOnlyList<IBiller> All => [.. (payments?.Billers ?? []).Select(biller => Find(biller.Id)).OfType<IBiller>()];

    /// <summary>The demo's server; null: no biller is emulated.</summary>
    public BillerServer? Demo { get; private set; }

    public IBiller? Find(string id) => _billers.GetValueOrDefault(id);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (payments is null) return;

        var emulated = payments.Billers.Where(biller => biller.Access is BillerAccess.Emulated).ToList();
        if (emulated.Count > 0) Demo = await StartDemoAsync(payments, emulated, cancellationToken);
        foreach (var biller in payments.Billers) _billers[biller.Id] = Open(payments, biller);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors) door.Dispose();
        _doors.Clear();
        if (Demo is not { } demo) return;
        Demo = null;
        await demo.DisposeAsync();
    }

    private HttpBiller Open(PaymentsProfile payments, BillerProfile biller)
    {
        var (url, door) = biller.Access is BillerAccess.Emulated
            ? (Demo!.UrlOf(biller.Id), BillerDoor.WithToken(BillerDoor.Plain(biller), new(Demo.TokenUrl, Demo.Options.ClientId, "", null), () => Demo.Options.Secret, time))
            : (biller.Url, BillerDoor.Of(biller, folder, time));
        _doors.Add(door);
        return new(biller, url, payments.Terminal, payments.Currency, door.Line(biller.Patience, time), logs.CreateLogger<HttpBiller>());
    }

    private async Task<BillerServer> StartDemoAsync(PaymentsProfile payments, List<BillerProfile> emulated, CancellationToken cancel)
    {
        var directory = Path.Combine(data, "demo-biller");
        var options = new BillerServerOptions(directory, [.. emulated.Select(biller => new DemoBillerProfile(biller.Id, payments.Currency, biller.Least, biller.Most))]);
        var demo = await BillerServer.StartAsync(options, time, logs, cancel);
        var access = Path.Combine(directory, AccessFile);
        await WriteAccessAsync(access, demo);
        LogDemo(demo.Address, access);
        return demo;
    }

    private static async Task WriteAccessAsync(string path, BillerServer demo)
    {
        // Its rights first: the secret is never in a file that others may read.
        File.Delete(path);
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        await using var file = new StreamWriter(path, owner);
        await file.WriteAsync($"BILLER_URL={demo.Address}\nBILLER_TOKEN_URL={demo.TokenUrl}\nBILLER_CLIENT={demo.Options.ClientId}\nBILLER_SECRET={demo.Options.Secret}\n");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo biller listens on {Address}; how to talk to it is in {AccessFile}")]
    private partial void LogDemo(Uri address, string accessFile);
}
