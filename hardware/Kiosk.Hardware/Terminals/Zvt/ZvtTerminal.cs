using Kiosk.Hardware.Links;
using Microsoft.Extensions.Logging;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>A card terminal that speaks ZVT. Operations and the look after it take turns; once the terminal was silent or not understood the link is given up.</summary>
internal sealed partial class ZvtTerminal : ICardTerminal
{
    /// <summary>How often an idle terminal is asked how it is, and to reach its card network even where it did not ask for that.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(15), DiagnosisInterval = TimeSpan.FromHours(12);

    private readonly TerminalTalk _talk;
    private readonly ZvtOptions _options;
    private readonly ZvtCommands _commands;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private DeviceHealth _health = DeviceHealth.Unknown;
    private long _diagnosedAt;
    private volatile bool _registered, _busy, _diagnosisDue, _unsettled;

    /// <param name="link">Owned by the terminal from now on.</param>
    public ZvtTerminal(ByteLink link, IZvtFraming framing, ZvtOptions options, string password, DriverServices services)
    {
        (_options, _time, _log) = (options, services.Time, services.Log);
        _commands = new ZvtCommands(options, password);
        _talk = new TerminalTalk(link, framing, services.Time);
        _diagnosedAt = _time.GetTimestamp();
    }

    public event Action? HealthChanged;

    public DeviceHealth Health
    {
        get
        {
            lock (_gate) return _health;
        }
    }

    public bool Ready => !_busy && CanPay;

    public string? TerminalId { get; private set; }

    private bool CanPay => _registered && !_unsettled && !_talk.Lost.IsCompleted && Health is { State: HealthState.Ok } or { State: HealthState.Degraded, Fault: not DeviceFault.Offline };

    /// <summary>Registers the host (06 00).</summary>
    /// <exception cref="DeviceLostException">The terminal did not answer, or does not take us.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (await RegisterAsync(cancel).ConfigureAwait(false) is { } refused)
            throw _talk.Lose(refused == ZvtResult.Busy ? DeviceFault.Offline : DeviceFault.NotRegistered, $"registration refused: {ResultText.Of(refused)}");
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!await LostWithinAsync(PollInterval, cancel).ConfigureAwait(false))
        {
            // A payment says more of the terminal than a question would.
            if (!await _turn.WaitAsync(TimeSpan.Zero, cancel).ConfigureAwait(false)) continue;
            try
            {
                await LookAfterAsync(diagnose: false, cancel).ConfigureAwait(false);
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
        LogLost(lost.Message);
        throw new DeviceLostException(lost.Fault, lost.Message, lost);
    }

    /// <summary>Lets the terminal reach its card network (diagnosis), then asks how it is.</summary>
    public async Task<DeviceHealth> TestAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await LookAfterAsync(diagnose: true, cancel).ConfigureAwait(false);
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

    /// <summary>Logs off where nothing is under way; whether the terminal heard it does not matter.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_registered && !_talk.Lost.IsCompleted && await _turn.WaitAsync(TimeSpan.Zero).ConfigureAwait(false))
        {
            try
            {
                await _talk.TellAsync(ZvtCommands.LogOff).ConfigureAwait(false);
            }
            catch (DeviceLostException gone)
            {
                LogFarewell(gone.Message);
            }
            finally
            {
                _turn.Release();
            }
        }

        await _talk.DisposeAsync().ConfigureAwait(false);
    }

    /// <returns>Null if the terminal took us, or its code.</returns>
    private async Task<byte?> RegisterAsync(CancellationToken cancel)
    {
        _registered = false;
        switch (await new TerminalDialogue(_talk, _options.T4, _time).RunAsync(_commands.Register, movesMoney: false, cancel).ConfigureAwait(false))
        {
            case DialogueEnd.Refused refused: return refused.Code;
            case DialogueEnd.Aborted aborted: return aborted.Code;
            case DialogueEnd.Completed completed:
                var told = StatusInformation.Read(completed.Data) ?? throw _talk.Lose(DeviceFault.NotUnderstood, "the end of the registration is malformed");
                if (told.Currency is { } currency && currency != _options.CurrencyNumber) return ZvtResult.WrongCurrency;
                TerminalId = told.TerminalId ?? TerminalId;
                _diagnosisDue = ((told.StatusByte ?? 0) & ZvtProtocol.DiagnosisNecessary) != 0;
                _registered = true;
                LogRegistered(TerminalId ?? "");
                SetHealth(_unsettled ? Unsettled : DeviceHealth.Ok);
                return null;
            default: throw new InvalidOperationException("no such end of a dialogue");
        }
    }

    private async Task LookAfterAsync(bool diagnose, CancellationToken cancel)
    {
        if (!_registered && await RegisterAsync(cancel).ConfigureAwait(false) is { } refused)
        {
            SetHealth(TerminalHealth.OfRegistration(refused));
            return;
        }

        string? trouble = null;
        if (diagnose || _diagnosisDue || _time.GetElapsedTime(_diagnosedAt) >= DiagnosisInterval) trouble = await DiagnoseAsync(cancel).ConfigureAwait(false);
        var (code, told) = await TerminalState.AskAsync(_talk, _options, _time, cancel).ConfigureAwait(false);
        _registered = code != ZvtResult.NotRegistered;
        _diagnosisDue = code == ZvtResult.DiagnosisRequired;
        SetHealth(_unsettled ? Unsettled : TerminalHealth.OfState(code, told, trouble));
    }

    /// <returns>Null if the terminal reached its network, or what it says instead.</returns>
    private async Task<string?> DiagnoseAsync(CancellationToken cancel)
    {
        (_diagnosedAt, _diagnosisDue) = (_time.GetTimestamp(), false);
        var diagnosis = new TerminalDialogue(_talk, _options.T4, _time);
        return await diagnosis.RunAsync(ZvtCommands.Diagnose, movesMoney: false, cancel).ConfigureAwait(false) switch
        {
            DialogueEnd.Aborted aborted => $"diagnosis: {ResultText.Of(aborted.Code)}",
            DialogueEnd.Refused { Code: not ZvtResult.NotPossible } refused => $"diagnosis: {ResultText.Of(refused.Code)}",
            _ when diagnosis.Statuses is [.., { Result: > 0 and var result }] => $"diagnosis: {ResultText.Of(result)}",
            _ => null,
        };
    }

    private async Task<bool> LostWithinAsync(TimeSpan interval, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(_talk.Lost, Task.Delay(interval, _time, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        return _talk.Lost.IsCompleted;
    }

    private void SetHealth(DeviceHealth health)
    {
        if (health.Detail.Length == 0) health = health with { Detail = _talk.Remark };
        lock (_gate)
        {
            // A dialogue may end well after the link was heard to be gone.
            if (_health == health || (_talk.Lost.IsCompleted && health.State != HealthState.OutOfService)) return;
            _health = health;
        }

        HealthChanged?.Invoke();
    }
}
