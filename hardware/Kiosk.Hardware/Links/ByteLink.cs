namespace Kiosk.Hardware.Links;

/// <summary>A two-way stream of bytes to a device. Every read and write has a deadline on the link's own clock.
/// One reader and one writer at a time.</summary>
public abstract class ByteLink(string address, TimeProvider time) : IAsyncDisposable
{
    private long _written;

    /// <summary>As in hall.json; begins the details of every failure.</summary>
    public string Address { get; } = address;

    /// <summary>For the technician, in English: what the link could not do of what was asked, as "low latency is not to be had here: ENOTTY". Empty if nothing.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Bytes that the kernel has taken, or may have taken, since the link was opened. Tells whether a failed write can have begun.</summary>
    public long BytesWritten => Interlocked.Read(ref _written);

    /// <summary>Waits for at least one byte.</summary>
    /// <exception cref="TimeoutException">Nothing came in time. The link is as good as before.</exception>
    /// <exception cref="DeviceLostException">The link is gone.</exception>
    public async Task<int> ReadAsync(Memory<byte> buffer, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = new Deadline(patience, time, cancel);
        try
        {
            return await ReadSomeAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{Address}: nothing came within {patience.TotalSeconds:0.###} s");
        }
    }

    /// <summary>Writes all of it.</summary>
    /// <exception cref="TimeoutException">Not all was taken in time; <see cref="BytesWritten"/> says how much.</exception>
    /// <exception cref="DeviceLostException">The link is gone.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = new Deadline(patience, time, cancel);
        try
        {
            while (!bytes.IsEmpty)
            {
                var taken = await WriteSomeAsync(bytes, limit.Token).ConfigureAwait(false);
                Interlocked.Add(ref _written, taken);
                bytes = bytes[taken..];
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{Address}: not written within {patience.TotalSeconds:0.###} s");
        }
    }

    /// <returns>At least 1.</returns>
    protected abstract Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancel);

    /// <returns>At least 1.</returns>
    protected abstract Task<int> WriteSomeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>For a write that failed without saying how much was taken.</summary>
    protected void MayHaveTaken(int count) => Interlocked.Add(ref _written, count);

    public abstract ValueTask DisposeAsync();

    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource _clock;
        private readonly CancellationTokenSource _either;

        public Deadline(TimeSpan patience, TimeProvider time, CancellationToken cancel)
        {
            _clock = new CancellationTokenSource(patience, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancel);
        }

        public CancellationToken Token => _either.Token;

        public void Dispose()
        {
            _either.Dispose();
            _clock.Dispose();
        }
    }
}
