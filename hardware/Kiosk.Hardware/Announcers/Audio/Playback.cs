namespace Kiosk.Hardware.Announcers.Audio;

/// <summary>Feeds a card: in time, without ever waiting in the kernel, and only as long as the card goes on taking samples.</summary>
internal sealed class Playback(IPcm pcm, TimeProvider time)
{
    /// <summary>How often the card is looked at: a fraction of what it holds, and the longest that a cancelled sound is heard on.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(40);

    /// <summary>A card that has taken nothing for so long, beyond what it holds, is stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>When the last sample has left the loudspeaker.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, and silent.</exception>
    /// <exception cref="DeviceLostException">The card is gone, or takes no more samples.</exception>
    public async Task PlayAsync(Sound sound, CancellationToken cancel)
    {
        try
        {
            pcm.Prepare();
            await FeedAsync(sound.Samples, cancel);
            await DrainAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            pcm.Drop();
            throw;
        }
    }

    private async Task FeedAsync(ReadOnlyMemory<short> rest, CancellationToken cancel)
    {
        var moved = time.GetTimestamp();
        while (!rest.IsEmpty)
        {
            cancel.ThrowIfCancellationRequested();

            // The host was too slow for a moment: a gap in the word, and on with it.
            if (pcm.State == PcmState.Underrun) pcm.Prepare();
            var taken = pcm.Write(rest.Span);
            if (taken > 0)
            {
                rest = rest[taken..];
                moved = time.GetTimestamp();
                continue;
            }

            if (time.GetElapsedTime(moved) > pcm.Buffer + Patience) throw Stuck(moved);
            await Task.Delay(LookEvery, time, cancel);
        }
    }

    private async Task DrainAsync(CancellationToken cancel)
    {
        var moved = time.GetTimestamp();
        for (pcm.Drain(); pcm.State == PcmState.Draining; await Task.Delay(LookEvery, time, cancel))
        {
            if (time.GetElapsedTime(moved) > pcm.Buffer + Patience) throw Stuck(moved);
        }

        if (pcm.State == PcmState.Gone) throw new DeviceLostException(DeviceFault.Disconnected, "the sound card went away while it played");
    }

    private DeviceLostException Stuck(long moved) =>
        new(DeviceFault.Silent, $"the sound card has taken no sample for {time.GetElapsedTime(moved).TotalSeconds:0.#} s");
}
