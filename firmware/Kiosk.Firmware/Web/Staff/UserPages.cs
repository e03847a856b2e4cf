using System.Globalization;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Staff;

namespace Kiosk.Firmware.Web.Staff;

/// <summary><c>/manager/users</c>: accounts and enrolled screens.</summary>
internal sealed class UserPages(AccountBook accounts, StaffRegister register, StaffDesk desk, Sessions sessions, ScreenDesk screens, HallFeed feed, TimeProvider time, ScreenReply reply)
{
    private HallProfile Profile => feed.Profile;

    public Task<IResult> ShowAsync(HttpContext http)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var said = http.Request.Query["said"].ToString();
        return PageAsync(http, T(http).Keys.Contains("users." + said) && said.Length > 0 ? said : null, null, StatusCodes.Status200OK);
    }

    public async Task<IResult> DoAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.BadRequest();

        var (who, from) = (http.Staff()!.User, Peer.From(http));
        try
        {
            // Not a redirect: the link is shown once and stands in no address.
            if (form.Field("do") == "enrol" && form.Field("name")?.Trim() is { Length: > 0 and <= ScreenDesk.LongestName } name)
            {
                return await PageAsync(http, null, $"{http.Request.Scheme}://{http.Request.Host}/enrol/{screens.Invite(name, who)}", StatusCodes.Status200OK);
            }

            var said = await DoAsync(form, who, from);
            return said == "done" ? new SeeOther("/manager/users?said=done") : await PageAsync(http, said, null, said == "bad-input" ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            return await PageAsync(http, refused is IntakeFullException ? "trouble.busy" : "trouble.journal", null, StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <returns>Key of what to say.</returns>
    private async Task<string> DoAsync(IFormCollection form, string who, string from)
    {
        if (form.Field("do") == "revoke") return form.Field("screen") is { } screen && await screens.RevokeAsync(screen, from, who) ? "done" : "unknown-screen";
        if (form.Field("user")?.Trim() is not { } user) return "bad-input";
        if (form.Field("do") == "sign-out")
        {
            await desk.SignOutEverywhereAsync(user, "everywhere", from, who);
            return "done";
        }

        var (role, pin) = (StaffAccount.RoleOf(form.Field("role")), form.Field("pin"));
        StaffOrder? order = form.Field("do") switch
        {
            "add" when role is { } given && pin is not null => new StaffOrder.Add(given, pin),
            "role" when role is { } given => new StaffOrder.SetRole(given),
            "pin" when pin is not null => new StaffOrder.SetPin(pin),
            "unlock" => new StaffOrder.Unlock(),
            "remove" => new StaffOrder.Remove(),
            _ => null,
        };
        return order is null ? "bad-input" : (await register.ChangeAsync(order, user, from, who)).Reason ?? "done";
    }

    private Task<IResult> PageAsync(HttpContext http, string? said, string? link, int status)
    {
        var (t, now) = (T(http), time.GetUtcNow());
        return reply.PageAsync(
            new ScreenContent($"{t["users.title"]} · {Profile.Name.In(t.Language)}", t.Language, "staff", null, [], typeof(UsersScreen), new Dictionary<string, object?>
            {
                ["T"] = t,
                ["Profile"] = Profile,
                ["Signed"] = http.Staff()?.View,
                ["Users"] = accounts.Accounts.Select(account => new UserRow(
                    account.User, account.Role, account.LockedAt(now) ? Local(account.LockedUntil!.Value, "HH:mm") : null, sessions.Any(account.User), account.LastSignIn is { } last ? Local(last, "yyyy-MM-dd HH:mm") : null)).ToList(),
                ["Screens"] = accounts.Screens.Select(screen => new ScreenRow(screen.Id, screen.Name, Local(screen.Since, "yyyy-MM-dd"))).ToList(),
                ["Said"] = said is null ? null : t[said.Contains('.', StringComparison.Ordinal) ? said : "users." + said],
                ["Good"] = said == "done",
                ["Link"] = link,
            }),
            status);
    }

    private string Local(DateTimeOffset at, string format) => TimeZoneInfo.ConvertTime(at, Profile.TimeZone).ToString(format, CultureInfo.InvariantCulture);

    private Phrases T(HttpContext http) => Phrases.In(ScreenLanguage.Of(http, Profile.Languages));
}
