namespace Kiosk.Hardware.Announcers;

/// <summary>One call as it is said in one language.</summary>
/// <param name="Language">As <c>zh-CN</c>.</param>
/// <param name="Number">The ticket's number as <c>A012</c>: said letter by letter and digit by digit, as the language does it.</param>
/// <param name="Counter">Said as a number: counter 12 is "twelve", not "one two".</param>
public sealed record SpokenCall(string Language, string Number, int Counter);

/// <summary>The same call in one language or in several, said one after the other behind one chime.</summary>
public sealed record Announcement(params IReadOnlyList<SpokenCall> Calls);

public enum AnnounceOutcome
{
    /// <summary>Played to the end, in every language that there is a voice for.</summary>
    Said,

    /// <summary>The chime only: there are neither clips nor a voice for any of the languages.</summary>
    ChimeOnly,

    /// <summary>Nothing was played: quiet hours, or volume zero at this time of day.</summary>
    Quiet,
}

/// <summary>
/// A loudspeaker. One announcement at a time: whoever has several brings them one after the other. A sound that is not played at once is
/// worth nothing later: nothing is queued here.
/// </summary>
public interface IAnnouncer : IDevice
{
    /// <summary>Whether calls to this counter are to be heard here: a hall with several rooms has a loudspeaker in each.</summary>
    bool Serves(int counter);

    /// <summary>Languages in which every call is said, one after the other; empty: the ticket's own.</summary>
    IReadOnlyList<string> Languages { get; }

    /// <summary>A call that has waited longer than this is not said any more.</summary>
    TimeSpan Deadline { get; }

    /// <returns>When the last sound has left the loudspeaker.</returns>
    /// <exception cref="OperationCanceledException">Cancelled: silent within a moment.</exception>
    /// <exception cref="DeviceLostException">The sound card is gone.</exception>
    Task<AnnounceOutcome> AnnounceAsync(Announcement announcement, CancellationToken cancel);
}
