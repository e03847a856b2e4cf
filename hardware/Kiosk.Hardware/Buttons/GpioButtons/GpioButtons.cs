using System.Threading.Channels;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <summary>The keys of one chip. One thread reads them, decides what they mean and offers the press, with nothing between.</summary>
internal sealed class GpioButtons : ICallButtons, IGpioListener
{
    /// <summary>Presses that nobody has taken yet. More than a hall's clerks can strike in the second that a hall may hang.</summary>
    private const int MostWaiting = 256;

    private static readonly TimeSpan LampTest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MostBetweenChecks = TimeSpan.FromSeconds(10), LeastBetweenChecks = TimeSpan.FromMilliseconds(250);

    private readonly GpioButtonsOptions _options;
    private readonly IGpioLines _lines;
    private readonly DriverServices _services;
    private readonly GpioReader _reader;
    private readonly PanelLamps? _lamps;
    private readonly KeyMemory[] _memory;
    private readonly long?[] _activeSince;
    private readonly Guid _boot = Guid.NewGuid();
    private readonly Channel<KeyPress> _presses;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _starting = new();
    private volatile DeviceHealth _health = DeviceHealth.Unknown;
    private volatile DeviceLostException? _lampTrouble;
    private bool _started, _disposed;
    private long _sequence;

    /// <param name="lamps">Null where no panel has one.</param>
    /// <exception cref="DeviceLostException">The levels cannot be read.</exception>
    public GpioButtons(GpioButtonsOptions options, IGpioLines lines, IGpioOutputs? lamps, DriverServices services)
    {
        _options = options;
        _lines = lines;
        _services = services;
        _memory = new KeyMemory[options.Keys.Count];
        _activeSince = new long?[options.Keys.Count];

        // What waits for a press goes on with it on the reader's thread: no turn of the thread pool between edge and journal.
        var handOver = new BoundedChannelOptions(MostWaiting) { SingleWriter = true, AllowSynchronousContinuations = true };
        _presses = Channel.CreateBounded<KeyPress>(handOver);
        OnLevels(lines.ReadLevels());
        _reader = new GpioReader(lines, this);
        _lamps = lamps is null ? null : new PanelLamps(options.Lamps, lamps, LampsWritten, services.Time);
    }

    public DeviceHealth Health => _health;

    public event Action? HealthChanged;

    public ChannelReader<KeyPress> Presses => _presses.Reader;

    public void Acknowledge(int panel, bool taken) => _lamps?.Acknowledge(panel, taken);

    public async Task RunAsync(CancellationToken cancel)
    {
        lock (_starting)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_started) throw new InvalidOperationException("A device runs once.");
            _started = true;
            new Thread(Read) { IsBackground = true, Name = "gpio keys" }.Start();
        }

        var between = _options.Times.StuckAfter / 6;
        between = between > MostBetweenChecks ? MostBetweenChecks : between < LeastBetweenChecks ? LeastBetweenChecks : between;
        await using var checks = _services.Time.CreateTimer(_ => _reader.Check(), null, between, between);
        await using var stopping = cancel.Register(_reader.Stop);
        await _ended.Task;
        cancel.ThrowIfCancellationRequested();
    }

    public async Task<DeviceHealth> TestAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            var levels = _lines.ReadLevels();
            await TestLampsAsync(cancel);
            var seen = string.Join(", ", _options.Keys.Select((key, line) => $"{key.Line} {(Active(levels, line) ? "pressed" : "released")}"));
            return Health.State is HealthState.Degraded ? Health : DeviceHealth.Ok with { Detail = seen };
        }
        catch (DeviceLostException lost)
        {
            return DeviceHealth.OutOfService(lost.Fault, lost.Message);
        }
        catch (ObjectDisposedException)
        {
            // The supervisor was faster than whoever asked for the test.
            return DeviceHealth.OutOfService(DeviceFault.Disconnected, "closed meanwhile");
        }
    }

    private async Task TestLampsAsync(CancellationToken cancel)
    {
        if (_lamps is null) return;
        _lamps.Test(true);
        try
        {
            await Task.Delay(LampTest, _services.Time, cancel);
        }
        finally
        {
            _lamps.Test(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_starting)
        {
            if (_disposed) return;
            _disposed = true;
            if (!_started) _ended.SetResult();
        }

        _reader.Stop();

        // How it ended is RunAsync's to tell; here only that nobody reads any more.
        await _ended.Task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _reader.Dispose();
        _lamps?.Dispose();
        _lines.Dispose();
        _presses.Writer.TryComplete();
    }

    void IGpioListener.OnEdge(int line, bool active, long nanoseconds)
    {
        Note(line, active);
        var key = _options.Keys[line];
        (_memory[line], var press) = KeyGesture.OnEdge(_memory[line], key.Key, active, nanoseconds, _options.Times);
        if (press is { } pressed && !_presses.Writer.TryWrite(new KeyPress(key.Panel, pressed, nanoseconds, _boot, ++_sequence)))
        {
            _services.Log.PressDropped(key.Panel, pressed, MostWaiting);
        }

        if (!active && Health.State is HealthState.Degraded) Judge();
    }

    void IGpioListener.OnLost(int line)
    {
        _services.Log.EdgesLost(_options.Keys[line].Line);
        _memory[line] = KeyGesture.OnLost(_memory[line]);
    }

    void IGpioListener.OnLevels(ulong active) => OnLevels(active);

    private static bool Active(ulong levels, int line) => (levels & (1UL << line)) != 0;

    private void OnLevels(ulong active)
    {
        for (var line = 0; line < _memory.Length; line++)
        {
            Note(line, Active(active, line));
            _memory[line] = KeyGesture.OnLevel(_memory[line], Active(active, line));
        }

        Judge();
    }

    private void LampsWritten(DeviceLostException? trouble)
    {
        if (trouble is null && _lampTrouble is null) return;
        _lampTrouble = trouble;
        _reader.Check();
    }

    /// <summary>By the host's own clock: it only has to tell a minute.</summary>
    private void Note(int line, bool active) => _activeSince[line] = active ? _activeSince[line] ?? _services.Time.GetTimestamp() : null;

    /// <summary>On the reader's thread, as all that touches a key's memory.</summary>
    private void Judge()
    {
        var limit = _options.Times.StuckAfter;
        var stuck = _options.Keys.Where((_, line) => _activeSince[line] is { } since && _services.Time.GetElapsedTime(since) >= limit).ToList();
        Become((stuck, _lampTrouble) switch
        {
            ([], null) => DeviceHealth.Ok,
            ([], { } dark) => DeviceHealth.Degraded(dark.Fault, $"the keys work, the lamps do not: {dark.Message}"),
            _ => DeviceHealth.Degraded(DeviceFault.StuckKey, $"pressed for more than {limit.TotalSeconds:0} s: {string.Join(", ", stuck)}"),
        });
    }

    private void Become(DeviceHealth health)
    {
        if (_health == health) return;
        _health = health;
        HealthChanged?.Invoke();
    }

    private void Read()
    {
        try
        {
            _reader.Run();
            _ended.SetResult();
        }
        catch (DeviceLostException lost)
        {
            Become(DeviceHealth.OutOfService(lost.Fault, lost.Message));
            _ended.SetException(lost);
        }
        catch (Exception bug)
        {
            // Not handled here: RunAsync throws it on.
            _ended.SetException(bug);
        }
    }
}
