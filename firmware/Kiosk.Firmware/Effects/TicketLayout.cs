using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;
using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.Templates;
using Kiosk.Ui;

namespace Kiosk.Firmware.Effects;

/// <summary>What stands on a ticket.</summary>
/// <param name="PublicUrl">Where the customer's phone reaches this host; null: no address is printed.</param>
internal sealed record TicketLayout(HallProfile Profile, Uri? PublicUrl, SlipShelf Templates)
{
    /// <summary>Null where the hall no longer knows the ticket.</summary>
    public Slip? Compose(HallState hall, SlipId id)
    {
        if (!hall.Tickets.TryGetValue(id.Ticket, out var ticket)) return null;

        return Templates.Current(SlipKind.Ticket).Compose(ticket.Language, new Dictionary<string, string>
        {
            ["hall"] = Profile.Name.In(ticket.Language),
            ["number"] = ticket.Number.ToString(),
            ["service"] = Profile.Service(ticket.Service)?.Name.In(ticket.Language) ?? ticket.Service.Value,
            ["ahead"] = ticket.Ahead.ToString(CultureInfo.InvariantCulture),
            ["wait"] = ToldWait.Of(hall, ticket) is { } told ? Phrases.In(ticket.Language).WaitAloud(told) : "",
            ["link"] = PublicUrl is null ? "" : new Uri(PublicUrl, $"/ticket/{ticket.Id}").ToString(),
            ["copy"] = id.Copy > 0 ? id.Copy.ToString(CultureInfo.InvariantCulture) : "",
        }.Issued(ticket.IssuedAt, Profile.TimeZone));
    }
}
