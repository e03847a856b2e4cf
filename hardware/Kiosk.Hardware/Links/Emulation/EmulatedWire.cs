using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Kiosk.Hardware.Links.Emulation;

/// <summary>The device's end of a byte link: a TCP port of this machine, or any link given to <see cref="ServeAsync"/>, with all the ways a wire can misbehave.
/// Like most devices it talks to one host at a time; the next waits.</summary>
/// <remarks>
/// An emulator implements <see cref="IWiredDevice"/>, makes its wire last in its constructor (it listens at once) and passes on:
/// <c>Changed</c>, <c>Do</c> with its own controls, <see cref="Controls"/> among its <c>Controls</c>, <see cref="Describe"/> at the end of <c>Look</c>,
/// <c>DisposeAsync</c>. Its driver opens <see cref="Address"/>. State that <c>Receive</c> touches is read and written under <see cref="Gate"/>.
/// </remarks>
internal sealed partial class EmulatedWire : IAsyncDisposable
{
    /// <summary>Answers waiting to be sent. A host that does not read them is dropped.</summary>
    private const int AnswerLimit = 1024;

    private readonly IWiredDevice _device;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<byte[]> _held = [];
    private ChannelWriter<Answer>? _answers;
    private CancellationTokenSource? _session;
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _dying;

    /// <param name="time">Of late and joined answers.</param>
    public EmulatedWire(IWiredDevice device, TimeProvider time)
    {
        (_device, _time) = (device, time);
        PowerOn();
    }

    /// <summary>Raised on any thread, outside the gate: bytes have arrived, a host came or went, a control was moved.</summary>
    public event Action? Changed;

    /// <summary>Held while the device is called.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Bytes that are no answer in the device's protocol, for noise and garbage.</summary>
    public byte[] Rubbish { get; init; } = [0xFF, 0x9B, 0x80];

    public bool Connected => _session is not null;

    /// <summary>Says something to the host. Call under <see cref="Gate"/>; without a host it is lost.</summary>
    public void Send(params ReadOnlySpan<byte> answer)
    {
        if (_silent || _dying || _answers is null) return;
        switch (_misbehaviour)
        {
            case Misbehaviour.Late when _wait == TimeSpan.Zero: _held.Add(answer.ToArray()); break;
            case Misbehaviour.Noise: Put([.. Rubbish, .. answer]); break;
            case Misbehaviour.Garbage: Put(Rubbish); break;
            case Misbehaviour.LossAfter: SendUntilLoss(answer); break;
            case Misbehaviour.Split:
                foreach (var value in answer) Put([value]);
                break;
            default: Put(answer); break;
        }
    }

    /// <summary>Talks to one host until the link is gone, the power is cut or <paramref name="cancel"/>.
    /// The TCP port does this by itself; a test does it with a pseudo-terminal.</summary>
    /// <param name="link">Disposed at the end.</param>
    public async Task ServeAsync(ByteLink link, CancellationToken cancel)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closing.Token, _power.Token);
        var answers = Channel.CreateBounded<Answer>(AnswerLimit);
        lock (Gate) (_session, _answers) = (session, answers.Writer);
        Changed?.Invoke();
        var sending = SendAsync(link, answers.Reader, session);
        try
        {
            await ReceiveAsync(link, session.Token).ConfigureAwait(false);
        }
        catch (Exception end) when (end is DeviceLostException or OperationCanceledException)
        {
            // The host hung up, or we did.
        }
        finally
        {
            lock (Gate)
            {
                (_session, _answers) = (null, null);
                _held.Clear();

                // Not where the power went: the device may have been in the middle of an answer.
                if (_dying) _device.LosePower();
                _dying = false;
            }

            answers.Writer.TryComplete();
            await session.CancelAsync().ConfigureAwait(false);
            await link.DisposeAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            Changed?.Invoke();
        }
    }

    /// <summary>Adds <c>power, silence, misbehave, connected, port</c>. Call under <see cref="Gate"/>.</summary>
    public JsonObject Describe(JsonObject look)
    {
        look["power"] = Powered ? "on" : "off";
        look["silence"] = _silent;
        look["misbehave"] = _own ?? Words[_misbehaviour];
        look["connected"] = Connected;
        look["port"] = Port;
        return look;
    }

    public async ValueTask DisposeAsync()
    {
        lock (Gate) PowerOff();
        CutConnections();
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
    }

    private async Task ReceiveAsync(ByteLink link, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        while (true)
        {
            await RoomAsync(cancel).ConfigureAwait(false);
            var count = await link.ReadAsync(buffer, Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
            await RoomAsync(cancel).ConfigureAwait(false);
            lock (Gate)
            {
                Release();
                for (var i = 0; i < count && !cancel.IsCancellationRequested && !_dying; i++) Take(buffer[i]);
            }

            Changed?.Invoke();
        }
    }

    private Task RoomAsync(CancellationToken cancel)
    {
        lock (Gate)
        {
            if (!Blocked) return Task.CompletedTask;
            if (_room.Task.IsCompleted) _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancel);
        }
    }

    private bool Blocked => _device.Full || _misbehaviour == Misbehaviour.Deaf;

    private void Take(byte value)
    {
        if (_misbehaviour == Misbehaviour.ResetAfter && _bytesLeft-- <= 0)
        {
            (_misbehaviour, _dying) = (Misbehaviour.None, true);
            _session?.Cancel();
            return;
        }

        _device.Receive(value);
    }

    private void SendUntilLoss(ReadOnlySpan<byte> answer)
    {
        var sent = (int)Math.Min(answer.Length, _bytesLeft);
        if (sent > 0) Put(answer[..sent]);
        _bytesLeft -= sent;
        if (_bytesLeft > 0) return;

        // What was said until now still reaches the host: the sender ends the session behind it.
        (_misbehaviour, _dying) = (Misbehaviour.None, true);
        _answers?.TryComplete();
    }

    // What was late is overtaken by the next question, and then taken for its answer.
    private void Release()
    {
        foreach (var late in _held) Put(late);
        _held.Clear();
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        var joins = _misbehaviour == Misbehaviour.Joined;
        var wait = joins || _misbehaviour == Misbehaviour.Late ? _wait : TimeSpan.Zero;
        if (_answers?.TryWrite(new Answer(bytes.ToArray(), _time.GetTimestamp(), wait, joins)) == false) _session?.Cancel();
    }

    private async Task SendAsync(ByteLink link, ChannelReader<Answer> answers, CancellationTokenSource session)
    {
        try
        {
            await foreach (var answer in answers.ReadAllAsync(session.Token).ConfigureAwait(false))
            {
                var left = answer.Wait - _time.GetElapsedTime(answer.Said);
                if (left > TimeSpan.Zero) await Task.Delay(left, _time, session.Token).ConfigureAwait(false);
                var bytes = answer.Bytes;
                while (answer.Joins && answers.TryRead(out var next)) bytes = [.. bytes, .. next.Bytes];
                await link.WriteAsync(bytes, Timeout.InfiniteTimeSpan, session.Token).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is DeviceLostException or OperationCanceledException)
        {
            // Nobody is there to hear it.
        }

        await session.CancelAsync().ConfigureAwait(false);
    }

    /// <param name="Said">Time stamp.</param>
    /// <param name="Wait">From then until it leaves.</param>
    private sealed record Answer(byte[] Bytes, long Said, TimeSpan Wait, bool Joins);
}
