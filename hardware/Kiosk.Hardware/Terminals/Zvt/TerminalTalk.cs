using System.Threading.Channels;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>The conversation with one terminal: messages in their order, and the end of the link behind the last of them.</summary>
/// <remarks>Nothing is sent twice but frames that the terminal says it did not get, and of those none that may move money.</remarks>
internal sealed class TerminalTalk : IAsyncDisposable
{
    /// <summary>A terminal waits for an answer to each message: more than a few at once are not of ZVT.</summary>
    private const int QueueLimit = 64;

    /// <summary>PA00P016, chapter RS232: a damaged frame is sent again at most twice.</summary>
    private const int MostRepeats = 2;

    private readonly ByteLink _link;
    private readonly IZvtFraming _framing;
    private readonly TimeProvider _time;
    private readonly Channel<Apdu> _heard = Channel.CreateBounded<Apdu>(QueueLimit);
    private readonly Channel<bool> _acknowledged = Channel.CreateBounded<bool>(QueueLimit);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<DeviceLostException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    /// <param name="link">Owned by the talk from now on.</param>
    public TerminalTalk(ByteLink link, IZvtFraming framing, TimeProvider time)
    {
        (_link, _framing, _time) = (link, framing, time);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Completes when the conversation is over, with the reason. Fails if the reader died of a mistake of ours.</summary>
    public Task<DeviceLostException> Lost => _lost.Task;

    /// <summary>Tells whether anything of a message can have reached the terminal.</summary>
    public long BytesWritten => _link.BytesWritten;

    public string Remark => _link.Remark;

    /// <summary>Ends the conversation. The first reason stays.</summary>
    public DeviceLostException Lose(DeviceFault fault, string detail) => Lose(new DeviceLostException(fault, $"{_link.Address}: {detail}"));

    /// <summary>Sends a command and waits for its acknowledgement, T3. What had come before is forgotten.</summary>
    /// <param name="movesMoney">Then it is sent once, whatever happens.</param>
    /// <returns>Null if the terminal took it, or the code with which it refused.</returns>
    /// <exception cref="DeviceLostException">Nothing, or something else, was answered, or the link is gone: the command may have been taken.</exception>
    public async Task<byte?> CommandAsync(Apdu command, bool movesMoney = false)
    {
        while (_heard.Reader.TryRead(out _)) { }
        await SendAsync(command, repeats: movesMoney ? 0 : MostRepeats).ConfigureAwait(false);
        return await NextAsync(ZvtOptions.T3, CancellationToken.None).ConfigureAwait(false) switch
        {
            { Positive: true } => null,
            { IsAnswer: true } refusal => refusal.Instruction,
            { } other => throw Lose(DeviceFault.NotUnderstood, $"{command} was answered with {other}"),
            null when _framing.Midway => throw Lose(DeviceFault.NotUnderstood, $"{command} was answered with bytes that are no message"),
            null => throw Lose(DeviceFault.Silent, $"no answer to {command} within {ZvtOptions.T3.TotalSeconds:0} s"),
        };
    }

    /// <summary>Answers a message of the terminal, or breaks in with a command whose own answer comes among the messages.</summary>
    /// <exception cref="DeviceLostException">The link is gone, or did not take it in time.</exception>
    public Task AnswerAsync(Apdu answer) => SendAsync(answer, MostRepeats);

    /// <summary>Sends without waiting for anything.</summary>
    /// <exception cref="DeviceLostException">The link is gone, or did not take it in time.</exception>
    public Task TellAsync(Apdu command) => WriteAsync(_framing.Wrap(command));

    /// <summary>The next message, also one that came before the link was lost.</summary>
    /// <returns>Null if none came in time, or <paramref name="wake"/> was first.</returns>
    /// <exception cref="DeviceLostException">The link was lost first.</exception>
    public async Task<Apdu?> NextAsync(TimeSpan patience, CancellationToken wake)
    {
        if (_heard.Reader.TryRead(out var waiting)) return waiting;
        using var clock = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, wake);
        return (await ReadAsync(_heard.Reader, either.Token).ConfigureAwait(false)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task SendAsync(Apdu message, int repeats)
    {
        while (_acknowledged.Reader.TryRead(out _)) { }
        for (var tries = 0; ; tries++)
        {
            await WriteAsync(_framing.Wrap(message)).ConfigureAwait(false);
            if (!_framing.Acknowledges) return;
            using var clock = new CancellationTokenSource(ZvtOptions.T3, _time);
            var (came, taken) = await ReadAsync(_acknowledged.Reader, clock.Token).ConfigureAwait(false);
            if (!came)
                throw Lose(DeviceFault.Silent, $"the frame of {message} was not acknowledged within {ZvtOptions.T3.TotalSeconds:0} s");
            if (taken) return;
            if (tries == repeats) throw Lose(DeviceFault.NotUnderstood, $"the terminal could not read the frame of {message}");
        }
    }

    private async Task<(bool Came, T? Value)> ReadAsync<T>(ChannelReader<T> from, CancellationToken until)
    {
        try
        {
            return (true, await from.ReadAsync(until).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            return default;
        }
        catch (ChannelClosedException)
        {
            throw await Lost.ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(byte[] bytes)
    {
        if (Lost.IsCompleted) throw await Lost.ConfigureAwait(false);
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await _link.WriteAsync(bytes, ZvtOptions.T3, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException stuck)
        {
            throw Lose(DeviceFault.Silent, stuck.Message);
        }
        catch (DeviceLostException gone)
        {
            throw Lose(gone);
        }
        finally
        {
            _writing.Release();
        }
    }

    private DeviceLostException Lose(DeviceLostException reason)
    {
        _lost.TrySetResult(reason);
        _heard.Writer.TryComplete();
        _acknowledged.Writer.TryComplete();
        return reason;
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1024];
        try
        {
            while (true)
            {
                var count = await _link.ReadAsync(buffer, Timeout.InfiniteTimeSpan, _closing.Token).ConfigureAwait(false);
                for (var place = 0; place < count; place++) await HearAsync(_framing.Receive(buffer[place])).ConfigureAwait(false);
            }
        }
        catch (DeviceLostException gone)
        {
            Lose(gone);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            Lose(DeviceFault.Disconnected, "closed by us");
        }
        catch (Exception mistake)
        {
            // A deaf host would wait for ever.
            _lost.TrySetException(mistake);
            throw;
        }
        finally
        {
            _heard.Writer.TryComplete();
            _acknowledged.Writer.TryComplete();
        }
    }

    private async Task HearAsync(WireSign? sign)
    {
        switch (sign)
        {
            case WireSign.Message message:
                if (_framing.Acknowledges) await WriteAsync([DleFraming.Ack]).ConfigureAwait(false);
                if (!_heard.Writer.TryWrite(message.Apdu) && !Lost.IsCompleted) throw Lose(DeviceFault.NotUnderstood, "messages without end");
                break;
            case WireSign.Damaged: await WriteAsync([DleFraming.Nak]).ConfigureAwait(false); break;
            case WireSign.Ack: _acknowledged.Writer.TryWrite(true); break;
            case WireSign.Nak: _acknowledged.Writer.TryWrite(false); break;
            default: break;
        }
    }
}
