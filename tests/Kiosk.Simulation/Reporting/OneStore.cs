using Kiosk.Mqtt;
using Kiosk.Provisioning.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Simulation.Reporting;

/// <summary>The store's copy as kioskctl keeps it, that is broken off and started again on its file.</summary>
internal sealed class OneStore(string path, string hall, Func<int> port) : IAsyncDisposable
{
    private CancellationTokenSource? _stop;
    private MosquittoClient? _client;
    private StoreFile? _file;
    private Task _running = Task.CompletedTask;
    private CopyFigures _before = new();

    public StoreCopy? Copy { get; private set; }

    public StoreFile File => _file!;

    /// <summary>What went wrong that must not, in words.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Over all its lives.</summary>
    public CopyFigures Figures => Copy is null ? _before : Sum(_before, Copy.View.Figures);

    public void Start()
    {
        _stop = new();
        _client = new(new("store") { BackOffLast = TimeSpan.FromSeconds(1) }, () => (new("127.0.0.1", port(), Tls: false), ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        _file = StoreFile.Open(path);
        Copy = new(_client, _file, hall, new(), TimeProvider.System);
        Copy.Noticed += notice =>
        {
            lock (Notices) Notices.Add(notice);
        };
        _running = Copy.RunAsync(_stop.Token);
    }

    /// <summary>The connection goes first, so that nothing more is acknowledged: as a process that is killed.</summary>
    public async Task KillAsync()
    {
        var (copy, before) = (Copy!, _before);
        await _client!.DisposeAsync();
        await _stop!.CancelAsync();
        await _running;
        (_before, Copy) = (Sum(before, copy.View.Figures), null);
        _file!.Dispose();
        _stop.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (Copy is not null) await KillAsync();
    }

    private static CopyFigures Sum(CopyFigures a, CopyFigures b) => new(
        a.Taken + b.Taken, a.Repeats + b.Repeats, a.Gaps + b.Gaps, a.Beyond + b.Beyond, a.Contradictions + b.Contradictions, a.Unreadable + b.Unreadable, a.Stale + b.Stale, a.Rebirths + b.Rebirths);
}
