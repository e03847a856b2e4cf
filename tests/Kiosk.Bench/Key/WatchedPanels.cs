using System.Diagnostics;
using Kiosk.Hardware.Displays.Max7219;
using Kiosk.Hardware.Links;

namespace Kiosk.Bench.Key;

/// <summary>The wire to the panels: what is written goes on to the emulated chips, and the moment at which the last digit of a change was taken is noted.</summary>
internal sealed class WatchedPanels(ISpiLink chips) : ISpiLink
{
    private volatile TaskCompletionSource<long> _written = New();

    /// <summary>Timestamp of the next whole change from now on. Ask before it can come.</summary>
    public Task<long> Next() => (_written = New()).Task;

    public void Transfer(ReadOnlySpan<byte> bytes)
    {
        chips.Transfer(bytes);
        if (LastDigit(bytes)) _written.TrySetResult(Stopwatch.GetTimestamp());
    }

    public void Dispose() => chips.Dispose();

    // Each chip's word is register and data; digits go from the left to the right, which is the first register.
    private static bool LastDigit(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at += 2)
        {
            if (bytes[at] == Max7219Protocol.FirstDigit) return true;
        }

        return false;
    }

    private static TaskCompletionSource<long> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
