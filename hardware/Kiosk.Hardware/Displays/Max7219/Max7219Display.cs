using System.Threading.Channels;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>
/// Writes the panels of one chain: at once when a face changes, and everything again every few seconds, because nothing can be read back.
/// </summary>
internal sealed class Max7219Display : ICounterDisplay
{
    private static readonly TimeSpan LampTest = TimeSpan.FromSeconds(1);

    private readonly Max7219Options _options;
    private readonly ISpiLink _link;
    private readonly TimeProvider _time;
    private readonly Lock _faceLock = new(), _wireLock = new();
    private readonly PanelFace[] _faces;
    private readonly byte[][] _written;

    /// <summary>One wake-up is as good as many: what is due is worked out afterwards.</summary>
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile DeviceHealth _health = DeviceHealth.Unknown;
    private bool _begun, _testing, _disposed;
    private long _refreshedAt;

    public Max7219Display(Max7219Options options, ISpiLink link, TimeProvider time)
    {
        (_options, _link, _time) = (options, link, time);

        // Nobody has said yet what is called: that is not the same as nobody being called.
        _faces = [.. options.Panels.Select(_ => Stale())];
        _written = [.. options.Panels.Select(_ => new byte[Max7219Protocol.Digits])];
    }

    public DeviceHealth Health => _health;

    public event Action? HealthChanged;

    public IReadOnlyList<int> Panels => _options.Panels;

    public void Show(int panel, CounterFace face)
    {
        var place = Index(panel);
        lock (_faceLock) _faces[place] = new PanelFace(face, _time.GetTimestamp());
        _wake.Writer.TryWrite(true);
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var timer = _time.CreateTimer(_ => _wake.Writer.TryWrite(true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            timer.Change(WriteWhatIsDue(), Timeout.InfiniteTimeSpan);
            await _wake.Reader.ReadAsync(cancel);
        }
    }

    public async Task<DeviceHealth> TestAsync(CancellationToken cancel)
    {
        try
        {
            SetLampTest(true);
            try
            {
                await Task.Delay(LampTest, _time, cancel);
            }
            finally
            {
                SetLampTest(false);
            }
        }
        catch (DeviceLostException)
        {
            // Health says it; RunAsync meets the same link and ends.
        }
        catch (ObjectDisposedException)
        {
            // The supervisor was faster than whoever asked for the test.
            return DeviceHealth.OutOfService(DeviceFault.Disconnected, "closed meanwhile");
        }

        return Health;
    }

    public ValueTask DisposeAsync()
    {
        lock (_wireLock)
        {
            if (!_disposed && Health.State is HealthState.Ok) SayStale();
            _disposed = true;
            _link.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private void SayStale()
    {
        lock (_faceLock) Array.Fill(_faces, Stale());
        try
        {
            WriteChanges(Compose().Segments);
        }
        catch (DeviceLostException)
        {
            // Health says it; there is nothing left to be closed but the link.
        }
    }

    private PanelFace Stale() => new(new CounterFace("", Stale: true), _time.GetTimestamp());

    private int Index(int panel)
    {
        for (var place = 0; place < _options.Panels.Count; place++)
        {
            if (_options.Panels[place] == panel) return place;
        }

        throw new ArgumentOutOfRangeException(nameof(panel), panel, $"panels of this display: {string.Join(", ", _options.Panels)}");
    }

    /// <returns>How long nothing will be due.</returns>
    private TimeSpan WriteWhatIsDue()
    {
        lock (_wireLock)
        {
            var (segments, untilChange) = Compose();
            if (!_begun || _time.GetElapsedTime(_refreshedAt) >= _options.Refresh) WriteAll(segments);
            else WriteChanges(segments);
            var untilRefresh = _options.Refresh - _time.GetElapsedTime(_refreshedAt);
            var due = untilChange < untilRefresh ? untilChange.Value : untilRefresh;

            // Timers count whole milliseconds: rounded up, or the last fraction would be waited for in a spin.
            return due > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)) : TimeSpan.Zero;
        }
    }

    private void SetLampTest(bool on)
    {
        lock (_wireLock)
        {
            _testing = on;
            WriteAll(Compose().Segments);
        }
    }

    private (byte[][] Segments, TimeSpan? UntilChange) Compose()
    {
        lock (_faceLock)
        {
            var ages = Array.ConvertAll(_faces, face => _time.GetElapsedTime(face.ShownAt));
            return ([.. _faces.Select((face, i) => face.Segments(ages[i]))], _faces.Select((face, i) => face.UntilChange(ages[i])).Min());
        }
    }

    private void WriteAll(byte[][] segments)
    {
        Write(_begun ? Max7219Protocol.Refresh(_options, segments, _testing) : Max7219Protocol.Start(_options, segments, _testing));
        _begun = true;
        _refreshedAt = _time.GetTimestamp();
        segments.CopyTo(_written, 0);
        Become(DeviceHealth.Ok);
    }

    private void WriteChanges(byte[][] segments)
    {
        var changed = segments.Select((panel, i) => !panel.AsSpan().SequenceEqual(_written[i])).ToArray();
        if (!changed.Contains(true)) return;
        Write(Max7219Protocol.Content(_options, segments, changed));
        segments.CopyTo(_written, 0);
    }

    private void Write(IEnumerable<byte[]> frames)
    {
        try
        {
            foreach (var frame in frames) _link.Transfer(frame);
        }
        catch (DeviceLostException lost)
        {
            Become(DeviceHealth.OutOfService(lost.Fault, lost.Message));
            throw;
        }
    }

    private void Become(DeviceHealth health)
    {
        if (_health == health) return;
        _health = health;
        HealthChanged?.Invoke();
    }
}
