using Kiosk.Hardware.Announcers.Audio;

namespace Kiosk.Hardware.Announcers.Speech;

/// <param name="Sound">Null where it cannot be said.</param>
/// <param name="Lack">Why it cannot, for the technician; empty where it can.</param>
internal readonly record struct Saying(Sound? Sound, string Lack)
{
    public static Saying Of(Sound sound) => new(sound, "");

    public static Saying No(string lack) => new(null, lack);
}

/// <summary>Turns a call into sound.</summary>
internal interface IVoice
{
    /// <summary>Why calls in this language cannot be said, as far as one can tell beforehand; null where they can.</summary>
    string? Lack(string language);

    Task<Saying> SayAsync(SpokenCall call, CancellationToken cancel);
}
