using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;

namespace Kiosk.Firmware.Web.Screens.Live;

internal abstract partial record ScreenAddress
{
    /// <summary>Screens over the day's books.</summary>
    public abstract record OfBooks : ScreenAddress;

    /// <param name="Who">Decides which controls are shown; what may be done is decided again when it is asked for.</param>
    public sealed record Today(string Language, SignedIn? Who) : OfBooks;

    public sealed record Check(string Language, SignedIn? Who) : OfBooks;

    /// <param name="Language">What the customer with that ticket chose; null, and for the next customer: the language of the ticket.</param>
    public sealed record Feedback(CounterId Number, string? Language, TicketId? Ticket) : OfBooks;
}
