using Kiosk.Hardware.Links;
using static Kiosk.Hardware.Cash.Ssp.SspProtocol;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>
/// The conversation with one validator. The sequence bit toggles with each new command and stays for a retry, which the validator then answers from its memory
/// without doing anything again: so every command may be retried, also the one that takes a note (GA138, transport layer).
/// </summary>
internal sealed class SspTalk : IAsyncDisposable
{
    /// <summary>Per command, the first time included.</summary>
    private const int Tries = 3;

    private readonly FramedLine<SspFrame> _line;
    private readonly SspOptions _options;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _sequence;

    /// <param name="link">Owned by the conversation from now on.</param>
    public SspTalk(ByteLink link, SspOptions options, TimeProvider time)
    {
        var receiver = new SspReceiver();
        _line = new FramedLine<SspFrame>(link, receiver.Take, receiver.Forget, time);
        _options = options;
    }

    public Task<DeviceLostException> Lost => _line.Lost;

    /// <summary>Both sides begin anew with sequence bit 0.</summary>
    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public Task SyncAsync() => InTurnAsync(() =>
    {
        // SYNC goes out with 1: what follows it has 0.
        _sequence = true;
        return AskAgainAsync([Sync]);
    });

    /// <summary>Asks, and again where nothing or nothing readable came.</summary>
    /// <returns>The answer, whatever it is.</returns>
    /// <exception cref="DeviceLostException">The link is gone, or nothing was answered.</exception>
    public Task<SspFrame> AskAsync(params byte[] data) => InTurnAsync(() =>
    {
        _sequence = !_sequence;
        return AskAgainAsync(data);
    });

    /// <summary>Asks for something that the validator must do.</summary>
    /// <exception cref="DeviceLostException">The link is gone, nothing was answered, or not OK.</exception>
    public async Task<SspFrame> OrderAsync(params byte[] data)
    {
        var answer = await AskAsync(data);
        return answer.Code == Ok
            ? answer
            : throw _line.Lose(new DeviceLostException(DeviceFault.NotUnderstood, $"{_line.Address}: command {data[0]:X2}h was answered {NameOf(answer.Code)}"));
    }

    /// <summary>Ends the conversation. The first reason stays.</summary>
    public DeviceLostException Lose(DeviceLostException reason) => _line.Lose(reason);

    public async ValueTask DisposeAsync() => await _line.DisposeAsync();

    private async Task<SspFrame> InTurnAsync(Func<Task<SspFrame>> ask)
    {
        await _turn.WaitAsync();
        try
        {
            return await ask();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<SspFrame> AskAgainAsync(byte[] data)
    {
        var (question, heardBytes) = (new SspFrame((byte)_options.Address, _sequence, data), false);
        var bytes = question.ToBytes();
        for (var tried = 0; tried < Tries; tried++)
        {
            var (answer, heard) = await _line.AskAsync(bytes, frame => frame.Address == question.Address && frame.Sequence == question.Sequence, _options.ReplyTimeout);
            if (answer is not null) return answer;
            heardBytes |= heard;
        }

        throw _line.Lose(heardBytes
            ? new DeviceLostException(DeviceFault.NotUnderstood, $"{_line.Address}: command {question.Code:X2}h was answered with bytes that are no frame of it")
            : new DeviceLostException(DeviceFault.Silent, $"{_line.Address}: no answer to command {question.Code:X2}h, {Tries} times within {_options.ReplyTimeout.TotalSeconds:0.###} s"));
    }
}
