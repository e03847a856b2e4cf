using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Web.Api;
using Kiosk.Ui.Screens.Manager;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/manager/books</c>: the hand-over book and the suggestion book.</summary>
internal sealed class BooksPages(BookKeeper books, BookWriter writer, StaffPress press, StaffPages pages, TimeProvider time)
{
    private const string Address = "/manager/books";

    /// <summary>Suggestions on one page: open ones come first.</summary>
    private const int SuggestionsShown = 100;

    private static readonly TimeSpan HandOversShown = TimeSpan.FromDays(30);

    public Task<IResult> ShowAsync(HttpContext http)
    {
        var (kept, now, t) = (books.Current, time.GetUtcNow(), pages.T(http));
        return pages.ShowAsync(http, "nav.books", typeof(BooksPage), new()
        {
            ["HandOvers"] = kept.HandOver.Since(now - HandOversShown).ToList(),
            ["Suggestions"] = kept.Suggestions.ByUrgency.Take(SuggestionsShown).Select(entry => (entry, writer.MaskedContact(entry))).ToList(),
            ["Broken"] = string.Join('\n', kept.Equipment.Open.Select(fault => $"{fault.Equipment}: {(fault.Id is null ? t.Fault(fault.What) : fault.What)}")),
            ["Now"] = now,
        });
    }

    public Task<IResult> WriteAsync(HttpContext http, CancellationToken cancel) => PressAsync(http, form =>
    {
        var to = BookTexts.Text("to", form.Field("to"), BookTexts.NameLimit);
        var fact = new HallEvent.HandOverWritten(BookCodes.Draw(), BookTexts.Optional("pending", form.Field("pending")) ?? "", BookTexts.Optional("broken", form.Field("broken")) ?? "", to);
        return (StaffPress.RequestId(form, "hand-over"), fact, "done.written");
    }, cancel);

    public Task<IResult> TakeAsync(HttpContext http, CancellationToken cancel) => PressAsync(http, form =>
        books.Current.HandOver.Find(form.Field("entry") ?? "") is { TakenAt: null } entry ? ($"take-{entry.Id}", new HallEvent.HandOverTaken(entry.Id), "done.taken") : null, cancel);

    public Task<IResult> AssignAsync(HttpContext http, CancellationToken cancel) => PressAsync(http, form =>
        Open(form) is { } entry ? (StaffPress.RequestId(form, $"assign-{entry.Id}"), new HallEvent.SuggestionAssigned(entry.Id, BookTexts.Text("owner", form.Field("owner"), BookTexts.NameLimit)), "done.assigned") : null, cancel);

    public Task<IResult> AnswerAsync(HttpContext http, CancellationToken cancel) => PressAsync(http, form =>
        Open(form) is { } entry ? ($"answer-{entry.Id}", new HallEvent.SuggestionAnswered(entry.Id, BookTexts.Text("answer", form.Field("answer"))), "done.answered") : null, cancel);

    public Task<IResult> EraseAsync(HttpContext http, CancellationToken cancel) => PressAsync(http, form =>
        books.Current.Suggestions.Find(form.Field("entry") ?? "") is { } entry && writer.EraseContact(entry) is { } erased ? (StaffPress.RequestId(form, $"erase-{entry.Id}"), erased, "done.erased") : null, cancel);

    private Suggestion? Open(IFormCollection form) => books.Current.Suggestions.Find(form.Field("entry") ?? "") is { AnsweredAt: null } entry ? entry : null;

    /// <param name="read">The request, the fact and what to say; null: somebody else was quicker, or there is no such entry.</param>
    private async Task<IResult> PressAsync(HttpContext http, Func<IFormCollection, (string Request, HallEvent.Note Fact, string Done)?> read, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel, PressForm.LongText) is not { } form) return Results.BadRequest();
        try
        {
            var said = read(form) is var (request, fact, done) ? await press.WriteAsync(http, request, fact, cancel) ?? done : "trouble.changed";
            return StaffPress.Answer(http, pages.T(http), Address, said);
        }
        catch (BadInputException)
        {
            return StaffPress.Answer(http, pages.T(http), Address, StaffPress.BadInput);
        }
    }
}
