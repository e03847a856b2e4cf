using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Devices.Paper;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>What a form of the guide's screen asks for.</summary>
/// <param name="Does">Names the sentence that tells it was done.</param>
/// <param name="Choice">Tells this choice from others of the same form.</param>
internal sealed record GuidePress(string Does, HallCommand Command, TicketId? Ticket, string Choice)
{
    public const string Issue = "issue";

    private const int DeviceIdLimit = 40;

    /// <summary>The printer with a new roll, or null.</summary>
    public string? Paper => (Command as HallCommand.WriteDown)?.Fact is HallEvent.PaperLoaded loaded ? loaded.Device : null;

    /// <summary>Null where the form asks for nothing that there is.</summary>
    public static GuidePress? Of(IFormCollection form, HallProfile profile)
    {
        if (form.Field("issue") is { } service)
        {
            var language = form.Field("language") is { } asked && profile.Languages.Contains(asked) ? asked : profile.DefaultLanguage;
            return Class(form.Field("class"), out var given) && profile.Service(new(service)) is not null
                ? new(Issue, new HallCommand.TakeTicket(TicketCodes.Draw(), new(service), language, Class: given), null, $"{service}-{form.Field("class")}-{language}")
                : null;
        }

        if (form.Field("paper") is { Length: <= DeviceIdLimit } device) return new("paper", new HallCommand.WriteDown(new HallEvent.PaperLoaded(device, PaperKeeper.Pressed)), null, device);
        if (form.Field("ticket") is not { } id) return null;
        var ticket = new TicketId(id);
        if (form.Field("class") is { } name) return Class(name, out var priority) ? new("prioritise", new HallCommand.PrioritiseTicket(ticket, priority), ticket, name) : null;
        if (form.Field("to-service") is { } to) return profile.Service(new(to)) is null ? null : new("move", new HallCommand.TransferTicket(ticket, new ServiceId(to), null), ticket, to);
        if (form.Field("to-counter") is { } counter) return Number(counter) is { } number ? new("move", new HallCommand.TransferTicket(ticket, null, number), ticket, counter) : null;
        return form.Field("do") switch
        {
            "cancel" => new("cancel", new HallCommand.CancelTicket(ticket), ticket, "cancel"),
            "resume" => new("resume", new HallCommand.ResumeTicket(ticket), ticket, "resume"),
            "print" => new("print", new HallCommand.PrintTicket(ticket), ticket, "print"),
            _ => null,
        };
    }

    private static bool Class(string? name, out PriorityClass? priority)
    {
        priority = null;
        if (name is null or "none") return true;
        if (!Enum.TryParse<PriorityClass>(name, out var known) || !Enum.IsDefined(known)) return false;
        priority = known;
        return true;
    }

    private static CounterId? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 99 ? new CounterId(value) : null;
}
