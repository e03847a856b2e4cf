using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash;

/// <summary>A line on which one side asks and the other answers, frame by frame: one reader for the life of the link, one question at a time.</summary>
/// <param name="take">Bytes to frames: a frame when this byte ends one, otherwise null. Called by the reader alone.</param>
internal sealed class FramedLine<TFrame> : IAsyncDisposable
    where TFrame : class
{
    /// <summary>The kernel takes a frame at once; only a link that nobody reads any more makes us wait.</summary>
    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(5);

    private readonly ByteLink _link;
    private readonly Func<byte, TFrame?> _take;
    private readonly Action _forget;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<DeviceLostException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    /// <summary>Completes with null when the link is lost. Whoever waits goes on within the reader's call: on a slow line nothing is gained by another thread.</summary>
    private (Func<TFrame, bool> Answers, TaskCompletionSource<TFrame?> Heard)? _asked;
    private bool _heardBytes;

    /// <param name="forget">What has come of a frame that was never finished. Called before each question.</param>
    public FramedLine(ByteLink link, Func<byte, TFrame?> take, Action forget, TimeProvider time)
    {
        (_link, _take, _forget, _time) = (link, take, forget, time);
        _reading = ReadAsync();
    }

    public string Address => _link.Address;

    /// <summary>Completes when the link is over, with the reason. Fails if the reader died of a mistake of ours.</summary>
    public Task<DeviceLostException> Lost => _lost.Task;

    /// <summary>Asks once. Takes no cancellation: a question on its way has to be waited for, and that is bounded.</summary>
    /// <param name="answers">Which frame is the answer; any other is dropped.</param>
    /// <returns>The answer, or null if none came in time; then whether any byte came at all.</returns>
    /// <exception cref="DeviceLostException">The link is gone.</exception>
    public async Task<(TFrame? Answer, bool HeardBytes)> AskAsync(byte[] frame, Func<TFrame, bool> answers, TimeSpan patience)
    {
        var heard = new TaskCompletionSource<TFrame?>();
        lock (_gate)
        {
            _forget();
            (_asked, _heardBytes) = ((answers, heard), false);
        }

        await WriteAsync(frame).ConfigureAwait(false);
        try
        {
            return (await heard.Task.WaitAsync(patience, _time).ConfigureAwait(false) ?? throw await LostAgainAsync().ConfigureAwait(false), true);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                _asked = null;
                return (null, _heardBytes);
            }
        }
    }

    /// <summary>Says something that has no answer.</summary>
    /// <exception cref="DeviceLostException">The link is gone, or did not take it in time.</exception>
    public async Task WriteAsync(byte[] frame)
    {
        if (Lost.IsCompleted) throw await LostAgainAsync().ConfigureAwait(false);
        try
        {
            await _link.WriteAsync(frame, WritePatience, CancellationToken.None).ConfigureAwait(false);
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

    /// <summary>Ends the conversation. The first reason stays.</summary>
    public DeviceLostException Lose(DeviceLostException reason)
    {
        _lost.TrySetResult(reason);
        TaskCompletionSource<TFrame?>? waiting;
        lock (_gate) (waiting, _asked) = (_asked?.Heard, null);
        waiting?.TrySetResult(null);
        return reason;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task<DeviceLostException> LostAgainAsync()
    {
        var first = await Lost.ConfigureAwait(false);
        return new DeviceLostException(first.Fault, first.Message, first);
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
            // A deaf acceptor would look like a silent one for ever.
            _lost.TrySetException(mistake);
            throw;
        }
    }

    private void Deliver(byte value)
    {
        TFrame? frame;
        TaskCompletionSource<TFrame?>? waiting = null;
        lock (_gate)
        {
            _heardBytes = true;
            frame = _take(value);
            if (frame is not null && _asked is { } asked && asked.Answers(frame)) (waiting, _asked) = (asked.Heard, null);
        }

        waiting?.TrySetResult(frame);
    }
}
