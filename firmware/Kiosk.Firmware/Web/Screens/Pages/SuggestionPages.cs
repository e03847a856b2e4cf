using Kiosk.Domain.Books;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Ui;
using Kiosk.Ui.Screens.Suggest;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/suggestion</c>: customers write into the suggestion book and read the answer.</summary>
internal sealed class SuggestionPages(HallFeed feed, BookKeeper books, BookWriter writer, SuggestionPace pace, StaffPress press, ScreenReply reply, HostAddress host, TimeProvider time)
{
    private const string MachineCookie = "kiosk";
    private const int IdLength = 13;

    /// <summary>A ticket machine goes back to the start: what somebody wrote and did not send is wiped with the page.</summary>
    private static readonly TimeSpan Writing = TimeSpan.FromMinutes(3), Reading = TimeSpan.FromSeconds(45);

    private HallProfile Profile => feed.Profile;

    public Task<IResult> ShowAsync(HttpContext http)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        return FormAsync(http, null, null);
    }

    public async Task<IResult> SendAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel, PressForm.LongText) is not { } form) return Results.BadRequest();
        if (form.Field("kind") is not ("suggestion" or "complaint") || form.Field("text") is not { } text) return await FormAsync(http, form, StaffPress.BadInput);
        if (!pace.Allows(http.Connection.RemoteIpAddress)) return await FormAsync(http, form, "trouble.too-often", StatusCodes.Status429TooManyRequests);

        try
        {
            var contact = BookTexts.Plain("contact", form.Field("contact"), BookTexts.ContactLimit);
            var fact = writer.Suggestion(form.Field("kind")!, BookTexts.Text("text", text), contact);
            var (made, said) = await press.RecordAsync(http, StaffPress.RequestId(form, "suggestion"), fact, "kiosk", cancel);
            return said is null ? new SeeOther($"/suggestion/{made.Entry}") : await FormAsync(http, form, said, StatusCodes.Status503ServiceUnavailable);
        }
        catch (BadInputException)
        {
            return await FormAsync(http, form, StaffPress.BadInput);
        }
    }

    public Task<IResult> AnswerAsync(HttpContext http, string id)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var entry = id.Length == IdLength ? books.Current.Suggestions.Find(id.ToLowerInvariant()) : null;
        return PageAsync(http, typeof(SuggestionAnswer), Reading, new()
        {
            ["Entry"] = entry,
            ["Link"] = entry is null || !AtMachine(http) ? null : Address($"suggestion/{entry.Id}"),
        }, entry is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private Task<IResult> FormAsync(HttpContext http, IFormCollection? form, string? mistake, int? status = null) => PageAsync(http, typeof(SuggestionPage), Writing, new()
    {
        ["Press"] = StaffPress.NewPress(),
        ["Link"] = AtMachine(http) ? Address("suggestion") : null,
        ["Mistake"] = mistake,
        ["Typed"] = form?.ToDictionary(field => field.Key, field => field.Value.ToString()) ?? [],
    }, status ?? (mistake is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest));

    private Task<IResult> PageAsync(HttpContext http, Type component, TimeSpan patience, Dictionary<string, object?> parameters, int status)
    {
        var t = Phrases.In(ScreenLanguage.Of(http, Profile.Languages));
        parameters["T"] = t;
        parameters["Profile"] = Profile;
        parameters["AtMachine"] = AtMachine(http);
        if (AtMachine(http))
        {
            http.Response.Headers["Refresh"] = $"{patience.TotalSeconds:0}; url=/kiosk";
            parameters["ClearsAt"] = time.GetUtcNow() + patience;
        }

        var classes = AtMachine(http) ? "kiosk suggesting" : "kiosk suggesting on-phone";
        return reply.PageAsync(new($"{t["suggest.title"]} · {Profile.Name.In(t.Language)}", t.Language, classes, null, [], component, parameters), status);
    }

    // A ticket machine knows itself by its cookie.
    private static bool AtMachine(HttpContext http) => http.Request.Cookies.ContainsKey(MachineCookie);

    private string? Address(string path) => host.Url is { } url ? $"{url.AbsoluteUri.TrimEnd('/')}/{path}" : null;
}
