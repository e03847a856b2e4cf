using System.Runtime.CompilerServices;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Tests.Buttons.GpioButtons;

public sealed class GpioReaderTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private readonly EmulatedGpioLines _lines;
    private readonly Ear _ear = new();
    private readonly GpioReader _reader;
    private ulong _levels = 0b01;

    public GpioReaderTests()
    {
        _lines = new EmulatedGpioLines(new GpioRequest(["A", "B"], true, true, TimeSpan.Zero), [7, 3], () => _levels);
        _reader = new GpioReader(_lines, _ear);
    }

    [Fact]
    public void Structures_are_as_large_as_the_kernels()
    {
        Assert.Equal(592, Unsafe.SizeOf<GpioAbi.LineRequest>());
        Assert.Equal(48, Unsafe.SizeOf<GpioAbi.LineEvent>());
        Assert.Equal(272, Unsafe.SizeOf<GpioAbi.LineConfig>());
        Assert.Equal(68, Unsafe.SizeOf<GpioAbi.ChipInfo>());
        Assert.Equal(256, Unsafe.SizeOf<GpioAbi.LineInfo>());
        Assert.Equal(16, Unsafe.SizeOf<GpioAbi.LineValues>());
    }

    [Theory]
    [InlineData(16, DeviceFault.InUse)]
    [InlineData(19, DeviceFault.Disconnected)]
    [InlineData(2, DeviceFault.Disconnected)]
    [InlineData(108, DeviceFault.Disconnected)]
    [InlineData(13, DeviceFault.AccessDenied)]
    [InlineData(1, DeviceFault.AccessDenied)]
    [InlineData(5, DeviceFault.Broken)]
    public void Error_numbers_mean_faults(int errno, DeviceFault fault) => Assert.Equal(fault, KernelCalls.FaultOf(errno));

    [Fact]
    public void Chip_that_is_not_there_is_disconnected_and_named()
    {
        var byPath = Assert.Throws<DeviceLostException>(() => GpioLines.Open("/dev/gpiochip-none", _lines.Request));
        var byLabel = Assert.Throws<DeviceLostException>(() => GpioLines.Open("no-such-label", _lines.Request));

        Assert.Equal(DeviceFault.Disconnected, byPath.Fault);
        Assert.Contains("/dev/gpiochip-none: ENOENT", byPath.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-label", byLabel.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edges_come_in_order_under_the_numbers_of_the_request()
    {
        await StartAsync();
        _lines.Send(1, true, 100);
        _lines.Send(0, false, 200);
        _lines.Send(1, false, 300);

        await _ear.HearAsync("edge 1 down 300");

        Assert.Equal(["levels 1", "edge 1 up 100", "edge 0 down 200", "edge 1 down 300"], _ear.Heard);
    }

    [Fact]
    public async Task Gap_in_a_line_tells_the_loss_before_the_edge_and_the_levels_after_it()
    {
        await StartAsync();
        _lines.Send(0, false, 100);
        _lines.Lose(0, true, 200);
        _levels = 0b10;
        _lines.Send(0, false, 300);

        await _ear.HearAsync("levels 2");

        Assert.Equal(["levels 1", "edge 0 down 100", "lost 0", "edge 0 down 300", "levels 2"], Settled());
    }

    [Fact]
    public async Task Loss_on_another_line_reads_the_levels_and_throws_nothing_away()
    {
        await StartAsync();
        _lines.Lose(1, true, 100);
        _levels = 0b11;
        _lines.Send(0, true, 200);

        await _ear.HearAsync("levels 3");

        Assert.Equal(["levels 1", "edge 0 up 200", "levels 3"], Settled());
    }

    [Fact]
    public async Task Check_reads_the_levels_and_stop_ends_it()
    {
        var running = await StartAsync();
        _levels = 0b10;

        _reader.Check();
        await _ear.HearAsync("levels 2");
        _reader.Stop();

        await running.WaitAsync(Watchdog);
    }

    [Fact]
    public async Task Chip_that_goes_is_disconnected_after_its_last_edges_were_told()
    {
        var running = await StartAsync();

        _lines.Send(0, false, 100);
        _lines.Unplug();

        var lost = await Assert.ThrowsAsync<DeviceLostException>(() => running.WaitAsync(Watchdog));
        Assert.Equal(DeviceFault.Disconnected, lost.Fault);
        Assert.Contains("edge 0 down 100", _ear.Heard);
    }

    [Fact]
    public async Task Pipe_that_is_full_loses_edges_as_the_kernel_does_and_the_reader_notices()
    {
        for (var edge = 0; edge < 5000; edge++) _lines.Send(0, edge % 2 == 0, edge);
        var running = Task.Factory.StartNew(_reader.Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await _ear.HearAsync("levels 1");
        _lines.Send(0, true, 9999);
        await _ear.HearAsync("edge 0 up 9999");
        _reader.Stop();
        await running.WaitAsync(Watchdog);

        Assert.Contains("lost 0", _ear.Heard);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _lines.Dispose();
    }

    /// <summary>What was heard, without levels that were read twice while edges were still arriving.</summary>
    private IEnumerable<string> Settled() => _ear.Heard.Where((heard, i) => i == 0 || heard != _ear.Heard[i - 1]);

    private async Task<Task> StartAsync()
    {
        var running = Task.Factory.StartNew(_reader.Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await _ear.HearAsync("levels 1");
        return running;
    }

    private sealed class Ear : IGpioListener
    {
        private readonly Lock _lock = new();
        private readonly List<string> _heard = [];
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<string> Heard
        {
            get
            {
                lock (_lock) return [.. _heard];
            }
        }

        public void OnEdge(int line, bool active, long nanoseconds) => Hear($"edge {line} {(active ? "up" : "down")} {nanoseconds}");

        public void OnLost(int line) => Hear($"lost {line}");

        public void OnLevels(ulong active) => Hear($"levels {active}");

        public async Task HearAsync(string expected)
        {
            while (true)
            {
                Task more;
                lock (_lock)
                {
                    if (_heard.Contains(expected)) return;
                    more = _more.Task;
                }

                await more.WaitAsync(Watchdog);
            }
        }

        private void Hear(string what)
        {
            lock (_lock)
            {
                _heard.Add(what);
                _more.TrySetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
