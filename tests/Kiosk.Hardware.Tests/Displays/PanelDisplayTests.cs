using Kiosk.Hardware.Displays;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Hardware.Tests.Displays;

/// <summary>What no emulator can be made to do at a chosen moment: a wire that takes a frame as late as the test wants.</summary>
public sealed class PanelDisplayTests : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private readonly SteppedClock _clock = new();
    private readonly SlowWire _wire = new();
    private readonly PanelDisplay _display;

    public PanelDisplayTests() =>
        _display = new(_wire, new PanelRhythm(TimeSpan.FromSeconds(5), DayPlan.Always(8)), new DriverServices(_clock, NullLogger.Instance));

    public ValueTask DisposeAsync() => _display.DisposeAsync();

    [Fact]
    public async Task Display_that_nobody_reads_any_more_is_closed_after_two_seconds()
    {
        using var stop = new CancellationTokenSource();
        _display.Show(1, new CounterFace("A012"));
        var running = _display.RunAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Watchdog));
        _wire.Block(heedsCancel: true);

        var closing = _display.DisposeAsync().AsTask();
        await _clock.ArmedAsync(TimeSpan.FromSeconds(2));
        _clock.AdvanceMs(1999);
        Assert.False(closing.IsCompleted);
        _clock.AdvanceMs(1);

        await closing.WaitAsync(Watchdog);
        Assert.True(_wire.Disposed);
    }

    [Fact]
    public async Task Frame_that_was_taken_after_the_link_was_lost_does_not_make_it_well_again()
    {
        var running = _display.RunAsync(default);
        Assert.Equal(DeviceHealth.Ok, _display.Health);
        _wire.Block(heedsCancel: false);
        _display.Show(1, new CounterFace("A012"));
        await _wire.Waiting.WaitAsync(Watchdog);
        var unwell = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _display.HealthChanged += () => unwell.TrySetResult();

        _wire.Lost.SetException(new DeviceLostException(DeviceFault.Disconnected, "gone"));
        await unwell.Task.WaitAsync(Watchdog);
        _wire.Release();

        Assert.Equal("gone", (await Assert.ThrowsAsync<DeviceLostException>(() => running.WaitAsync(Watchdog))).Message);
        Assert.Equal(DeviceHealth.OutOfService(DeviceFault.Disconnected, "gone"), _display.Health);
        Assert.Equal(_display.Health, await _display.TestAsync(default).WaitAsync(Watchdog));
    }

    private sealed class SlowWire : IPanelWire
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _taken = new();
        private bool _heedsCancel;

        public SlowWire() => Release();

        public IReadOnlyList<int> Panels => [1];

        public TaskCompletionSource Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => _waiting.Task;

        public bool Disposed { get; private set; }

        public void Block(bool heedsCancel) =>
            (_taken, _heedsCancel) = (new(TaskCreationOptions.RunContinuationsAsynchronously), heedsCancel);

        public void Release() => _taken.TrySetResult();

        public async ValueTask<DeviceHealth> RefreshAsync(PanelPage page, CancellationToken cancel)
        {
            await _taken.Task.WaitAsync(cancel);
            return DeviceHealth.Ok;
        }

        public async ValueTask<DeviceHealth> ChangeAsync(PanelPage page, IReadOnlyList<bool> changed, CancellationToken cancel)
        {
            _waiting.TrySetResult();
            await _taken.Task.WaitAsync(_heedsCancel ? cancel : CancellationToken.None);
            return DeviceHealth.Ok;
        }

        public Task ListenAsync(CancellationToken cancel) => Lost.Task.WaitAsync(cancel);

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
