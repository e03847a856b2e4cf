using Kiosk.Hardware.Links;
using static Kiosk.Hardware.Cash.Id003.Id003Protocol;

namespace Kiosk.Hardware.Cash.Id003;

/// <summary>
/// The conversation with one acceptor. Messages have no number, so that a late answer would answer the next question: silence ends the conversation.
/// What may be asked again is asked again only where the answer came and was not readable.
/// </summary>
internal sealed class Id003Talk : IAsyncDisposable
{
    private const int Tries = 3;

    /// <summary>Behind opening: what was late for the last opening has come by then, and is dropped.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private readonly FramedLine<Id003Frame> _line;
    private readonly Id003Options _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="link">Owned by the conversation from now on.</param>
    public Id003Talk(ByteLink link, Id003Options options, TimeProvider time)
    {
        var receiver = new Id003Receiver();
        _line = new FramedLine<Id003Frame>(link, receiver.Take, receiver.Forget, time);
        (_options, _time) = (options, time);
    }

    public Task<DeviceLostException> Lost => _line.Lost;

    public Task SettleAsync() => Task.Delay(Settle, _time);

    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public async Task<Id003Frame> StatusAsync() => await AskAsync(new Id003Frame(StatusRequest), frame => IsStatus(frame.Code), Tries) ?? throw Unreadable(StatusRequest);

    /// <summary>Sets, or asks for a setting: answered with itself.</summary>
    /// <returns>Null: INVALID COMMAND, not possible now or not known.</returns>
    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public async Task<Id003Frame?> SetAsync(byte code, params byte[] data)
    {
        var answer = await AskAsync(new Id003Frame(code, data), frame => frame.Code == code || frame.Code == InvalidCommand, Tries) ?? throw Unreadable(code);
        return answer.Code == code ? answer : null;
    }

    /// <summary>Orders something. Never repeated here: where the answer is not readable, the status tells whether it was heard.</summary>
    /// <returns>Whether it was acknowledged.</returns>
    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public async Task<bool> OrderAsync(byte code) =>
        (await AskAsync(new Id003Frame(code), frame => frame.Code is Ack or InvalidCommand, 1))?.Code == Ack;

    /// <summary>Has no answer.</summary>
    public async Task AcknowledgeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await _line.WriteAsync(new Id003Frame(Ack).ToBytes());
        }
        finally
        {
            _turn.Release();
        }
    }

    public DeviceLostException Lose(DeviceFault fault, string detail) => _line.Lose(new DeviceLostException(fault, $"{_line.Address}: {detail}"));

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    /// <returns>Null: something came, and it was no answer.</returns>
    private async Task<Id003Frame?> AskAsync(Id003Frame question, Func<Id003Frame, bool> answers, int tries)
    {
        await _turn.WaitAsync();
        try
        {
            var bytes = question.ToBytes();
            for (var tried = 0; tried < tries; tried++)
            {
                var (answer, heardBytes) = await _line.AskAsync(bytes, answers, _options.ReplyTimeout);
                if (answer is not null) return answer;
                if (!heardBytes) throw Lose(DeviceFault.Silent, $"no answer to command {question.Code:X2}h within {_options.ReplyTimeout.TotalSeconds:0.###} s");
            }

            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private DeviceLostException Unreadable(byte code) => Lose(DeviceFault.NotUnderstood, $"command {code:X2}h was answered with bytes that are no answer to it");
}
