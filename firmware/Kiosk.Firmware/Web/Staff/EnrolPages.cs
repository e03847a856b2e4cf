using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Staff;

namespace Kiosk.Firmware.Web.Staff;

/// <summary><c>/enrol/{code}</c>: opened on the screen that is to be let in. Looking uses nothing up; the button does.</summary>
internal sealed class EnrolPages(ScreenDesk screens, HallFeed feed, ScreenReply reply)
{
    public Task<IResult> ShowAsync(HttpContext http, string code)
    {
        ScreenLanguage.Remember(http, feed.Profile.Languages);
        return PageAsync(http, screens.Invited(code), false);
    }

    public async Task<IResult> EnrolAsync(HttpContext http, string code)
    {
        try
        {
            if (await screens.EnrolAsync(code, Peer.From(http)) is not { } key) return await PageAsync(http, null, false);

            SessionToken.KeepScreen(http, key);
            return await PageAsync(http, null, true);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            return SignInApi.Trouble(refused);
        }
    }

    private Task<IResult> PageAsync(HttpContext http, string? name, bool done)
    {
        var t = Phrases.In(ScreenLanguage.Of(http, feed.Profile.Languages));
        var parameters = new Dictionary<string, object?> { ["T"] = t, ["Profile"] = feed.Profile, ["Name"] = name, ["Done"] = done };
        return reply.PageAsync(
            new ScreenContent($"{t["screens.title"]} · {feed.Profile.Name.In(t.Language)}", t.Language, "staff", null, [], typeof(EnrolScreen), parameters),
            done || name is not null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }
}
