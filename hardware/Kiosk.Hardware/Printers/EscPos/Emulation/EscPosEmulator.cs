using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Printers.EscPos.Emulation;

/// <summary>How the emulated printer's line misbehaves.</summary>
internal enum Misbehaviour
{
    None,

    /// <summary>Each byte of an answer by itself.</summary>
    Split,

    /// <summary>Each answer is held back until something else is said.</summary>
    Late,

    /// <summary>Bytes that are no answer before each answer.</summary>
    Noise,

    /// <summary>Bytes that are no answer instead of each answer.</summary>
    Garbage,

    /// <summary>Takes everything, answers real-time questions, prints nothing.</summary>
    Stall,

    /// <summary>Loses its power after so many more bytes.</summary>
    ResetAfter,
}

/// <summary>An ESC/POS printer on a TCP port of this machine. It speaks the wire, so the driver under test runs unchanged.
/// Like many network printers it talks to one host at a time; the next waits.</summary>
public sealed partial class EscPosEmulator : IEmulator
{
    /// <summary>Answers waiting to be sent. A host that does not read them is dropped.</summary>
    private const int AnswerLimit = 1024;

    private const int PicturesShown = 6;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly EscPosMachine _machine;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<byte[]> _held = [];
    private TcpListener? _listener;
    private CancellationTokenSource _power = new();
    private Task _accepting = Task.CompletedTask;
    private ChannelWriter<byte[]>? _answers;
    private CancellationTokenSource? _session;
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Misbehaviour _misbehaviour;
    private long _bytesToReset;
    private bool _silent;

    public EscPosEmulator(EscPosOptions options, TimeProvider time)
    {
        (Options, _time) = (options, time);
        _machine = new EscPosMachine(options, Answer);
        PowerOn();
    }

    public event Action? Changed;

    public EscPosOptions Options { get; }

    /// <summary>Of 127.0.0.1. May change when the power comes back.</summary>
    public int Port { get; private set; }

    private bool Powered => _listener is not null;

    /// <summary>The latest slips that came out, newest first.</summary>
    public IReadOnlyList<string> Pictures
    {
        get
        {
            var look = Look();
            var columns = look["columns"]!.GetValue<int>();
            return [.. look["paper"]!.AsArray().Reverse().Take(PicturesShown).Select(slip => SlipPicture.ToSvg(slip!, columns))];
        }
    }

    public JsonObject Look()
    {
        lock (_gate)
        {
            var paper = _machine.Paper;
            return new JsonObject
            {
                ["paper"] = paper.Slips(),
                ["current"] = paper.Hanging(),
                ["slips"] = paper.SlipCount,
                ["paperState"] = paper.Out ? "out" : paper.NearEnd ? "near-end" : "ok",
                ["linesLeft"] = paper.Left == int.MaxValue ? null : paper.Left,
                ["cover"] = _machine.CoverOpen ? "open" : "closed",
                ["cutter"] = _machine.BladeStuck || _machine.CutterError ? "jammed" : "ok",
                ["online"] = Powered && _machine.Online,
                ["power"] = Powered ? "on" : "off",
                ["silence"] = _silent,
                ["misbehave"] = Words[_misbehaviour],
                ["buffered"] = _machine.Buffered,
                ["unknownBytes"] = _machine.Unknown,
                ["columns"] = Options.Columns,
                ["connected"] = _session is not null,
                ["port"] = Port,
            };
        }
    }

    /// <summary>Talks to one host until the link is gone, the power is cut or <paramref name="cancel"/>.
    /// The TCP port does this by itself; a test does it with a pseudo-terminal.</summary>
    /// <param name="link">Disposed at the end.</param>
    public async Task ServeAsync(ByteLink link, CancellationToken cancel)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closing.Token, _power.Token);
        var answers = Channel.CreateBounded<byte[]>(AnswerLimit);
        lock (_gate) (_session, _answers) = (session, answers.Writer);
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
            lock (_gate)
            {
                (_session, _answers) = (null, null);
                _held.Clear();
            }

            answers.Writer.Complete();
            await session.CancelAsync().ConfigureAwait(false);
            await link.DisposeAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            Changed?.Invoke();
        }
    }

    public async ValueTask DisposeAsync()
    {
        PowerOff();
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
    }

    private async Task ReceiveAsync(ByteLink link, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var count = await link.ReadAsync(buffer, Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
            Task room;
            lock (_gate)
            {
                // What was late is overtaken by the next question, and then taken for its answer.
                foreach (var late in _held) Send(late);
                _held.Clear();
                for (var i = 0; i < count && !cancel.IsCancellationRequested; i++) Take(buffer[i]);
                if (_machine.Full && _room.Task.IsCompleted) _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _machine.Full ? _room.Task : Task.CompletedTask;
            }

            Changed?.Invoke();
            await room.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    private void Take(byte value)
    {
        if (_misbehaviour == Misbehaviour.ResetAfter && _bytesToReset-- <= 0)
        {
            _misbehaviour = Misbehaviour.None;
            _machine.PowerCycle();
            _session?.Cancel();
            return;
        }

        _machine.Receive(value);
    }

    private static async Task SendAsync(ByteLink link, ChannelReader<byte[]> answers, CancellationTokenSource session)
    {
        try
        {
            await foreach (var answer in answers.ReadAllAsync(session.Token).ConfigureAwait(false))
            {
                await link.WriteAsync(answer, Timeout.InfiniteTimeSpan, session.Token).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is DeviceLostException or OperationCanceledException)
        {
            await session.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Answer(byte[] answer)
    {
        byte[] noise = [0xFF, 0x9B, 0x80];
        switch (_misbehaviour)
        {
            case Misbehaviour.Late: _held.Add(answer); break;
            case Misbehaviour.Noise: Send([.. noise, .. answer]); break;
            case Misbehaviour.Garbage: Send(noise); break;
            case Misbehaviour.Split:
                foreach (var value in answer) Send([value]);
                break;
            default: Send(answer); break;
        }
    }

    private void Send(byte[] answer)
    {
        if (_silent || _answers is null) return;
        if (!_answers.TryWrite(answer)) _session?.Cancel();
    }

    private void PowerOn()
    {
        if (Powered) return;
        _power = new CancellationTokenSource();
        _listener = Listen(Port);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        var (listener, before, power) = (_listener, _accepting, _power.Token);
        _accepting = Task.Run(() => AcceptAsync(listener, before, power), CancellationToken.None);
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start(backlog: 4);
            return listener;
        }
        catch (SocketException taken) when (port != 0 && taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // Somebody took our port while we were off.
            return Listen(0);
        }
    }

    private void PowerOff()
    {
        if (!Powered) return;
        _power.Cancel();
        _listener!.Stop();
        _listener = null;
        _machine.PowerCycle();
    }

    private async Task AcceptAsync(TcpListener listener, Task before, CancellationToken power)
    {
        await before.ConfigureAwait(false);
        while (!power.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync(power).ConfigureAwait(false);
            }
            catch (Exception off) when (off is OperationCanceledException or SocketException or ObjectDisposedException && power.IsCancellationRequested)
            {
                return;
            }

            await ServeAsync(new TcpLink(socket, $"tcp://127.0.0.1:{Port}", _time), power).ConfigureAwait(false);
        }
    }
}
