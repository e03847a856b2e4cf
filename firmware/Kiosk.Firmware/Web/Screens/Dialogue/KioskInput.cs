using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Web.Screens.Dialogue;

/// <summary>What can happen at one ticket machine.</summary>
internal abstract partial record KioskInput
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

    /// <summary>The hall wants to know first whether the customer minds a long wait.</summary>
    public sealed record LongWaitMet(ServiceId Service) : KioskInput;

    public sealed record CheckInChosen : KioskInput;

    /// <param name="Place">How many digits stood there when the key was pressed: the same press twice is one digit.</param>
    public sealed record DigitPressed(char Digit, int Place) : KioskInput;

    public sealed record DigitErased(int Place) : KioskInput;

    /// <summary>No appointment has the code that was typed.</summary>
    public sealed record CodeUnknown : KioskInput;

    /// <summary>Back to the choice of services.</summary>
    public sealed record SteppedBack : KioskInput;

    /// <summary>The hall could not decide. The step stays, so that asking again is the same request.</summary>
    /// <param name="Notice">Key of the sentence to show.</param>
    public sealed record NothingDecided(string Notice) : KioskInput;

    public sealed record MoreTimeAsked : KioskInput;

    /// <summary>The customer is done.</summary>
    public sealed record Left : KioskInput;

    public sealed record TimePassed : KioskInput;
}
