using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Start;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>The screens that only show: start, hall, devices.</summary>
internal sealed class OtherPages(HallFeed feed, ScreenReply reply, LiveStream stream)
{
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

    public Task LiveHallAsync(HttpContext http) => stream.ServeAsync(http, new ScreenAddress.Hall());

    public Task LiveDevicesAsync(HttpContext http) => stream.ServeAsync(http, new ScreenAddress.Devices(ScreenLanguage.Of(http, Profile.Languages)));

    private ScreenContent Still(string title, string language, Type component) => new(
        $"{Phrases.In(language)[title]} · {Profile.Name.In(language)}",
        language,
        "staff",
        null,
        [],
        component,
        new Dictionary<string, object?> { ["T"] = Phrases.In(language), ["Profile"] = Profile });
}
