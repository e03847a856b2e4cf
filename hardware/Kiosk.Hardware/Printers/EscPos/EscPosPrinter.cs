using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>Prints over any byte link that an ESC/POS printer listens on, and knows what became of each slip as far as the printer can tell.</summary>
/// <remarks>Status and slips take turns on the link. Once a question stays unanswered the link is given up:
/// <see cref="RunAsync"/> throws and the supervisor opens a new one.</remarks>
internal sealed partial class EscPosPrinter : ITicketPrinter
{
    /// <summary>How often the printer is asked how it is, when idle and while a slip is on its way.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2), SlipPollInterval = TimeSpan.FromMilliseconds(500);

    private readonly ByteLink _link;
    private readonly EscPosOptions _options;
    private readonly SlipEncoder _encoder;
    private readonly TimeProvider _time;
    private readonly PrinterTalk _talk;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();

    /// <summary>False for a printer that cannot tell its state.</summary>
    private readonly bool _reports;

    private DeviceHealth _health = DeviceHealth.Unknown;
    private Halt? _halt;

    /// <param name="talk">Over <paramref name="link"/>; owned by the printer from now on.</param>
    public EscPosPrinter(ByteLink link, PrinterTalk talk, bool reports, EscPosOptions options, SlipEncoder encoder, TimeProvider time)
    {
        (_link, _talk, _reports, _options, _encoder, _time) = (link, talk, reports, options, encoder, time);
        _talk.StatusBack += condition => SetHealth(condition.Health);
        if (!reports) SetHealth(DeviceHealth.Degraded(DeviceFault.NoStatus, "does not report its status"));
    }

    public event Action? HealthChanged;

    public DeviceHealth Health
    {
        get
        {
            lock (_gate) return _health;
        }
    }

    public bool Ready => _halt is null && !_talk.Lost.IsCompleted && Health.State is HealthState.Ok or HealthState.Degraded;

    public double? RollMetres => _options.RollMetres;

    private bool ExpectsMarker => _reports && _options.Marker != EscPosMarker.None;

    private bool WantsStatusBack => _reports && _options.Status == EscPosStatus.Asb;

    /// <summary>Asks for the state once, and turns automatic status back on where the profile has it.</summary>
    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public async Task StartAsync()
    {
        if (!_reports) return;
        if (WantsStatusBack) await _talk.WriteAsync(EscPosProtocol.EnableStatusBack.ToArray(), _options.ReplyTimeout, CancellationToken.None).ConfigureAwait(false);
        await RefreshAsync().ConfigureAwait(false);
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!await LostWithinAsync(PollInterval, cancel).ConfigureAwait(false))
        {
            if (!_reports) continue;
            await _turn.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                await RefreshAsync().ConfigureAwait(false);
            }
            catch (DeviceLostException) when (_talk.Lost.IsCompleted)
            {
                // Told below, with the first reason.
            }
            finally
            {
                _turn.Release();
            }
        }

        var lost = await _talk.Lost.ConfigureAwait(false);
        SetHealth(DeviceHealth.OutOfService(lost.Fault, lost.Message));
        throw new DeviceLostException(lost.Fault, lost.Message, lost);
    }

    public async Task<DeviceHealth> TestAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_reports) await RefreshAsync().ConfigureAwait(false);
        }
        catch (DeviceLostException lost)
        {
            SetHealth(DeviceHealth.OutOfService(lost.Fault, lost.Message));
        }
        finally
        {
            _turn.Release();
        }

        return Health;
    }

    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    private async Task<bool> LostWithinAsync(TimeSpan interval, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(_talk.Lost, Task.Delay(interval, _time, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        return _talk.Lost.IsCompleted;
    }

    private async Task<PrinterCondition> RefreshAsync(TimeSpan? patience = null)
    {
        var condition = await _talk.AskConditionAsync(patience ?? _options.ReplyTimeout).ConfigureAwait(false);
        SetHealth(condition.Health);
        return condition;
    }

    private void SetHealth(DeviceHealth health)
    {
        // A missing font or a slower port does not put the printer out of service, but the technician should see it.
        if (health.Detail.Length == 0) health = health with { Detail = string.Join("; ", new[] { _encoder.Trouble, _link.Remark }.Where(part => part.Length > 0)) };
        lock (_gate)
        {
            if (_health == health) return;
            _health = health;
        }

        HealthChanged?.Invoke();
    }

    /// <param name="Marker">Completes when the halted slip is out after all; null where the printer has no marker.</param>
    private sealed record Halt(DeviceFault Fault, Task? Marker)
    {
        /// <summary>The buffer was told to forget the rest while the fault lasted; a printer that is off line need not hear it.</summary>
        public bool ClearTried { get; set; }

        public bool Cleared { get; set; }
    }
}
