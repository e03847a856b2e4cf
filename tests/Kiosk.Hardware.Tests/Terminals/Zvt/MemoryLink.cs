using System.Threading.Channels;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Terminals.Zvt;

namespace Kiosk.Hardware.Tests.Terminals.Zvt;

/// <summary>A link in memory whose far end is the test.</summary>
/// <param name="framing">Of what the host says.</param>
internal sealed class MemoryLink(IZvtFraming framing, TimeProvider time) : ByteLink("memory", time)
{
    private readonly Channel<byte[]> _toHost = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<WireSign> _heard = Channel.CreateUnbounded<WireSign>();

    public ChannelReader<WireSign> Heard => _heard.Reader;

    public void Say(params byte[] bytes) => _toHost.Writer.TryWrite(bytes);

    public void Break() => _toHost.Writer.TryComplete();

    public override ValueTask DisposeAsync()
    {
        Break();
        return ValueTask.CompletedTask;
    }

    protected override async Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            var bytes = await _toHost.Reader.ReadAsync(cancel);
            bytes.CopyTo(buffer);
            return bytes.Length;
        }
        catch (ChannelClosedException)
        {
            throw new DeviceLostException(DeviceFault.Disconnected, "memory: broken");
        }
    }

    protected override Task<int> WriteSomeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (_toHost.Reader.Completion.IsCompleted) throw new DeviceLostException(DeviceFault.Disconnected, "memory: broken");
        foreach (var value in bytes.Span)
        {
            if (framing.Receive(value) is { } sign) _heard.Writer.TryWrite(sign);
        }

        return Task.FromResult(bytes.Length);
    }
}
