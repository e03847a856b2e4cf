using System.Security.Cryptography;
using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Dialogue;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/kiosk</c>: the ticket machine.</summary>
internal sealed class KioskPages(KioskDialogues dialogues, IIntake intake, HallFeed feed, IAppointments appointments, PayPresses pay, ScreenReply reply, LiveStream stream)
{
    private const string Cookie = "kiosk";
    private const int MachineLength = 32, StepLength = 16;

    public async Task<IResult?> ShowAsync(HttpContext http) => await reply.PageAsync(new ScreenAddress.Kiosk(Machine(http)));

    public Task LiveAsync(HttpContext http) => stream.ServeAsync(http, new ScreenAddress.Kiosk(Machine(http)));

    public async Task<IResult> PressAsync(HttpContext http, CancellationToken cancel)
    {
        var machine = Machine(http);
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.BadRequest();

        await ApplyAsync(machine, form, cancel);
        return http.Request.FromScript() ? ScreenReply.Pressed(null) : new SeeOther("/kiosk");
    }

    private async Task ApplyAsync(string machine, IFormCollection form, CancellationToken cancel)
    {
        var dialogue = dialogues.Of(machine);
        var step = form.Field("step") ?? "";
        if (form.Field("language") is { } language && feed.Profile.Languages.Contains(language)) dialogues.Apply(machine, new KioskInput.LanguageChosen(language));
        else if (form.Field("large") is { } large) dialogues.Apply(machine, new KioskInput.LargeSet(large == "on"));
        else if (form.Field("contrast") is { } contrast) dialogues.Apply(machine, new KioskInput.ContrastSet(contrast == "on"));
        else if (form.Field("pay") is not null) pay.Apply(machine, form, step);
        else if (form.Field("more") is not null && step == dialogue.Step) dialogues.Apply(machine, new KioskInput.MoreTimeAsked());
        else if (form.Field("done") is not null && step == dialogue.Step) dialogues.Apply(machine, new KioskInput.Left());
        else if (form.Field("back") is not null && step == dialogue.Step && dialogue is { Ticket: null, Pay: null }) dialogues.Apply(machine, new KioskInput.SteppedBack());
        else if (form.Field("appointment") is not null && step == dialogue.Step && dialogue is { Ticket: null, Pay: null }) dialogues.Apply(machine, new KioskInput.CheckInChosen());
        else if (Typed(form, dialogue, step) is { } typed) dialogues.Apply(machine, typed);
        else if (form.Field("check-in") is not null && step == dialogue.Step && dialogue is { Ticket: null, Code.Length: KioskDialogue.CodeLength }) await CheckInAsync(machine, step, dialogue, cancel);
        else if (form.Field("anyway") is not null && step == dialogue.Step && dialogue is { Ticket: null, Asked: { } asked }) await TakeAsync(machine, step, new(TicketCodes.Draw(), asked, dialogue.Language), cancel);
        else if (form.Field("service") is { } service && Answers(dialogue, step))
        {
            await TakeAsync(machine, step, new(TicketCodes.Draw(), new ServiceId(service), dialogue.Language, AskIfLong: true), cancel);
        }
    }

    private static KioskInput? Typed(IFormCollection form, KioskDialogue dialogue, string step)
    {
        if (step != dialogue.Step || dialogue.Code is null || !int.TryParse(form.Field("place"), NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return null;
        if (form.Field("digit") is [var digit] && char.IsAsciiDigit(digit)) return new KioskInput.DigitPressed(digit, place);
        return form.Field("erase") is null ? null : new KioskInput.DigitErased(place);
    }

    private async Task CheckInAsync(string machine, string step, KioskDialogue dialogue, CancellationToken cancel)
    {
        if (appointments.Find(dialogue.Code!, out var service) is not { } booked) dialogues.Apply(machine, new KioskInput.CodeUnknown());
        else await TakeAsync(machine, step, new(TicketCodes.Draw(), service, dialogue.Language, Appointment: booked), cancel);
    }

    // A press of the step that shows, or of one that was sent just before the host came back: its request id finds the number it took.
    private static bool Answers(KioskDialogue dialogue, string step) =>
        dialogue is { Ticket: null, Pay: null } && (step == dialogue.Step || (dialogue.Fresh && step.Length == StepLength && step.All(char.IsAsciiHexDigitLower)));

    private async Task TakeAsync(string machine, string step, HallCommand.TakeTicket take, CancellationToken cancel)
    {
        try
        {
            var request = new Request($"kiosk-{machine}-{step}", "kiosk", take);
            var answer = await intake.AskAsync(request, cancel);
            var issued = answer.Events.IsDefaultOrEmpty ? null : answer.Events.Select(e => e.Fact).OfType<HallEvent.TicketIssued>().FirstOrDefault();

            // The engine may answer a moment before it publishes: the machine never shows a number that the hall does not have yet.
            if (issued is not null && !answer.Repeated) await feed.AfterAsync(answer.Events[^1].Seq - 1, cancel);
            dialogues.Apply(machine, issued is not null ? new KioskInput.NumberIssued(issued.Ticket)
                : answer.Rejection == Rejection.LongWait ? new KioskInput.LongWaitMet(take.Service)
                : new KioskInput.NumberRefused("rejection." + answer.Rejection));
        }
        catch (JournalUnavailableException)
        {
            dialogues.Apply(machine, new KioskInput.NothingDecided("trouble.journal"));
        }
        catch (IntakeFullException)
        {
            dialogues.Apply(machine, new KioskInput.NothingDecided("trouble.busy"));
        }
    }

    private static string Machine(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is { Length: MachineLength } known && known.All(char.IsAsciiHexDigitLower)) return known;

        var machine = RandomNumberGenerator.GetHexString(MachineLength, lowercase: true);
        http.Response.Cookies.Append(Cookie, machine, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(3650), IsEssential = true });
        return machine;
    }
}
