using System.Security.Cryptography;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Live;
using Kiosk.Firmware.Web.Staff;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens.Guide;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/guide</c>: the floor guide's screen.</summary>
internal sealed class GuidePages(IIntake intake, HallFeed feed, ScreenComposer composer, ScreenReply reply, LiveStream stream, IDeviceDirectory devices)
{
    private const string Source = "guide";
    private const int PressLength = 16, RequestLimit = 40;

    private HallProfile Profile => feed.Profile;

    public async Task<IResult> ShowAsync(HttpContext http)
    {
        ScreenLanguage.Remember(http, Profile.Languages);
        var address = Address(http);
        var content = composer.Compose(address)!;
        var shown = new Dictionary<string, object?>(content.Parameters)
        {
            [nameof(GuidePage.Signed)] = http.Staff()?.View,
            [nameof(GuidePage.Message)] = Said(http, address),
            [nameof(GuidePage.Good)] = http.Request.Query["said"].ToString().StartsWith("guide.done.", StringComparison.Ordinal),
            [nameof(GuidePage.Press)] = RandomNumberGenerator.GetHexString(PressLength, lowercase: true),
        };
        return await reply.PageAsync(content with { Parameters = shown });
    }

    public Task LiveAsync(HttpContext http) => stream.ServeAsync(http, Address(http));

    public async Task<IResult> PressAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel) is not { } form || GuidePress.Of(form, Profile) is not { } press) return Results.BadRequest();
        if (press.Paper is { } printer && devices.Devices.All(device => device.Id != printer || device.Paper is null)) return Results.BadRequest();

        var (said, issued) = await AskAsync(http, form, press, cancel);
        var address = Address(http) is var here && issued is null ? here : here with { Chosen = issued };
        if (!http.Request.FromScript()) return new SeeOther(issued is null ? address.With($"said={said}") : address.Path);
        if (issued is not null) return ScreenReply.Gone(address.Path);

        var t = Phrases.In(address.Language);
        return said.StartsWith("guide.done.", StringComparison.Ordinal) ? ScreenReply.Pressed(t.Say(said, Number(press.Ticket)), good: true) : ScreenReply.Pressed(t[said]);
    }

    /// <returns>Key of the sentence that tells what was done or why nothing was; and the ticket, where one was issued.</returns>
    private async Task<(string Said, TicketId? Issued)> AskAsync(HttpContext http, IFormCollection form, GuidePress press, CancellationToken cancel)
    {
        try
        {
            var answer = await intake.AskAsync(Request(http, form, press), cancel);
            if (answer.Rejection is { } no) return ($"rejection.{no}", null);
            if (answer.Events.IsDefaultOrEmpty) return ("trouble.lost", null);

            // The engine may answer a moment before it publishes: a page that is fetched again shows what its press did.
            if (!answer.Repeated && press.Paper is { } printer) devices.PaperLoaded(printer);
            if (!answer.Repeated) await feed.AfterAsync(answer.Events[^1].Seq - 1, cancel);
            var issued = answer.Events.Select(recorded => recorded.Fact).OfType<HallEvent.TicketIssued>().FirstOrDefault();
            return ($"guide.done.{press.Does}", press.Does == GuidePress.Issue ? issued?.Ticket : null);
        }
        catch (JournalUnavailableException)
        {
            return ("trouble.journal", null);
        }
        catch (IntakeFullException)
        {
            return ("trouble.busy", null);
        }
    }

    // The page's own id for a number: pressing twice, or again after a lost answer, takes one; another choice is another number.
    private static Request Request(HttpContext http, IFormCollection form, GuidePress press)
    {
        var who = http.Staff()?.User;
        var id = form.Field("request") is { Length: > 0 and <= RequestLimit } given && given.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-') ? given : null;
        var name = $"{Source}-{id}-{press.Choice}";
        return id is null || name.Length > Engine.Request.IdLimit ? Engine.Request.Once(Source, press.Command, who) : new(name, Source, press.Command, Who: who);
    }

    private ScreenAddress.Guide Address(HttpContext http)
    {
        var query = http.Request.Query;
        return new(
            ScreenLanguage.Of(http, Profile.Languages),
            Profile.Services.FirstOrDefault(service => service.Id.Value == query["service"])?.Id,
            query["ticket"].ToString() is { Length: > 0 } id && feed.Latest.State.Tickets.ContainsKey(new(id)) ? new TicketId(id) : null,
            http.Staff()?.Role.May(Right.GuideCustomers) is true);
    }

    // Without the script the answer to a press comes back in the address, as a code that is looked up and never shown itself.
    private string? Said(HttpContext http, ScreenAddress.Guide address)
    {
        var (code, t) = (http.Request.Query["said"].ToString(), Phrases.In(address.Language));
        if (!t.Keys.Contains(code)) return null;
        if (code.StartsWith("guide.done.", StringComparison.Ordinal)) return t.Say(code, Number(address.Chosen));
        return code.StartsWith("rejection.", StringComparison.Ordinal) || code.StartsWith("trouble.", StringComparison.Ordinal) ? t[code] : null;
    }

    private string Number(TicketId? id) => id is { } known && feed.Latest.State.Tickets.TryGetValue(known, out var ticket) ? ticket.Number.ToString() : "";
}
