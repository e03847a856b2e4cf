using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Ui;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/feedback/{n}</c>: the customers' unit at a counter.</summary>
internal sealed class FeedbackPages(HallFeed feed, BookKeeper books, StaffPress press, ScreenComposer composer, ScreenReply reply, LiveStream stream, TimeProvider time)
{
    private HallProfile Profile => feed.Profile;

    public async Task<IResult> ShowAsync(HttpContext http, string number) =>
        Find(number) is { } counter && composer.Compose(Unit(http, counter)) is { } content
            ? await reply.PageAsync(content with
            {
                Parameters = new Dictionary<string, object?>(content.Parameters) { ["Message"] = StaffPress.Sentence(Phrases.In(content.Language), http.Request.Query["said"]) },
            })
            : Results.NotFound();

    public Task LiveAsync(HttpContext http)
    {
        if (Find(http.Request.Query["n"]) is { } counter && feed.Latest.State.Counters.ContainsKey(counter)) return stream.ServeAsync(http, Unit(http, counter));

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public async Task<IResult> PressAsync(HttpContext http, string number, CancellationToken cancel)
    {
        if (Find(number) is not { } counter || await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.NotFound();
        if (!Enum.TryParse<Rating>(form.Field("rating"), ignoreCase: true, out var rating) || !Enum.IsDefined(rating)) return Results.BadRequest();

        var language = Language(http) ?? Profile.DefaultLanguage;
        return StaffPress.Answer(http, Phrases.In(language), $"/feedback/{counter}", await GiveAsync(http, counter, new TicketId(form.Field("ticket") ?? ""), rating, cancel));
    }

    private async Task<string?> GiveAsync(HttpContext http, CounterId counter, TicketId ticket, Rating rating, CancellationToken cancel)
    {
        var (hall, given) = (feed.Latest.State, books.Current.Feedback);
        if (given.Of(ticket) is not null) return "trouble.rated";

        // The press is for the ticket that was shown: a later one is somebody else's.
        return FeedbackView.Of(hall, given, counter, time.GetUtcNow()) is FeedbackView.Asking asking && asking.Ticket == ticket
            ? await press.WriteAsync(http, FeedbackApi.RequestId(ticket), FeedbackApi.Fact(hall, asking, rating), cancel, $"feedback-{counter}")
            : "trouble.not-rated";
    }

    private ScreenAddress.Feedback Unit(HttpContext http, CounterId counter) =>
        new(counter, Language(http), http.Request.Query["ticket"].ToString() is { Length: > 0 } ticket ? new TicketId(ticket) : null);

    // Never remembered: the next customer gets the language of their own ticket.
    private string? Language(HttpContext http) => Profile.Languages.FirstOrDefault(language => language == http.Request.Query["lang"]);

    private static CounterId? Find(string? number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 99 ? new CounterId(value) : null;
}
