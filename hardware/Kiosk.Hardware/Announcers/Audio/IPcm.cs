namespace Kiosk.Hardware.Announcers.Audio;

internal enum PcmState
{
    /// <summary>Nothing plays; takes samples after <see cref="IPcm.Prepare"/>.</summary>
    Stopped,

    /// <summary>Takes samples, and begins to play by itself when it has enough.</summary>
    Prepared,
    Running,

    /// <summary>Ran out of samples; takes none until it is prepared again.</summary>
    Underrun,

    /// <summary>Plays what is left.</summary>
    Draining,

    /// <summary>The card is gone.</summary>
    Gone,
}

/// <summary>A sound card's playback as the kernel gives it to a program: one channel, 16 bit. No call waits; <see cref="Playback"/> looks again in a moment.</summary>
internal interface IPcm : IDisposable
{
    int Rate { get; }

    /// <summary>How much it holds ahead of the loudspeaker.</summary>
    TimeSpan Buffer { get; }

    PcmState State { get; }

    /// <exception cref="DeviceLostException">The card is gone.</exception>
    void Prepare();

    /// <returns>Samples taken; 0 where there is no room now, and after an underrun.</returns>
    /// <exception cref="DeviceLostException">The card is gone.</exception>
    int Write(ReadOnlySpan<short> samples);

    /// <summary>No more samples come: play what is there, then stop.</summary>
    void Drain();

    /// <summary>Silent now.</summary>
    void Drop();

    /// <summary>For those who look on: what the next samples say. A card has no use for it.</summary>
    void Describe(string words) { }
}
