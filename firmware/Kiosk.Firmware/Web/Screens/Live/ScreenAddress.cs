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

    /// <param name="Only">The service whose customers are listed; null: all.</param>
    /// <param name="Chosen">The ticket that the guide is busy with.</param>
    /// <param name="Acts">Whoever looks may also issue, prioritise and move.</param>
    public sealed record Guide(string Language, ServiceId? Only, TicketId? Chosen, bool Acts) : ScreenAddress
    {
        public string Path => With(null);

        /// <param name="more">A further part of the query: <c>said=…</c>.</param>
        public string With(string? more) => $"/guide?lang={Language}" + (Only is { } service ? $"&service={service}" : "") + (Chosen is { } ticket ? $"&ticket={ticket}" : "") + (more is null ? "" : "&" + more);
    }

    /// <param name="Language">Null: the language in which the ticket was taken.</param>
    public sealed record Phone(TicketId Ticket, string? Language) : ScreenAddress;
}
