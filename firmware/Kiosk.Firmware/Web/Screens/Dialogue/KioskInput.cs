using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Web.Screens.Dialogue;

/// <summary>What can happen at one ticket machine.</summary>
internal abstract record KioskInput
{
    private KioskInput() { }

    public sealed record LanguageChosen(string Language) : KioskInput;

    public sealed record LargeSet(bool On) : KioskInput;

    public sealed record ContrastSet(bool On) : KioskInput;

    /// <summary>The hall issued the number that was asked for in this step.</summary>
    public sealed record NumberIssued(TicketId Ticket) : KioskInput;

    /// <summary>The hall said no.</summary>
    /// <param name="Notice">Key of the sentence to show.</param>
    public sealed record NumberRefused(string Notice) : KioskInput;

    /// <summary>The hall could not decide. The step stays, so that asking again is the same request.</summary>
    /// <param name="Notice">Key of the sentence to show.</param>
    public sealed record NothingDecided(string Notice) : KioskInput;

    public sealed record MoreTimeAsked : KioskInput;

    /// <summary>The customer is done.</summary>
    public sealed record Left : KioskInput;

    public sealed record TimePassed : KioskInput;
}
