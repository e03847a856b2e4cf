using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Staff;

namespace Kiosk.Firmware.Web.Staff;

/// <summary><c>/sign-in</c>, <c>/sign-out</c>, and sitting down at a counter.</summary>
internal sealed class SignInPages(StaffDesk desk, AccountBook accounts, DemoPin demo, HallFeed feed, ScreenReply reply)
{
    private const int LongestTarget = 200;

    private HallProfile Profile => feed.Profile;

    public Task<IResult> ShowAsync(HttpContext http)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var to = Local(http.Request.Query["to"]);
        return PageAsync(http, to, null, CounterOf(to), null, StatusCodes.Status200OK);
    }

    public async Task<IResult> SignInAsync(HttpContext http, CancellationToken cancel)
    {
        var t = Phrases.In(ScreenLanguage.Of(http, Profile.Languages));
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.BadRequest();

        var (to, counter) = (Local(form.Field("to")), Counter(form.Field("counter")));
        if (form.Field("user")?.Trim() is not { Length: > 0 and <= StaffAccount.LongestUser } user || form.Field("pin") is not { Length: <= Pin.Longest } pin)
        {
            return await PageAsync(http, to, form.Field("user"), counter, t["sign-in.missing"], StatusCodes.Status400BadRequest);
        }

        try
        {
            // A manager who is led from a counter's page to the sign-in does not take the seat of who sits there.
            var seat = accounts.Find(user) is { Role: StaffRole.Clerk } || counter != CounterOf(to) ? counter : null;
            var result = await desk.SignInAsync(user, pin, Peer.From(http), Peer.Key(http), seat, cancel);
            if (result is SignInResult.Done(var token, var session))
            {
                if (SessionToken.Of(http.Request).Token is { } before) await desk.SignOutAsync(before, Peer.From(http), "replaced");
                SessionToken.Keep(http, token);
                return new SeeOther(to ?? Home(session));
            }

            var (trouble, status) = result switch
            {
                SignInResult.Locked(var wait) => (t.Say("sign-in.locked", (int)Math.Ceiling(wait.TotalMinutes)), StatusCodes.Status423Locked),
                SignInResult.Throttled(var wait) => (t.Say("sign-in.throttled", (int)Math.Ceiling(wait.TotalSeconds)), StatusCodes.Status429TooManyRequests),
                _ => (t["sign-in.wrong"], StatusCodes.Status401Unauthorized),
            };
            return await PageAsync(http, to, user, counter, trouble, status);
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            return await PageAsync(http, to, user, counter, t[refused is IntakeFullException ? "trouble.busy" : "trouble.journal"], StatusCodes.Status503ServiceUnavailable);
        }
    }

    public async Task<IResult> SignOutAsync(HttpContext http, CancellationToken cancel)
    {
        var form = await PressForm.ReadAsync(http.Request, cancel);
        await SignInApi.OutAsync(http, desk, everywhere: form?.Field("everywhere") is "true" or "on");
        return new SeeOther("/sign-in");
    }

    /// <summary>Whoever is signed in moves to this counter.</summary>
    public async Task<IResult> SitAsync(HttpContext http, string number)
    {
        if (Counter(number) is not { } counter || http.Staff() is not { } signed || SessionToken.Of(http.Request).Token is not { } token) return Results.NotFound();
        try
        {
            var rejection = await desk.SitDownAsync(signed.User, token, Peer.From(http), counter);
            return new SeeOther($"/counter/{counter}" + (rejection is { } no ? $"?said=rejection.{no}" : ""));
        }
        catch (Exception refused) when (refused is JournalUnavailableException or IntakeFullException)
        {
            return new SeeOther($"/counter/{counter}?said={(refused is IntakeFullException ? "trouble.busy" : "trouble.journal")}");
        }
    }

    /// <summary>A path of this host, or null: nobody is led elsewhere by a link to the sign-in.</summary>
    internal static string? Local(string? to) =>
        to is { Length: > 1 and <= LongestTarget } && to[0] == '/' && to[1] is not ('/' or '\\') && to.All(sign => sign is > ' ' and <= '~' and not '\\') && !to.StartsWith("/sign-", StringComparison.Ordinal) ? to : null;

    private Task<IResult> PageAsync(HttpContext http, string? to, string? user, CounterId? counter, string? trouble, int status)
    {
        var t = Phrases.In(ScreenLanguage.Of(http, Profile.Languages));
        return reply.PageAsync(
            new ScreenContent($"{t["sign-in.title"]} · {Profile.Name.In(t.Language)}", t.Language, "staff", null, [], typeof(SignInScreen), new Dictionary<string, object?>
            {
                ["T"] = t,
                ["Profile"] = Profile,
                ["To"] = to,
                ["User"] = user is { Length: <= StaffAccount.LongestUser } ? user : null,
                ["Counter"] = counter,
                ["Trouble"] = trouble,
                ["DemoUsers"] = demo.Pin is null ? default(System.Collections.Immutable.ImmutableArray<string>?) : [.. DemoPin.Users],
            }),
            status);
    }

    // Each role begins where its work is.
    private static string Home(Session session) => session switch
    {
        { Counter: { } counter } => $"/counter/{counter}",
        { Role: StaffRole.Guide } => "/guide",
        { Role: StaffRole.Duty or StaffRole.Manager } => "/manager",
        { Role: StaffRole.Auditor } => "/manager/audit",
        { Role: StaffRole.Technician } => "/devices",
        _ => "/",
    };

    private CounterId? CounterOf(string? to) => to is not null && to.StartsWith("/counter/", StringComparison.Ordinal) ? Counter(to["/counter/".Length..].Split('?')[0]) : null;

    private CounterId? Counter(string? number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && Profile.Counters.Any(counter => counter.Number.Value == value) ? new(value) : null;
}
