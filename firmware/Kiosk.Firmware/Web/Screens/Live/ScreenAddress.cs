using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>Which screen, in which language, for whom. Browsers with the same address get the same rendered parts.</summary>
internal abstract partial record ScreenAddress
{
    private ScreenAddress() { }

    public sealed record Kiosk(string Machine) : ScreenAddress;

    /// <summary>In all languages of the hall at once.</summary>
    public sealed record Hall : ScreenAddress;

    public sealed record Counter(CounterId Number, string Language) : ScreenAddress;

    public sealed record Devices(string Language) : ScreenAddress;

    /// <param name="Language">Null: the language in which the ticket was taken.</param>
    public sealed record Phone(TicketId Ticket, string? Language) : ScreenAddress;
}
