using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Phone;
using Kiosk.Ui.Screens.Start;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>The screens that only show: start, hall, devices, phone.</summary>
internal sealed class OtherPages(HallFeed feed, ScreenReply reply, LiveStream stream)
{
    private const int TicketIdLength = 12;

    private HallProfile Profile => feed.Profile;

    public async Task<IResult> StartAsync(HttpContext http)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        return await reply.PageAsync(Still("start.title", ScreenLanguage.Of(http, Profile.Languages), typeof(StartScreen)));
    }

    public async Task<IResult?> HallAsync() => await reply.PageAsync(new ScreenAddress.Hall());

    public async Task<IResult?> DevicesAsync(HttpContext http)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        return await reply.PageAsync(new ScreenAddress.Devices(ScreenLanguage.Of(http, Profile.Languages)));
    }

    /// <summary>In the language in which the number was taken, unless the phone's owner chose another.</summary>
    public async Task<IResult> PhoneAsync(HttpContext http, string id)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var page = Ticket(id) is { } ticket ? await reply.PageAsync(new ScreenAddress.Phone(ticket, ScreenLanguage.Asked(http, Profile.Languages))) : null;
        return page ?? await reply.PageAsync(Still("ticket.unknown", ScreenLanguage.Of(http, Profile.Languages), typeof(NoSuchTicket)), StatusCodes.Status404NotFound);
    }

    public Task LiveHallAsync(HttpContext http) => stream.ServeAsync(http, new ScreenAddress.Hall());

    public Task LiveDevicesAsync(HttpContext http) => stream.ServeAsync(http, new ScreenAddress.Devices(ScreenLanguage.Of(http, Profile.Languages)));

    public Task LivePhoneAsync(HttpContext http)
    {
        if (Ticket(http.Request.Query["id"].ToString()) is { } ticket && feed.Latest.State.Tickets.ContainsKey(ticket))
        {
            return stream.ServeAsync(http, new ScreenAddress.Phone(ticket, ScreenLanguage.Asked(http, Profile.Languages)));
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private ScreenContent Still(string title, string language, Type component) => new(
        $"{Phrases.In(language)[title]} · {Profile.Name.In(language)}",
        language,
        "staff",
        null,
        [],
        component,
        new Dictionary<string, object?> { ["T"] = Phrases.In(language), ["Profile"] = Profile });

    private static TicketId? Ticket(string id) => id.Length == TicketIdLength ? new TicketId(id.ToLowerInvariant()) : null;
}
