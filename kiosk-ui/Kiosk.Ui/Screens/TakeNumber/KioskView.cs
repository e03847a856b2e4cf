using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;
using Kiosk.Ui.Screens.Pay;

namespace Kiosk.Ui.Screens.TakeNumber;

/// <summary>Where the customer's paper is.</summary>
public enum PaperState
{
    /// <summary>The hall has no ticket printer, or no paper was asked for.</summary>
    None,
    Printing,

    /// <summary>It came out.</summary>
    Ready,

    /// <summary>It does not come out: remember the number.</summary>
    Missing,

    /// <summary>Nobody knows whether it came out.</summary>
    InDoubt,
}

/// <summary>What one ticket machine shows.</summary>
/// <param name="Step">Names this step of the dialogue: sent back with a choice, so that pressing twice is one request.</param>
/// <param name="Notice">Key of a sentence about what just went wrong, or null.</param>
/// <param name="WarnUntil">When the screen clears itself unless somebody touches it; null while no warning shows.</param>
/// <param name="Ticket">The number just taken, or null on the step that chooses a service.</param>
/// <param name="Full">Services whose tickets of the day have all been issued.</param>
/// <param name="PaperFault">Why no paper comes (<c>OutOfPaper</c>), as far as known.</param>
/// <param name="QrContent">For the customer's phone, or null.</param>
public sealed record KioskView(
    HallProfile Profile,
    Board Board,
    string Language,
    bool Large,
    bool Contrast,
    string Step,
    string? Notice,
    DateTimeOffset? WarnUntil,
    TicketView? Ticket,
    ImmutableHashSet<ServiceId> Full,
    PaperState Paper,
    string? PaperFault,
    bool PrinterDown,
    string? QrContent)
{
    /// <summary>The service about whose long wait the customer is asked, or null.</summary>
    public ServiceId? Asked { get; init; }

    /// <summary>What was typed of an appointment's code; null where no code is asked for.</summary>
    public string? Code { get; init; }

    /// <summary>No number can be issued now, whatever is chosen.</summary>
    public bool OutOfUse { get; init; }

    /// <summary>The step of paying a bill that shows; null: none is paid.</summary>
    public PayView? Pay { get; init; }

    /// <summary>What the self-service terminal can do now; null: the hall has none.</summary>
    public PayReady? Payments { get; init; }

    public int CodeLength { get; init; } = 6;

    public Phrases T => Phrases.In(Language);
}
