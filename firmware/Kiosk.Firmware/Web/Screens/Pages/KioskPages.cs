using System.Security.Cryptography;
using Kiosk.Domain.Hall;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Dialogue;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/kiosk</c>: the ticket machine.</summary>
internal sealed class KioskPages(KioskDialogues dialogues, IIntake intake, HallFeed feed, ScreenReply reply, LiveStream stream)
{
    private const string Cookie = "kiosk";
    private const int MachineLength = 32, StepLength = 16;

    public async Task<IResult?> ShowAsync(HttpContext http) => await reply.PageAsync(new ScreenAddress.Kiosk(Machine(http)));

    public Task LiveAsync(HttpContext http) => stream.ServeAsync(http, new ScreenAddress.Kiosk(Machine(http)));

    public async Task<IResult> PressAsync(HttpContext http, CancellationToken cancel)
    {
        var machine = Machine(http);
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form) return Results.BadRequest();

        var answer = await ApplyAsync(machine, form, cancel);
        return http.Request.WantsParts()
            ? await reply.PartsAsync(new ScreenAddress.Kiosk(machine), answer, null, cancel)
            : await SeeAgainAsync(answer, cancel);
    }

    private async Task<Answer?> ApplyAsync(string machine, IFormCollection form, CancellationToken cancel)
    {
        var dialogue = dialogues.Of(machine);
        var step = form.Field("step") ?? "";
        if (form.Field("language") is { } language && feed.Profile.Languages.Contains(language)) dialogues.Apply(machine, new KioskInput.LanguageChosen(language));
        else if (form.Field("large") is { } large) dialogues.Apply(machine, new KioskInput.LargeSet(large == "on"));
        else if (form.Field("contrast") is { } contrast) dialogues.Apply(machine, new KioskInput.ContrastSet(contrast == "on"));
        else if (form.Field("more") is not null && step == dialogue.Step) dialogues.Apply(machine, new KioskInput.MoreTimeAsked());
        else if (form.Field("done") is not null && step == dialogue.Step) dialogues.Apply(machine, new KioskInput.Left());
        else if (form.Field("service") is { } service && Answers(dialogue, step)) return await TakeAsync(machine, step, new ServiceId(service), dialogue.Language, cancel);
        return null;
    }

    // A press of the step that shows, or of one that was sent just before the host came back: its request id finds the number it took.
    private static bool Answers(KioskDialogue dialogue, string step) =>
        dialogue.Ticket is null && (step == dialogue.Step || (dialogue.Fresh && step.Length == StepLength && step.All(char.IsAsciiHexDigitLower)));

    private async Task<Answer?> TakeAsync(string machine, string step, ServiceId service, string language, CancellationToken cancel)
    {
        try
        {
            var request = new Request($"kiosk-{machine}-{step}", "kiosk", new HallCommand.TakeTicket(NewTicketId(), service, language));
            var answer = await intake.AskAsync(request, cancel);
            var issued = answer.Events.IsDefaultOrEmpty ? null : answer.Events.Select(e => e.Fact).OfType<HallEvent.TicketIssued>().FirstOrDefault();
            dialogues.Apply(machine, issued is not null ? new KioskInput.NumberIssued(issued.Ticket) : new KioskInput.NumberRefused("rejection." + answer.Rejection));
            return answer;
        }
        catch (JournalUnavailableException)
        {
            dialogues.Apply(machine, new KioskInput.NothingDecided("trouble.journal"));
        }
        catch (IntakeFullException)
        {
            dialogues.Apply(machine, new KioskInput.NothingDecided("trouble.busy"));
        }

        return null;
    }

    private async Task<IResult> SeeAgainAsync(Answer? answer, CancellationToken cancel)
    {
        if (answer is { Events.IsDefaultOrEmpty: false, Repeated: false }) await feed.AfterAsync(answer.Events[^1].Seq - 1, cancel);
        return new SeeOther("/kiosk");
    }

    private static string Machine(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is { Length: MachineLength } known && known.All(char.IsAsciiHexDigitLower)) return known;

        var machine = RandomNumberGenerator.GetHexString(MachineLength, lowercase: true);
        http.Response.Cookies.Append(Cookie, machine, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(3650), IsEssential = true });
        return machine;
    }

    private static TicketId NewTicketId() => new(RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 12));
}
