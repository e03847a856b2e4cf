using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Phone;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/ticket/{id}</c>: the ticket on its owner's phone. Whoever knows the address holds the ticket.</summary>
internal sealed class PhonePages(IIntake intake, HallFeed feed, ScreenComposer composer, ScreenReply reply, LiveStream stream)
{
    private const string Source = "phone";
    private const int TicketIdLength = 12, RequestLimit = 40;

    private HallProfile Profile => feed.Profile;

    /// <summary>In the language in which the number was taken, unless the phone's owner chose another.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        if (Ticket(id) is { } ticket && composer.Compose(new ScreenAddress.Phone(ticket, ScreenLanguage.Asked(http, Profile.Languages))) is { } content)
        {
            var said = Said(Phrases.In(content.Language), http.Request.Query["said"]);
            return await reply.PageAsync(content with { Parameters = new Dictionary<string, object?>(content.Parameters) { [nameof(PhoneScreen.Message)] = said } });
        }

        return await reply.PageAsync(Unknown(ScreenLanguage.Of(http, Profile.Languages)), StatusCodes.Status404NotFound);
    }

    public Task LiveAsync(HttpContext http)
    {
        if (Ticket(http.Request.Query["id"].ToString()) is { } ticket && feed.Latest.State.Tickets.ContainsKey(ticket))
        {
            return stream.ServeAsync(http, new ScreenAddress.Phone(ticket, ScreenLanguage.Asked(http, Profile.Languages)));
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>The customer gives up; the page has asked them before.</summary>
    public async Task<IResult> CancelAsync(HttpContext http, string id, CancellationToken cancel)
    {
        if (Ticket(id) is not { } ticket || !feed.Latest.State.Tickets.TryGetValue(ticket, out var known)) return Results.NotFound();
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.BadRequest();

        var said = await AskAsync(form, ticket, cancel);
        if (!http.Request.FromScript()) return new SeeOther($"/ticket/{ticket}" + (said is null ? "" : $"?said={said}"));
        return ScreenReply.Pressed(Said(Phrases.In(ScreenLanguage.Asked(http, Profile.Languages) ?? known.Language), said));
    }

    private async Task<string?> AskAsync(IFormCollection form, TicketId ticket, CancellationToken cancel)
    {
        try
        {
            var command = new HallCommand.CancelTicket(ticket);
            var request = form.Field("request") is { Length: > 0 and <= RequestLimit } press && press.All(char.IsAsciiLetterOrDigit)
                ? new Request($"{Source}-{ticket}-{press}", Source, command)
                : Request.Once(Source, command);
            var answer = await intake.AskAsync(request, cancel);
            if (answer is { Events.IsDefaultOrEmpty: false, Repeated: false }) await feed.AfterAsync(answer.Events[^1].Seq - 1, cancel);
            return answer.Rejection is { } no ? $"rejection.{no}" : null;
        }
        catch (JournalUnavailableException)
        {
            return "trouble.customer";
        }
        catch (IntakeFullException)
        {
            return "trouble.busy";
        }
    }

    private ScreenContent Unknown(string language) => new(
        $"{Phrases.In(language)["ticket.unknown"]} · {Profile.Name.In(language)}",
        language,
        "staff",
        null,
        [],
        typeof(NoSuchTicket),
        new Dictionary<string, object?> { ["T"] = Phrases.In(language), ["Profile"] = Profile });

    // Of the hall's refusals a customer can meet two here; they are said in a customer's words.
    private static string? Said(Phrases phrases, string? code) => code switch
    {
        "rejection.TicketAtCounter" => phrases["phone.called"],
        null or "" => null,
        _ when code.StartsWith("rejection.", StringComparison.Ordinal) => phrases["phone.ended"],
        _ => code.StartsWith("trouble.", StringComparison.Ordinal) && phrases.Keys.Contains(code) ? phrases[code] : null,
    };

    private static TicketId? Ticket(string id) => id.Length == TicketIdLength ? new TicketId(id.ToLowerInvariant()) : null;
}
