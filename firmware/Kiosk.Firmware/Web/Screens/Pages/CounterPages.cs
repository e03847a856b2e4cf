using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Staff;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Clerk;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/counter/{n}</c>: the clerk's keys.</summary>
internal sealed class CounterPages(IIntake intake, HallFeed feed, ScreenComposer composer, ScreenReply reply, LiveStream stream, Refusals refusals)
{
    private HallProfile Profile => feed.Profile;

    public async Task<IResult> ShowAsync(HttpContext http, string number)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var language = ScreenLanguage.Of(http, Profile.Languages);
        if (Find(number) is not { } counter || composer.Compose(new ScreenAddress.Counter(counter, language)) is not { } content)
        {
            return await reply.PageAsync(Unknown(number, language), StatusCodes.Status404NotFound);
        }

        // Without the script the answer to a press comes back in the address, as a code that is looked up and never shown itself.
        var said = Said(Phrases.In(language), http.Request.Query["said"]);
        return await reply.PageAsync(content with { Parameters = Of(content, http.Staff(), said) });
    }

    public Task LiveAsync(HttpContext http)
    {
        if (Find(http.Request.Query["n"].ToString()) is { } counter)
        {
            return stream.ServeAsync(http, new ScreenAddress.Counter(counter, ScreenLanguage.Of(http, Profile.Languages)));
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public async Task<IResult> PressAsync(HttpContext http, string number, CancellationToken cancel)
    {
        if (Find(number) is not { } counter) return Results.NotFound();
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form || Command(counter, form) is not { } command) return Results.BadRequest();

        if (OwnCounter.Elsewhere(http.Staff(), counter) is { } seat) return await ElsewhereAsync(http, counter, seat);

        var said = await AskAsync(counter, form, command, http.Staff()?.User, cancel);
        if (!http.Request.FromScript()) return new SeeOther($"/counter/{counter}" + (said is null ? "" : $"?said={said}"));
        return ScreenReply.Pressed(Said(Phrases.In(ScreenLanguage.Of(http, Profile.Languages)), said));
    }

    private async Task<IResult> ElsewhereAsync(HttpContext http, CounterId counter, CounterId seat)
    {
        await refusals.AccessAsync(http.Staff()!.User, Peer.From(http), $"POST /counter/{counter}/press", "other-counter");
        var language = ScreenLanguage.Of(http, Profile.Languages);
        var said = Phrases.In(language).Say("counter.sits-elsewhere", seat);
        if (http.Request.FromScript()) return ScreenReply.Pressed(said, status: StatusCodes.Status403Forbidden);
        return composer.Compose(new ScreenAddress.Counter(counter, language)) is { } content
            ? await reply.PageAsync(content with { Parameters = Of(content, http.Staff(), said) }, StatusCodes.Status403Forbidden)
            : await reply.PageAsync(Unknown(counter.ToString(), language), StatusCodes.Status404NotFound);
    }

    private static Dictionary<string, object?> Of(ScreenContent content, Signed? signed, string? said) =>
        new(content.Parameters) { [nameof(CounterPage.Message)] = said, [nameof(CounterPage.Signed)] = signed?.View, [nameof(CounterPage.Sits)] = signed?.Counter };

    /// <returns>Key of the sentence that says why nothing was done, or null.</returns>
    private async Task<string?> AskAsync(CounterId counter, IFormCollection form, HallCommand command, string? who, CancellationToken cancel)
    {
        var source = $"counter-{counter}";
        try
        {
            // A browser without the script sends no id of the press: what it had seen still guards "next".
            var request = form.Field("request") is { Length: > 0 and <= 40 } press && press.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-') ? new Request($"{source}-{press}", source, command, Who: who) : Request.Once(source, command, who);
            var answer = await intake.AskAsync(request, cancel);
            
            // The engine may answer a moment before it publishes: a page that is fetched again shows what its press did.
            if (answer is { Events.IsDefaultOrEmpty: false, Repeated: false }) await feed.AfterAsync(answer.Events[^1].Seq - 1, cancel);
            return answer.Rejection is { } no ? $"rejection.{no}" : null;
        }
        catch (JournalUnavailableException)
        {
            return "trouble.journal";
        }
        catch (IntakeFullException)
        {
            return "trouble.busy";
        }
    }

    private static HallCommand? Command(CounterId counter, IFormCollection form)
    {
        var ticket = form.Field("ticket") is { } id ? new TicketId(id) : (TicketId?)null;
        return form.Field("key") switch
        {
            "transfer" when ticket is { } moved && form.Field("to-service") is { } service => new HallCommand.TransferTicket(moved, new ServiceId(service), null, form.Field("return") is not null),
            "transfer" when ticket is { } moved && Find(form.Field("to-counter")) is { } to => new HallCommand.TransferTicket(moved, null, to, form.Field("return") is not null),
            "call-ticket" when form.Field("call") is { } chosen => new HallCommand.CallTicket(counter, new TicketId(chosen), Seen: Saw(form)),
            "resume-ticket" when ticket is { } held => new HallCommand.ResumeTicket(held),
            "cancel-ticket" when ticket is { } ended => new HallCommand.CancelTicket(ended),
            { } key => ClerkKeys.Command(key, counter, Saw(form)),
            null => null,
        };
    }

    private static Seen Saw(IFormCollection form) => new(form.Field("seen") is { } seen ? new TicketId(seen) : null);

    private ScreenContent Unknown(string asked, string language) => new(
        Phrases.In(language).Say("counter.unknown", asked),
        language,
        "staff",
        null,
        [],
        typeof(NoSuchCounter),
        new Dictionary<string, object?> { ["T"] = Phrases.In(language), ["Profile"] = Profile, ["Asked"] = asked });

    private static string? Said(Phrases phrases, string? code) =>
        code is not null && (code.StartsWith("rejection.", StringComparison.Ordinal) || code.StartsWith("trouble.", StringComparison.Ordinal)) && phrases.Keys.Contains(code)
            ? phrases[code]
            : null;

    private static CounterId? Find(string? number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 99 ? new CounterId(value) : null;
}
