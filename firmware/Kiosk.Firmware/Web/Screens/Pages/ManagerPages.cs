using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Ui;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/manager</c> and <c>/manager/check</c>: the live pages of the duty manager.</summary>
internal sealed class ManagerPages(HallFeed feed, StaffPress press, DayChecks checks, ScreenComposer composer, ScreenReply reply, LiveStream stream, TimeProvider time)
{
    private HallProfile Profile => feed.Profile;

    public Task<IResult?> TodayAsync(HttpContext http) => ShowAsync(http, Today(http));

    public Task<IResult?> CheckAsync(HttpContext http) => ShowAsync(http, Check(http));

    public Task LiveTodayAsync(HttpContext http) => stream.ServeAsync(http, Today(http));

    public Task LiveCheckAsync(HttpContext http) => stream.ServeAsync(http, Check(http));

    public async Task<IResult> DayAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.BadRequest();

        HallCommand? command = form.Field("key") switch
        {
            "open" => new HallCommand.OpenDay(HallHours.Local(Profile, time.GetUtcNow()).Date),
            "close" => new HallCommand.CloseDay(),
            "close-now" => new HallCommand.CloseDay(Force: true),
            _ => null,
        };
        if (command is null) return Results.BadRequest();

        return StaffPress.Answer(http, T(http), "/manager", await press.AskAsync(http, StaffPress.RequestId(form, "day"), command, cancel));
    }

    public async Task<IResult> RunCheckAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form || form.Field("kind") is not { } kind || !Checks.Kinds.Contains(kind)) return Results.BadRequest();

        checks.Begin(kind);
        return StaffPress.Answer(http, T(http), "/manager/check", null);
    }

    public async Task<IResult> SignAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel, PressForm.LongText) is not { } form) return Results.BadRequest();
        return StaffPress.Answer(http, T(http), "/manager/check", await SignAsync(http, form, cancel));
    }

    private async Task<string?> SignAsync(HttpContext http, IFormCollection form, CancellationToken cancel)
    {
        try
        {
            var id = form.Field("check") ?? "";
            var (fact, refusal) = checks.Sign(id, BookTexts.Optional("remark", form.Field("remark"), DayChecks.RemarkLimit));
            if (refusal is { } no) return $"trouble.sign.{no}";

            // One signature for each check, by the same name as the API's.
            var said = await press.WriteAsync(http, $"check-{id}", fact!, cancel);
            if (said is null) checks.Signed(id);
            return said ?? "done.signed";
        }
        catch (BadInputException)
        {
            return StaffPress.BadInput;
        }
    }

    private async Task<IResult?> ShowAsync(HttpContext http, ScreenAddress address)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        if (composer.Compose(address) is not { } content) return null;

        var said = http.Request.Query["said"].ToString();
        return await reply.PageAsync(content with
        {
            Parameters = new Dictionary<string, object?>(content.Parameters) { ["Message"] = StaffPress.Sentence(T(http), said), ["Good"] = StaffPress.Done(said) },
        });
    }

    private ScreenAddress.Today Today(HttpContext http) => new(Language(http), http.Staff()?.View);

    private ScreenAddress.Check Check(HttpContext http) => new(Language(http), http.Staff()?.View);

    private string Language(HttpContext http) => ScreenLanguage.Of(http, Profile.Languages);

    private Phrases T(HttpContext http) => Phrases.In(Language(http));
}
