using System.Threading.Channels;

namespace Kiosk.Hardware.Displays;

/// <param name="Refresh">Everything is sent again this often.</param>
/// <param name="Brightness">Looked up at each refresh.</param>
internal sealed record PanelRhythm(TimeSpan Refresh, DayPlan Brightness);

/// <summary>
/// Counter panels over any wire: written at once when a face changes, and everything again every few seconds, because nothing can be read back.
/// </summary>
internal sealed class PanelDisplay : ICounterDisplay
{
    private static readonly TimeSpan LampTest = TimeSpan.FromSeconds(1);

    private readonly IPanelWire _wire;
    private readonly PanelRhythm _rhythm;
    private readonly DriverServices _services;
    private readonly Lock _faceLock = new(), _healthLock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly PanelFace[] _faces;
    private readonly PanelSight[] _written;

    /// <summary>One wake-up is as good as many: what is due is worked out afterwards.</summary>
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile DeviceHealth _health = DeviceHealth.Unknown;
    private volatile DeviceLostException? _lost;
    private bool _begun, _testing, _disposed;
    private long _refreshedAt;

    public PanelDisplay(IPanelWire wire, PanelRhythm rhythm, DriverServices services)
    {
        (_wire, _rhythm, _services) = (wire, rhythm, services);

        // Nobody has said yet what is called: that is not the same as nobody being called.
        _faces = [.. wire.Panels.Select(_ => Stale())];
        _written = new PanelSight[_faces.Length];
    }

    public DeviceHealth Health => _health;

    public event Action? HealthChanged;

    public IReadOnlyList<int> Panels => _wire.Panels;

    private TimeProvider Time => _services.Time;

    public void Show(int panel, CounterFace face)
    {
        var place = Index(panel);
        lock (_faceLock) _faces[place] = new PanelFace(face, Time.GetTimestamp());
        _wake.Writer.TryWrite(true);
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var timer = Time.CreateTimer(_ => _wake.Writer.TryWrite(true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listening = ListenAsync(over);
        try
        {
            while (true)
            {
                timer.Change(await WriteWhatIsDueAsync(over.Token), Timeout.InfiniteTimeSpan);
                await _wake.Reader.ReadAsync(over.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Lost();
        }
        finally
        {
            await over.CancelAsync();
            await listening;
        }
    }

    public async Task<DeviceHealth> TestAsync(CancellationToken cancel)
    {
        try
        {
            await SetLampTestAsync(true, cancel);
            try
            {
                await Task.Delay(LampTest, Time, cancel);
            }
            finally
            {
                await SetLampTestAsync(false, CancellationToken.None);
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

    public async ValueTask DisposeAsync()
    {
        using var turn = await TurnAsync(CancellationToken.None);
        if (!_disposed && Health.State is HealthState.Ok or HealthState.Degraded) await SayStaleAsync();
        _disposed = true;
        await _wire.DisposeAsync();
    }

    private async Task ListenAsync(CancellationTokenSource over)
    {
        try
        {
            await _wire.ListenAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (DeviceLostException lost)
        {
            Lose(lost);
        }

        await over.CancelAsync();
    }

    private async ValueTask SayStaleAsync()
    {
        lock (_faceLock) Array.Fill(_faces, Stale());
        try
        {
            if (_testing) await WriteAllAsync(Compose(testing: false).Page, CancellationToken.None);
            else await WriteChangesAsync(Compose(testing: false).Page, CancellationToken.None);
        }
        catch (DeviceLostException)
        {
            // Health says it; there is nothing left to be closed but the link.
        }
    }

    private PanelFace Stale() => new(new CounterFace("", Stale: true), Time.GetTimestamp());

    private int Index(int panel)
    {
        for (var place = 0; place < Panels.Count; place++)
        {
            if (Panels[place] == panel) return place;
        }

        throw new ArgumentOutOfRangeException(nameof(panel), panel, $"panels of this display: {string.Join(", ", Panels)}");
    }

    /// <returns>How long nothing will be due.</returns>
    private async ValueTask<TimeSpan> WriteWhatIsDueAsync(CancellationToken cancel)
    {
        using var turn = await TurnAsync(cancel);
        var (page, untilChange) = Compose(_testing);
        if (!_begun || Time.GetElapsedTime(_refreshedAt) >= _rhythm.Refresh) await WriteAllAsync(page, cancel);
        else if (!_testing) await WriteChangesAsync(page, cancel);
        var untilRefresh = _rhythm.Refresh - Time.GetElapsedTime(_refreshedAt);
        var due = untilChange < untilRefresh ? untilChange.Value : untilRefresh;

        // Timers count whole milliseconds: rounded up, or the last fraction would be waited for in a spin.
        return due > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)) : TimeSpan.Zero;
    }

    private async ValueTask SetLampTestAsync(bool on, CancellationToken cancel)
    {
        using var turn = await TurnAsync(cancel);
        _testing = on;
        await WriteAllAsync(Compose(on).Page, cancel);
    }

    private (PanelPage Page, TimeSpan? UntilChange) Compose(bool testing)
    {
        var brightness = _rhythm.Brightness.At(Time.GetUtcNow(), _services.Zone);
        lock (_faceLock)
        {
            var ages = Array.ConvertAll(_faces, face => Time.GetElapsedTime(face.ShownAt));
            var sights = _faces.Select((face, i) => face.Sight(ages[i], _wire.FlashesByItself)).ToArray();
            return (new PanelPage(sights, brightness, testing), _faces.Select((face, i) => face.UntilChange(ages[i], _wire.FlashesByItself)).Min());
        }
    }

    private async ValueTask WriteAllAsync(PanelPage page, CancellationToken cancel)
    {
        await WriteAsync(() => _wire.RefreshAsync(page, cancel));
        _begun = true;
        _refreshedAt = Time.GetTimestamp();
        for (var panel = 0; panel < _written.Length; panel++) _written[panel] = page.Sights[panel];
    }

    private async ValueTask WriteChangesAsync(PanelPage page, CancellationToken cancel)
    {
        var changed = page.Sights.Select((sight, panel) => sight != _written[panel]).ToArray();
        if (!changed.Contains(true)) return;
        await WriteAsync(() => _wire.ChangeAsync(page, changed, cancel));
        for (var panel = 0; panel < _written.Length; panel++) _written[panel] = page.Sights[panel];
    }

    private async ValueTask WriteAsync(Func<ValueTask<DeviceHealth>> write)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_lost is not null) throw Lost();
        try
        {
            Become(await write());
        }
        catch (DeviceLostException lost)
        {
            Lose(lost);
            throw;
        }
    }

    private void Lose(DeviceLostException lost)
    {
        _lost = lost;
        Become(DeviceHealth.OutOfService(lost.Fault, lost.Message));
    }

    private DeviceLostException Lost() => new(_lost!.Fault, _lost.Message, _lost);

    private void Become(DeviceHealth health)
    {
        lock (_healthLock)
        {
            // A write may end well after the link was heard to be gone.
            if (_health == health || (_lost is not null && health.State is not HealthState.OutOfService)) return;
            _health = health;
        }

        HealthChanged?.Invoke();
    }

    private async ValueTask<Turn> TurnAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        return new Turn(_turn);
    }

    /// <summary>One writer at a time: a lamp test and a refresh must not mix their bytes.</summary>
    private readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
