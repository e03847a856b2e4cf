using System.Net;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Journal;

namespace Kiosk.Firmware.Tests.Books;

/// <summary>What customers write: ratings, suggestions, appointments.</summary>
public sealed class CustomersBooksTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    private HallBooks Books => _hall.The<BookKeeper>().Current;

    public async Task InitializeAsync() => _hall = await RunningHall.StartAsync();

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Fact]
    public async Task Each_ticket_is_rated_once_with_its_service()
    {
        var ticket = await ServedAsync();

        var (status, given, _) = await _hall.PostAsync("counters/1/feedback", new { rating = "satisfied" });
        var again = await _hall.PostAsync("counters/1/feedback", new { rating = "dissatisfied" });

        Assert.Equal((200, "A001", "satisfied"), (status, (string)given["number"]!, (string)given["rating"]!));
        Assert.Equal((409, "already-rated"), (again.Status, (string)again.Body["reason"]!));
        var fact = (HallEvent.FeedbackGiven)Assert.Single(_hall.The<IArchive>().ReadNotes(0, 100), note => note.Fact is HallEvent.FeedbackGiven).Fact;
        Assert.Equal((new TicketId(ticket), new ServiceId("pay"), Rating.Satisfied), (fact.Ticket, fact.Service, fact.Rating));
    }

    [Fact]
    public async Task Presses_at_the_same_moment_are_one_rating()
    {
        await ServedAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _hall.PostAsync("counters/1/feedback", new { rating = "neutral" })));

        Assert.Single(_hall.The<IArchive>().ReadNotes(0, 100), note => note.Fact is HallEvent.FeedbackGiven);
    }

    [Fact]
    public async Task Press_for_an_earlier_ticket_rates_nobody_else()
    {
        await ServedAsync();

        using var late = await FormAsync("/feedback/1/press", ("rating", "satisfied"), ("ticket", "somebody0000"));

        Assert.Equal("?said=trouble.not-rated", late.RequestMessage!.RequestUri!.Query);
        Assert.Empty(Books.Feedback.ByTicket);
        Assert.Equal((409, "nothing-to-rate"), await _hall.PostAsync("counters/2/feedback", new { rating = "satisfied" }) is var (status, problem, _) ? (status, (string)problem["reason"]!) : default);
    }

    [Fact]
    public async Task Suggestion_keeps_numbers_masked_in_the_journal_and_the_contact_outside_it()
    {
        using var sent = await FormAsync("/suggestion", ("kind", "complaint"), ("text", "Call me: 138-1234-5678"), ("contact", "Li 13912345678"));

        var entry = Assert.Single(Books.Suggestions.Entries);
        Assert.Equal(("Call me: ***-****-5678", true, $"/suggestion/{entry.Id}"), (entry.Text, entry.Contact, sent.RequestMessage!.RequestUri!.AbsolutePath));
        Assert.Equal("Li 13912345678", _hall.The<IPersonalData>().FindPersonal(SuggestionBook.PersonalId(entry.Id)));
        Assert.DoesNotContain("13912345678", await _hall.Http.GetStringAsync("/manager/books"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_contact_is_gone_and_the_journal_says_that_it_was_erased()
    {
        await FormAsync("/suggestion", ("kind", "suggestion"), ("text", "chairs"), ("contact", "Li 13912345678"));
        var entry = Assert.Single(Books.Suggestions.Entries);

        using var erased = await FormAsync("/manager/books/erase", ("entry", entry.Id));

        Assert.Equal("?said=done.erased", erased.RequestMessage!.RequestUri!.Query);
        Assert.Null(_hall.The<IPersonalData>().FindPersonal(SuggestionBook.PersonalId(entry.Id)));
        Assert.False(Books.Suggestions.Find(entry.Id)!.Contact);
        Assert.Contains(_hall.The<IArchive>().ReadNotes(0, 100), note => note.Fact is HallEvent.PersonalDataErased { Records: 1 });
    }

    [Fact]
    public async Task Answer_is_read_by_who_knows_the_secret_and_not_by_number_alone()
    {
        await FormAsync("/suggestion", ("kind", "suggestion"), ("text", "more chairs"));
        var entry = Assert.Single(Books.Suggestions.Entries);
        await FormAsync("/manager/books/answer", ("entry", entry.Id), ("answer", "They come on Monday"));

        Assert.Contains("They come on Monday", await _hall.Http.GetStringAsync($"/suggestion/{entry.Id}"), StringComparison.Ordinal);
        using var guessed = await _hall.Http.GetAsync($"/suggestion/{entry.Number}-000000");
        Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
    }

    [Fact]
    public async Task Form_that_is_sent_twice_makes_one_entry_and_the_sixth_in_a_minute_is_refused()
    {
        var press = new string('a', 32);
        await FormAsync("/suggestion", ("kind", "suggestion"), ("text", "chairs"), ("request", press));
        await FormAsync("/suggestion", ("kind", "suggestion"), ("text", "chairs"), ("request", press));
        Assert.Single(Books.Suggestions.Entries);

        for (var n = 0; n < 3; n++) await FormAsync("/suggestion", ("kind", "suggestion"), ("text", "more"));
        using var sixth = await FormAsync("/suggestion", ("kind", "suggestion"), ("text", "what I wrote"));

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.Contains("what I wrote", await sixth.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(4, Books.Suggestions.Entries.Count);
    }

    [Fact]
    public async Task Hand_over_is_written_and_taken_on_the_page()
    {
        await FormAsync("/manager/books/hand-over", ("pending", "call back"), ("broken", ""), ("to", "wang"));
        var entry = Books.HandOver.NotTaken!;
        Assert.Equal(("call back", "wang"), (entry.Pending, entry.To));

        await FormAsync("/manager/books/take", ("entry", entry.Id));

        Assert.Null(Books.HandOver.NotTaken);
    }

    [Fact]
    public async Task Appointment_is_booked_found_and_cancelled()
    {
        var day = Tomorrow;
        var (status, booked, _) = await _hall.PostAsync("appointments", new { service = "pay", date = day, time = "10:30", name = "Li", phone = "13912345678" });
        var id = (string)booked["id"]!;
        Assert.Equal((201, 6, "booked"), (status, id.Length, (string)booked["state"]!));
        Assert.Equal(10, _hall.The<IAppointments>().Find(id, out var service)!.Slot.Hour);
        Assert.Equal("pay", service.Value);
        Assert.DoesNotContain("13912345678", await _hall.Http.GetStringAsync($"/manager/appointments?day={day}"), StringComparison.Ordinal);

        await _hall.PostAsync($"appointments/{id}/cancel");

        Assert.Null(_hall.The<IAppointments>().Find(id, out _));
        Assert.Equal("cancelled", (string)Assert.Single((await _hall.GetAsync($"appointments?day={day}")).AsArray())!["state"]!);
    }

    [Theory]
    [InlineData("pay", "2020-01-01", "10:00", "time")]
    [InlineData("nothing", null, "10:00", "service")]
    [InlineData("pay", "31.1.2026", "10:00", "date")]
    [InlineData("pay", null, "noon", "time")]
    [InlineData("pay", null, "23:45", "time")]
    [InlineData("pay", "2999-01-01", "10:00", "date")]
    public async Task Appointment_that_cannot_be_kept_names_what_is_wrong(string service, string? date, string time, string field)
    {
        var (status, problem, _) = await _hall.PostAsync("appointments", new { service, date = date ?? Tomorrow, time });

        Assert.Equal((400, field), (status, (string)problem["field"]!));
    }

    [Fact]
    public async Task Lines_are_all_booked_or_none_and_each_mistake_names_its_line()
    {
        using var wrong = await FormAsync("/manager/appointments/import", ("lines", $"service,date,time\npay,{Tomorrow},10:00\nnothing,{Tomorrow},10:00\n\npay;{Tomorrow}"));
        var page = await wrong.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("第 3 行", page, StringComparison.Ordinal);
        Assert.Contains("第 5 行", page, StringComparison.Ordinal);
        Assert.DoesNotContain("第 2 行", page, StringComparison.Ordinal);
        Assert.Empty(Books.Appointments.ById);

        await FormAsync("/manager/appointments/import", ("lines", $"pay,{Tomorrow},10:00,Li,13912345678\nvip\t{Tomorrow}\t9:15"));

        Assert.Equal(["pay", "vip"], Books.Appointments.ById.Values.Select(booked => booked.Service.Value).Order(StringComparer.Ordinal));
    }

    private static string Tomorrow => TimeProvider.System.GetUtcNow().AddHours(8).AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> ServedAsync()
    {
        var ticket = (string)(await _hall.PostAsync("tickets", new { service = "pay", print = false })).Body["id"]!;
        foreach (var key in new[] { "open", "next", "begin", "finish" }) await _hall.PostAsync($"counters/1/{key}");
        return ticket;
    }

    private Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] fields) =>
        _hall.Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
}
