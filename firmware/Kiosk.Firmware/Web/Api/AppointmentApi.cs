using System.Globalization;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Staff;

namespace Kiosk.Firmware.Web.Api;

/// <summary>The appointment book. Names and telephone numbers go in and never come out whole.</summary>
internal static class AppointmentApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var appointments = api.MapGroup("/appointments").WithTags("Books").Needs(Right.GuideCustomers);
        appointments.MapPost("/", BookAsync)
            .WithSummary("Book {\"service\", \"date\": \"2026-01-31\", \"time\": \"09:30\"}, and \"name\", \"phone\", \"language\" where wanted").Produces<AppointmentShape>(StatusCodes.Status201Created).Refuses();
        appointments.MapGet("/", Show).WithSummary("Of one ?day=2026-01-31, today without it").Produces<IReadOnlyList<AppointmentShape>>();
        appointments.MapPost("/{id}/cancel", CancelAsync).WithSummary("The customer does not come").Produces<AppointmentShape>().Refuses();
    }

    /// <summary>Checked in today, or null.</summary>
    public static Ticket? CheckedIn(HallState hall, string id) => hall.Tickets.Values.FirstOrDefault(ticket => ticket.Appointment == id);

    private static async Task<IResult> BookAsync(HttpContext http, Asking asking, BookWriter writer, BookKeeper books, HallFeed feed, TimeProvider time)
    {
        var body = await RequestBody.ReadAsync(http.Request, http.RequestAborted, "service", "date", "time", "name", "phone", "language");
        var language = body.OptionalText("language", feed.Profile.Languages);
        var (wanted, mistake) = AppointmentLines.One(
            feed.Profile, time.GetUtcNow(), new(body.FreeText("service"), body.FreeText("date"), body.FreeText("time"), body.FreeText("name"), body.FreeText("phone"), language));
        if (mistake is not null || wanted is null) throw new BadInputException(mistake!.Field, Sentence(mistake), mistake.Fault == AppointmentFault.NoSuchService ? [.. feed.Profile.Services.Select(s => s.Id.Value)] : null);
        if (books.Current.Appointments.Full) return Problem.Conflict("book-full", $"The book holds {AppointmentBook.Most} appointments and takes no more.");

        var fact = writer.Appointments([wanted])[0];
        return await asking.AskAsync(http, new HallCommand.WriteDown(fact), $"appointment {wanted.Service} {wanted.Slot:O} {wanted.Contact}", answer =>
        {
            var made = (HallEvent.AppointmentBooked)answer.Events[0].Fact;
            return Results.Json(
                new AppointmentShape(made.Appointment, made.Service.Value, TicketShape.Local(made.Slot, feed.Profile), made.Language, "booked", null), ApiJson.Wire.AppointmentShape, statusCode: StatusCodes.Status201Created);
        });
    }

    private static string Sentence(AppointmentMistake mistake) => mistake.Fault switch
    {
        AppointmentFault.NoSuchService => $"\"{mistake.Given}\" is no service of this hall.",
        AppointmentFault.NoDate => $"\"{mistake.Given}\" is no date such as 2026-01-31.",
        AppointmentFault.NoTime => $"\"{mistake.Given}\" is no time such as 09:30.",
        AppointmentFault.SkippedTime => $"The clocks skip {mistake.Given}.",
        AppointmentFault.Over => $"{mistake.Given} is over.",
        AppointmentFault.TooFarAhead => $"{mistake.Given} is more than {AppointmentLines.DaysAhead} days ahead.",
        AppointmentFault.HallClosed => $"The hall is closed on {mistake.Given}.",
        AppointmentFault.TooLong => $"\"{mistake.Given}\" is too long.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IResult Show(HttpRequest request, BookKeeper books, HallFeed feed, TimeProvider time)
    {
        var asked = request.Query["day"].ToString();
        if (!DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            day = asked.Length == 0 ? HallHours.Local(feed.Profile, time.GetUtcNow()).Date : throw new BadInputException("day", $"\"{asked}\" is no date such as 2026-01-31.");
        }

        IReadOnlyList<AppointmentShape> shapes = [.. books.Current.Appointments.On(day, feed.Profile.TimeZone).Select(booked => Shape(booked, feed))];
        return Results.Json(shapes, ApiJson.Wire.IReadOnlyListAppointmentShape);
    }

    private static async Task<IResult> CancelAsync(HttpContext http, Asking asking, BookKeeper books, HallFeed feed, string id)
    {
        await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (!books.Current.Appointments.ById.TryGetValue(id, out var booked)) return Problem.NotFound("unknown-appointment", "There is no such appointment.");
        if (CheckedIn(feed.Latest.State, id) is { } ticket) return Problem.Conflict("appointment-used", $"The customer has checked in and has number {ticket.Number}: cancel the ticket instead.");
        if (booked.Cancelled) return Results.Json(Shape(booked, feed), ApiJson.Wire.AppointmentShape);

        return await asking.AskAsync(
            http, new HallCommand.WriteDown(new HallEvent.AppointmentCancelled(id)), $"cancel {id}", _ => Results.Json(Shape(booked with { Cancelled = true }, feed), ApiJson.Wire.AppointmentShape));
    }

    private static AppointmentShape Shape(BookedAppointment booked, HallFeed feed)
    {
        var ticket = CheckedIn(feed.Latest.State, booked.Id);
        var state = ticket is not null ? "checked-in" : booked.Cancelled ? "cancelled" : "booked";
        return new(booked.Id, booked.Service.Value, TicketShape.Local(booked.Slot, feed.Profile), booked.Language, state, ticket?.Number.ToString());
    }
}
