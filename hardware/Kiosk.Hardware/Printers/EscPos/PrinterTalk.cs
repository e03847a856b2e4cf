using Kiosk.Hardware.Links;
using static Kiosk.Hardware.Printers.EscPos.EscPosProtocol;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>The conversation with a printer: one reader for the life of the link, one question at a time.
/// A question without an answer ends the conversation, so that a late answer never answers the next question.</summary>
internal sealed class PrinterTalk : IAsyncDisposable
{
    private readonly ByteLink _link;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ReplyDemultiplexer _replies = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<DeviceLostException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private TaskCompletionSource<byte>? _status;
    private TaskCompletionSource? _marker, _cleared;
    private bool _garbage;

    public PrinterTalk(ByteLink link, TimeSpan patience, TimeProvider time)
    {
        (_link, _patience, _time) = (link, patience, time);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Completes when the conversation is over, with the reason. Fails if the reader died of a mistake of ours.</summary>
    public Task<DeviceLostException> Lost => _lost.Task;

    /// <summary>Automatic status back. Raised by the reader; must not block.</summary>
    public event Action<PrinterCondition>? StatusBack;

    /// <summary>An answer to a question that nobody asks any more. Raised by the reader; must not block.</summary>
    public event Action? LateStatus;

    /// <summary>Asks DLE EOT n. Takes no cancellation: a question on its way has to be waited for, and that is bounded.</summary>
    /// <returns>Null if nothing was answered in time; then the conversation goes on only if <paramref name="silenceIsLoss"/> is false.</returns>
    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public async Task<byte?> AskAsync(byte n, TimeSpan patience, bool silenceIsLoss = true)
    {
        var answer = new TaskCompletionSource<byte>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) (_status, _garbage) = (answer, false);
        await WriteAsync(Ask(n), patience, CancellationToken.None).ConfigureAwait(false);
        if (await HappensAsync(answer.Task, patience, CancellationToken.None).ConfigureAwait(false)) return await answer.Task.ConfigureAwait(false);

        lock (_gate) _status = null;
        if (!silenceIsLoss) return null;
        throw Lose(_garbage
            ? new DeviceLostException(DeviceFault.NotUnderstood, $"{_link.Address}: DLE EOT {n} was answered with bytes that are no status")
            : new DeviceLostException(DeviceFault.Silent, $"{_link.Address}: no answer to DLE EOT {n} within {patience.TotalSeconds:0.###} s"));
    }

    /// <summary>Asks all four.</summary>
    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public async Task<PrinterCondition> AskConditionAsync(TimeSpan patience)
    {
        var printer = await AskAsync(PrinterStatus, patience).ConfigureAwait(false);
        var offline = await AskAsync(OfflineCause, patience).ConfigureAwait(false);
        var error = await AskAsync(ErrorCause, patience).ConfigureAwait(false);
        var paper = await AskAsync(PaperSensors, patience).ConfigureAwait(false);
        return PrinterCondition.FromReplies(printer!.Value, offline!.Value, error!.Value, paper!.Value);
    }

    /// <summary>To be called before the bytes that end with a marker are written.</summary>
    /// <param name="id">Null for a marker without a name.</param>
    /// <returns>Completes when it is answered.</returns>
    public Task ExpectMarker(byte[]? id)
    {
        lock (_gate)
        {
            _marker = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_replies.MarkerAwaited, _replies.NamedMarkerAwaited) = (id is null, id is null ? null : Named(id));
            return _marker.Task;
        }
    }

    /// <summary>Clears the printer's buffers. Sends nothing else until it is answered.</summary>
    /// <param name="silenceIsLoss">False where the printer may be unable to hear it now.</param>
    /// <returns>Whether it was answered.</returns>
    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public async Task<bool> ClearAsync(bool silenceIsLoss = true)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _cleared = done;
            _replies.ClearedAwaited = true;
        }

        await WriteAsync(ClearBuffers.ToArray(), _patience, CancellationToken.None).ConfigureAwait(false);
        var answered = await HappensAsync(done.Task, _patience, CancellationToken.None).ConfigureAwait(false);
        if (!answered && !silenceIsLoss) return false;
        if (!answered)
            throw Lose(new DeviceLostException(DeviceFault.Silent, $"{_link.Address}: no answer to DLE DC4 within {_patience.TotalSeconds:0.###} s"));
        lock (_gate) (_replies.MarkerAwaited, _replies.NamedMarkerAwaited) = (false, null);
        return true;
    }

    /// <exception cref="DeviceLostException">The link is gone, or did not take it in time.</exception>
    /// <exception cref="OperationCanceledException">Part of it may have been written.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan patience, CancellationToken cancel)
    {
        if (Lost.IsCompleted) throw await Lost.ConfigureAwait(false);
        try
        {
            await _link.WriteAsync(bytes, patience, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException stuck)
        {
            throw Lose(new DeviceLostException(DeviceFault.Silent, stuck.Message, stuck));
        }
        catch (DeviceLostException gone)
        {
            throw Lose(gone);
        }
    }

    /// <returns>False if the time is over first.</returns>
    /// <exception cref="DeviceLostException">The link was lost first.</exception>
    public async Task<bool> HappensAsync(Task awaited, TimeSpan patience, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var clock = Task.Delay(patience, _time, stop.Token);
        var first = await Task.WhenAny(awaited, Lost, clock).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        if (awaited.IsCompleted) return true;
        if (first == Lost) throw await Lost.ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>Ends the conversation. The first reason stays.</summary>
    public DeviceLostException Lose(DeviceLostException reason)
    {
        _lost.TrySetResult(reason);
        return reason;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[256];
        try
        {
            while (true)
            {
                var count = await _link.ReadAsync(buffer, Timeout.InfiniteTimeSpan, _closing.Token).ConfigureAwait(false);
                for (var i = 0; i < count; i++) Deliver(buffer[i]);
            }
        }
        catch (DeviceLostException gone)
        {
            Lose(gone);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            Lose(new DeviceLostException(DeviceFault.Disconnected, $"{_link.Address}: closed by us"));
        }
        catch (Exception mistake)
        {
            // A deaf printer would look like a silent one for ever.
            _lost.TrySetException(mistake);
            throw;
        }
    }

    private void Deliver(byte value)
    {
        PrinterReply? reply;
        TaskCompletionSource<byte>? asked = null;
        lock (_gate)
        {
            reply = _replies.Take(value);
            if (reply is PrinterReply.Status) (asked, _status) = (_status, null);
            if (reply is PrinterReply.Garbage) _garbage = true;
        }

        switch (reply)
        {
            case PrinterReply.Status status when asked is not null: asked.TrySetResult(status.Value); break;
            case PrinterReply.Status: LateStatus?.Invoke(); break;
            case PrinterReply.Marker: _marker?.TrySetResult(); break;
            case PrinterReply.Cleared: _cleared?.TrySetResult(); break;
            case PrinterReply.StatusBack back: StatusBack?.Invoke(back.Condition); break;
            default: break;
        }
    }
}
