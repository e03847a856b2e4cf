using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Cash.CcTalk;

/// <param name="Header"><see cref="CcTalkProtocol.Answer"/>, Nak or Busy.</param>
internal sealed record CcTalkReply(byte Header, byte[] Data)
{
    public bool Ack => Header == CcTalkProtocol.Answer && Data.Length == 0;

    /// <summary>The data, if there are so many bytes of it.</summary>
    public byte[]? Of(int length) => Header == CcTalkProtocol.Answer && Data.Length == length ? Data : null;
}

/// <summary>One question at a time to one device. An answer does not name its question: after a failure the line is listened to until it is quiet, so that a late
/// answer is nobody's.</summary>
internal sealed class CcTalkTalk(ByteLink link, CcTalkOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Harmless questions are asked so often before the device counts as silent.</summary>
    private const int Tries = 4;

    private readonly SemaphoreSlim _turn = new(1, 1);

    public string Address => link.Address;

    public string Remark => link.Remark;

    /// <summary>Asks what may be asked again: questions, and orders that change nothing the second time.</summary>
    /// <exception cref="DeviceLostException">The link is gone, or nothing that is an answer came.</exception>
    public async Task<CcTalkReply> AskAsync(byte header, params byte[] data)
    {
        var garbage = false;
        await _turn.WaitAsync();
        try
        {
            for (var tries = 0; tries < Tries; tries++)
            {
                var (reply, heard) = await OnceAsync(header, data);
                garbage |= heard;
                if (reply is null or { Header: CcTalkProtocol.Busy }) continue;

                // It may be the late answer to the first try: then that to this one is still to come.
                if (tries > 0) await QuietAsync([]);
                return reply;
            }
        }
        finally
        {
            _turn.Release();
        }

        throw garbage
            ? new DeviceLostException(DeviceFault.NotUnderstood, $"{link.Address}: header {header} was answered {Tries} times with bytes that are no answer")
            : new DeviceLostException(DeviceFault.Silent, $"{link.Address}: no answer to header {header}, asked {Tries} times");
    }

    /// <summary>Gives an order that is never to be given twice without knowing.</summary>
    /// <returns>Null: it may have been heard or not.</returns>
    /// <exception cref="DeviceLostException">The link is gone.</exception>
    public async Task<CcTalkReply?> OrderAsync(byte header, params byte[] data)
    {
        await _turn.WaitAsync();
        try
        {
            return (await OnceAsync(header, data)).Reply;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<(CcTalkReply? Reply, bool Heard)> OnceAsync(byte header, byte[] data)
    {
        var frame = CcTalkFrame.Build(options.Address, CcTalkProtocol.Host, header, data, options.Crc);
        var heard = new List<byte>();
        try
        {
            await link.WriteAsync(frame, options.Reply, CancellationToken.None);
            var since = time.GetTimestamp();
            while (true)
            {
                var left = options.Reply - time.GetElapsedTime(since);
                if (left <= TimeSpan.Zero) break;
                await ReadAsync(heard, left);

                // On a single wire one's own bytes come back first; other bytes mean that somebody else spoke at the same time.
                if (options.Echo && !heard.Take(frame.Length).SequenceEqual(frame.Take(heard.Count))) break;
                var answer = options.Echo ? heard.Skip(frame.Length).ToArray() : [.. heard];
                if (CcTalkFrame.Find(answer, CcTalkProtocol.Host, options.Address, options.Crc, out _) is { } found) return (new(found.Header, found.Data), true);
            }
        }
        catch (TimeoutException)
        {
            // Nothing more in time. Whoever asked decides.
        }

        var any = heard.Count > (options.Echo ? frame.Length : 0);
        await QuietAsync(heard);
        return (null, any);
    }

    private async Task QuietAsync(List<byte> heard)
    {
        var since = time.GetTimestamp();
        try
        {
            // A line that is never quiet has no device of this kind on it: the next question will say so.
            while (time.GetElapsedTime(since) < 4 * options.Reply) await ReadAsync(heard, options.Reply);
        }
        catch (TimeoutException)
        {
            // Quiet.
        }
    }

    private async Task ReadAsync(List<byte> heard, TimeSpan patience)
    {
        var buffer = new byte[64];
        var count = await link.ReadAsync(buffer, patience, CancellationToken.None);
        heard.AddRange(buffer[..count]);
    }
}
