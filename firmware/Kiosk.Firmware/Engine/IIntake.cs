using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <param name="RequestId">Names the input for ever: repeated, it gets the first answer again. 1 to <see cref="IdLimit"/> signs, no blanks.</param>
/// <param name="Source">Who or what asked: <c>api</c>, <c>kiosk</c>, <c>counter-3</c>, <c>keys</c>.</param>
/// <param name="Mark">Short digest of what was asked, or empty: the same id with another mark is a mistake of the caller.</param>
/// <param name="Who">The member of staff who asked, or null.</param>
public sealed record Request(string RequestId, string Source, HallCommand Command, string Mark = "", string? Who = null)
{
    public const int IdLimit = 100;

    /// <summary>A request nobody will repeat.</summary>
    public static Request Once(string source, HallCommand command, string? who = null) => new(Guid.NewGuid().ToString("N"), source, command, Who: who);
}

/// <summary>What became of a request: its events, durable; or the reason why not.</summary>
/// <param name="Repeated">The request had been answered before; these are the events of then. Without events and rejection: its id was used for something else.</param>
public sealed record Answer(ImmutableArray<Recorded> Events, Rejection? Rejection, bool Repeated);

/// <summary>The one door to the engine. Every input of people, keys, screens and devices goes through it.</summary>
public interface IIntake
{
    /// <exception cref="JournalUnavailableException">Nothing was decided; the same request may be sent again.</exception>
    /// <exception cref="IntakeFullException">More inputs wait than the engine may hold.</exception>
    Task<Answer> AskAsync(Request request, CancellationToken cancel);
}

/// <summary>Too many inputs wait: try again in a moment.</summary>
public sealed class IntakeFullException() : Exception("The hall is handling too many requests at once; send the request again.");
