using Kiosk.Mqtt;
using Kiosk.Provisioning.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>A store's copy of the test hall that runs until it is disposed of.</summary>
internal sealed class TestCopy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly MosquittoClient _client;
    private readonly StoreFile _file;
    private readonly Task _running;
    private readonly List<string> _notices = [];
    private bool _disposed;

    /// <param name="wrap">What stands between the copy and its client.</param>
    public TestCopy(string path, BrokerAddress broker, CopyOptions? options = null, Func<IMqttClient, IMqttClient>? wrap = null, string hall = "test-hall")
    {
        _client = new(
            new("store-copy") { BackOffLast = TimeSpan.FromMilliseconds(400) }, () => (broker, ""), TimeProvider.System, NullLogger<MosquittoClient>.Instance);
        _file = StoreFile.Open(path);
        Copy = new(wrap?.Invoke(_client) ?? _client, _file, hall, options ?? new(), TimeProvider.System);
        Copy.Noticed += notice =>
        {
            lock (_notices) _notices.Add(notice);
        };
        _running = Task.Run(() => Copy.RunAsync(_stop.Token));
    }

    public StoreCopy Copy { get; }

    public CopyView View => Copy.View;

    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (_notices) return [.. _notices];
        }
    }

    public async Task<CopyView> UntilAsync(Func<CopyView, bool> so)
    {
        using var watchdog = new CancellationTokenSource(TestMosquitto.Watchdog);
        try
        {
            return await Copy.UntilAsync(so, watchdog.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The copy stands at {View}; it said: {string.Join(" | ", Notices)}");
        }
    }

    public Task<CopyView> AtAsync(int epoch, long seq) => UntilAsync(view => view.Place == new CopyPlace(epoch, seq));

    public Task<CopyView> SubscribedAsync() => UntilAsync(view => view.Figures.Rebirths > 0);

    /// <summary>Breaks off as a process that is killed does: nothing more is said.</summary>
    public async Task KillAsync()
    {
        await _client.DisposeAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _stop.CancelAsync();
        await _running.WaitAsync(TestMosquitto.Watchdog);
        await _client.DisposeAsync();
        _file.Dispose();
        _stop.Dispose();
    }
}
