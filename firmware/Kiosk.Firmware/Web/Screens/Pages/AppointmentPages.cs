using System.Globalization;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Ui.Screens.Manager;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/manager/appointments</c>: who is expected when.</summary>
internal sealed class AppointmentPages(BookKeeper books, BookWriter writer, HallFeed feed, StaffPress press, StaffPages pages, TimeProvider time)
{
    private const string Address = "/manager/appointments";

    private HallProfile Profile => feed.Profile;

    private DateOnly Today => HallHours.Local(Profile, time.GetUtcNow()).Date;

    public Task<IResult> ShowAsync(HttpContext http) => PageAsync(http, Day(http.Request.Query["day"]) ?? Today);

    public async Task<IResult> BookAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.BadRequest();

        var (wanted, mistake) = AppointmentLines.One(
            Profile, time.GetUtcNow(), new(form.Field("service"), form.Field("date"), form.Field("time"), form.Field("name"), form.Field("phone")));
        return wanted is null ? await WrongAsync(http, form, [mistake!]) : await WriteAsync(http, form, [wanted], cancel);
    }

    public async Task<IResult> ImportAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel, 2 * PressForm.LongText) is not { } form) return Results.BadRequest();

        var (wanted, mistakes) = AppointmentLines.Many(Profile, time.GetUtcNow(), form.Field("lines") ?? "");
        return mistakes.Count > 0 ? await WrongAsync(http, form, mistakes) : await WriteAsync(http, form, wanted, cancel);
    }

    public async Task<IResult> CancelAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.BadRequest();

        var (id, page) = (form.Field("appointment") ?? "", Page(Day(form.Field("day")) ?? Today));
        var open = books.Current.Appointments.Find(id) is not null && AppointmentApi.CheckedIn(feed.Latest.State, id) is null;
        var said = open ? await press.WriteAsync(http, Guid.NewGuid().ToString("N"), new HallEvent.AppointmentCancelled(id), cancel) ?? "done.cancelled" : "trouble.changed";
        return StaffPress.Answer(http, pages.T(http), page, said);
    }

    private async Task<IResult> WriteAsync(HttpContext http, IFormCollection form, IReadOnlyList<WantedAppointment> wanted, CancellationToken cancel)
    {
        if (wanted.Count == 0) return StaffPress.Answer(http, pages.T(http), Address, StaffPress.BadInput);
        if (books.Current.Appointments.ById.Count + wanted.Count > AppointmentBook.Most) return StaffPress.Answer(http, pages.T(http), Address, "trouble.book-full");

        // Asked for at once, so that the engine makes one transaction of them.
        var request = StaffPress.RequestId(form, "appointment");
        var facts = writer.Appointments(wanted);
        var said = await Task.WhenAll(facts.Select((fact, index) => press.WriteAsync(http, string.Create(CultureInfo.InvariantCulture, $"{request}-{index}"), fact, cancel)));
        return StaffPress.Answer(http, pages.T(http), Page(HallHours.Local(Profile, wanted[0].Slot).Date), said.FirstOrDefault(one => one is not null) ?? "done.booked");
    }

    // Nothing is kept of what was typed but in the page that goes back to who typed it.
    private Task<IResult> WrongAsync(HttpContext http, IFormCollection form, IReadOnlyList<AppointmentMistake> mistakes)
    {
        var t = pages.T(http);
        var sentences = mistakes.Select(mistake => (mistake.Line is { } line ? t.Say("appointment.line", line) : "") + t.Say($"appointment.mistake.{mistake.Fault}", mistake.Given)).ToList();
        return PageAsync(http, Day(form.Field("date")) ?? Today, sentences, form.ToDictionary(field => field.Key, field => field.Value.ToString()), StatusCodes.Status400BadRequest);
    }

    private Task<IResult> PageAsync(HttpContext http, DateOnly day, IReadOnlyList<string>? mistakes = null, IReadOnlyDictionary<string, string>? typed = null, int status = StatusCodes.Status200OK)
    {
        var now = time.GetUtcNow();
        return pages.ShowAsync(http, "nav.appointments", typeof(AppointmentsPage), new()
        {
            ["Day"] = day,
            ["Lines"] = books.Current.Appointments.On(day, Profile.TimeZone).Select(booked => Line(booked, now)).ToList(),
            ["Mistakes"] = mistakes ?? [],
            ["Typed"] = typed ?? new Dictionary<string, string>(),
        }, status);
    }

    private AppointmentLine Line(BookedAppointment booked, DateTimeOffset now)
    {
        var ticket = AppointmentApi.CheckedIn(feed.Latest.State, booked.Id);

        // Of earlier days it is not known here who came: the tickets went with the day.
        var missed = booked.Slot + Profile.Rules.AppointmentLate < now && HallHours.Local(Profile, booked.Slot).Date == feed.Latest.State.Day;
        var state = ticket is not null ? "checked-in" : booked.Cancelled ? "cancelled" : missed ? "missed" : booked.Slot + Profile.Rules.AppointmentLate < now ? "past" : "booked";
        var contact = writer.Contact(booked) is { } kept ? DigitMask.Mask(kept) : null;
        return new(booked, state, ticket?.Number.ToString(), contact);
    }

    private static string Page(DateOnly day) => $"{Address}?day={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
