using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Ui;
using Kiosk.Ui.Screens;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>What the staff pages that do not change by themselves have in common: language, who is signed in, what the last form was answered.</summary>
internal sealed class StaffPages(HallFeed feed, ScreenReply reply)
{
    public HallProfile Profile => feed.Profile;

    public Phrases T(HttpContext http) => Phrases.In(ScreenLanguage.Of(http, Profile.Languages));

    /// <summary>A page whose component takes all it needs by other names.</summary>
    public Task<IResult> ShowBareAsync(HttpContext http, string title, Type component, Dictionary<string, object?> parameters)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var t = T(http);
        return reply.PageAsync(new ScreenContent($"{t[title]} · {Profile.Name.In(t.Language)}", t.Language, "staff", null, [], component, parameters));
    }

    /// <param name="title">Key of its title.</param>
    /// <param name="parameters">Of the component, beside phrases, profile, who is signed in and the message.</param>
    public Task<IResult> ShowAsync(HttpContext http, string title, Type component, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var (t, said) = (T(http), http.Request.Query["said"].ToString());
        parameters["T"] = t;
        parameters["Profile"] = Profile;
        parameters["Signed"] = http.Staff()?.View;
        parameters["Press"] = StaffPress.NewPress();
        parameters["Message"] = StaffPress.Sentence(t, said);
        parameters["Good"] = StaffPress.Done(said);
        return reply.PageAsync(new($"{t[title]} · {Profile.Name.In(t.Language)}", t.Language, "staff", null, [], component, parameters), status);
    }
}
