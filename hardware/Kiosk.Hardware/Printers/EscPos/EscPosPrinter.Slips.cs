using System.Security.Cryptography;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>The states of one slip, as in the table of print job states.</summary>
internal sealed partial class EscPosPrinter
{
    /// <summary>Without a marker: how long a slip is given before its end is looked at.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(2);

    /// <summary>A name is drawn, not counted: it has to differ from those that the printer still knows from before a restart.</summary>
    private static ReadOnlySpan<byte> NameLetters => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8;

    public int MillimetresOf(Slip slip) => _encoder.MillimetresOf(slip);

    /// <inheritdoc />
    /// <remarks>Cancelling before <paramref name="sending"/> throws; afterwards it ends the wait, and the slip is in doubt.</remarks>
    public async Task<PrintOutcome> PrintAsync(Slip slip, Func<Task> sending, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (await NotReadyAsync().ConfigureAwait(false) is { } fault) return new PrintOutcome.Refused(fault);

            var id = ExpectsMarker && _options.Marker == EscPosMarker.GsH ? RandomNumberGenerator.GetItems<byte>(NameLetters, 4) : null;
            var marker = id is not null ? EscPosProtocol.NamedMarker(id) : ExpectsMarker ? EscPosProtocol.Marker.ToArray() : [];
            var bytes = _encoder.Encode(slip, WantsStatusBack, marker);
            cancel.ThrowIfCancellationRequested();
            await sending().ConfigureAwait(false);
            return await SendAsync(bytes, id, cancel).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<HaltResolution> ResolveHaltAsync(CancellationToken cancel)
    {
        if (_halt is not { } halt) throw new InvalidOperationException("No slip is halted.");
        while (true)
        {
            if (await StepAsync(halt, cancel).ConfigureAwait(false) is { } resolution)
            {
                _halt = null;
                return resolution;
            }

            await LostWithinAsync(SlipPollInterval, cancel).ConfigureAwait(false);
        }
    }

    private async Task<DeviceFault?> NotReadyAsync()
    {
        if (_halt is { } halt) return halt.Fault;
        if (_talk.Lost.IsCompleted) return (await _talk.Lost.ConfigureAwait(false)).Fault;
        if (!_reports) return null;
        try
        {
            return (await RefreshAsync().ConfigureAwait(false)).Fault;
        }
        catch (DeviceLostException lost)
        {
            return lost.Fault;
        }
    }

    private async Task<PrintOutcome> SendAsync(byte[] bytes, byte[]? id, CancellationToken cancel)
    {
        var before = _link.BytesWritten;
        var marker = ExpectsMarker ? _talk.ExpectMarker(id) : null;
        try
        {
            await _talk.WriteAsync(bytes, _options.PrintTimeout, cancel).ConfigureAwait(false);
            return _reports ? await FollowAsync(marker, cancel).ConfigureAwait(false) : new PrintOutcome.Presumed();
        }
        catch (DeviceLostException lost)
        {
            return _link.BytesWritten == before ? new PrintOutcome.Refused(lost.Fault) : new PrintOutcome.InDoubt();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Half a slip may be in the printer: what follows must not be appended to it on this link.
            _talk.Lose(new DeviceLostException(DeviceFault.Disconnected, $"{_link.Address}: given up in the middle of a slip"));
            return _link.BytesWritten == before ? new PrintOutcome.Refused(DeviceFault.Disconnected) : new PrintOutcome.InDoubt();
        }
    }

    private async Task<PrintOutcome> FollowAsync(Task? marker, CancellationToken cancel)
    {
        var fault = marker is null
            ? await SettleAsync(cancel).ConfigureAwait(false)
            : await MarkerAsync(marker, cancel).ConfigureAwait(false);
        if (fault is { } stopped)
        {
            _halt = new Halt(stopped, marker);
            return new PrintOutcome.Halted(stopped);
        }

        return marker is null ? new PrintOutcome.Presumed() : new PrintOutcome.Printed();
    }

    private async Task<DeviceFault?> SettleAsync(CancellationToken cancel)
    {
        // Only loss or cancellation can end this wait early.
        await _talk.HappensAsync(_talk.Lost, SettleTime, cancel).ConfigureAwait(false);
        var condition = await RefreshAsync(_options.PrintTimeout).ConfigureAwait(false);
        return condition.StopsSlip ? condition.Fault : null;
    }

    /// <returns>Null when the marker was answered and the printer is well, or the fault that stopped the slip.</returns>
    /// <exception cref="DeviceLostException">Lost, or no marker in time.</exception>
    private async Task<DeviceFault?> MarkerAsync(Task marker, CancellationToken cancel)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var answered = await _talk.HappensAsync(marker, SlipPollInterval, cancel).ConfigureAwait(false);

            // Some printers answer even real-time questions only when they have printed: no hurry while a slip is on its way.
            var condition = await RefreshAsync(_options.PrintTimeout).ConfigureAwait(false);
            if (condition.StopsSlip) return condition.Fault;
            if (answered) return null;
            if (_time.GetElapsedTime(started) < _options.PrintTimeout) continue;

            // A marker that comes later would be taken for that of the next slip.
            throw _talk.Lose(new DeviceLostException(
                DeviceFault.Silent, $"{_link.Address}: the end of a slip was not confirmed within {_options.PrintTimeout.TotalSeconds:0.###} s"));
        }
    }

    /// <returns>Null while the fault is not mended.</returns>
    private async Task<HaltResolution?> StepAsync(Halt halt, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (halt is { Fault: DeviceFault.OutOfPaper or DeviceFault.CoverOpen, ClearTried: false, Marker: null or { IsCompleted: false } } && _options.Clear == EscPosClear.Dc4)
            {
                // At once: with paper a printer goes on with its buffer by itself, faster than anybody could stop it, and the rest would come out beside the COPY.
                halt.ClearTried = true;
                halt.Cleared = await _talk.ClearAsync(silenceIsLoss: false).ConfigureAwait(false);
            }

            var condition = await RefreshAsync().ConfigureAwait(false);
            if (condition is { Fault: DeviceFault.CutterJam } && _options.Clear != EscPosClear.None) return await TryRecoverAsync().ConfigureAwait(false);
            if (condition.Fault is not null) return null;

            // Answered before the buffer was cleared: somebody was faster, and all of it came out.
            if (halt.Marker is { IsCompleted: true }) return HaltResolution.Finished;
            if (halt.Cleared) return HaltResolution.Cleared;
            if (_options.Clear == EscPosClear.Dc4)
            {
                await _talk.ClearAsync().ConfigureAwait(false);
                return HaltResolution.Cleared;
            }

            if (halt.Marker is null) return HaltResolution.InDoubt;
            return await MarkerAsync(halt.Marker, cancel).ConfigureAwait(false) is null ? HaltResolution.Finished : null;
        }
        catch (DeviceLostException)
        {
            return HaltResolution.InDoubt;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A cutter's error stays until the printer is told to try again; while the blade is stuck it comes back.</summary>
    private async Task<HaltResolution?> TryRecoverAsync()
    {
        if (_options.Clear == EscPosClear.Dc4) await _talk.ClearAsync().ConfigureAwait(false);
        else await _talk.WriteAsync(EscPosProtocol.RecoverAndClear.ToArray(), _options.ReplyTimeout, CancellationToken.None).ConfigureAwait(false);
        return (await RefreshAsync().ConfigureAwait(false)).Fault is null ? HaltResolution.Cleared : null;
    }
}
