using Kiosk.Domain.Hall;
using Kiosk.Firmware.Effects;
using Kiosk.Hardware.Printers.EscPos;
using Kiosk.Hardware.Printers.EscPos.Emulation;
using Kiosk.Hardware.Printers.Templates;
using Kiosk.Ui.Screens.Manager;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary><c>/manager/slips</c>: how tickets and receipts look.</summary>
internal sealed partial class SlipPages(SlipShelf shelf, StaffPress press, StaffPages pages, ILogger<SlipPages> log)
{
    private const string Address = "/manager/slips";

    /// <summary>The form is larger than its text: each sign of a template may be nine signs of it.</summary>
    private const int LongestField = 60 * 1024;

    private static readonly SortedDictionary<int, EscPosOptions> Papers = new() { [58] = EscPosProfiles.All["generic-58"], [80] = EscPosProfiles.All["generic-80"] };

    public Task<IResult> ShowAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var kind = SlipKind.Find(query["slip"].ToString()) ?? SlipKind.Ticket;
        return PageAsync(http, kind, shelf.Current(kind).Source, [], shelf.Current(kind), query["language"], query["paper"], query["copy"] == "1", StatusCodes.Status200OK);
    }

    public async Task<IResult> DoAsync(HttpContext http, CancellationToken cancel)
    {
        if (await PressForm.ReadAsync(http.Request, cancel, LongestField) is not { } form || SlipKind.Find(form.Field("slip") ?? "") is not { } kind) return Results.BadRequest();

        var text = (form.Field("text") ?? "").ReplaceLineEndings("\n");
        switch (form.Field("do"))
        {
            case "preview" or "save":
                var mistakes = shelf.Check(kind, text, out var template);
                if (template is not null && form.Field("do") == "save") return Answer(http, kind, await ChangeAsync(http, form, kind, template, "saved", cancel));
                return await PageAsync(http, kind, text, mistakes, template ?? shelf.Current(kind), form.Field("language"), form.Field("paper"), form.Field("copy") == "1",
                    template is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
            case "previous":
                if (shelf.Previous(kind) is not { } before || shelf.Check(kind, before, out var previous) is not [] || previous is null) return Answer(http, kind, "trouble.slip-previous");
                return Answer(http, kind, await ChangeAsync(http, form, kind, previous, "previous", cancel));
            case "delivered":
                return Answer(http, kind, await ChangeAsync(http, form, kind, null, "delivered", cancel));
            default:
                return Results.BadRequest();
        }
    }

    /// <returns>Key of the sentence that is said.</returns>
    private async Task<string> ChangeAsync(HttpContext http, IFormCollection form, SlipKind kind, SlipTemplate? template, string what, CancellationToken cancel)
    {
        try
        {
            var fact = new HallEvent.SlipTemplateChanged(kind.Id, what, SlipShelf.HashOf(template ?? shelf.AsDelivered(kind)));
            var (first, refused) = await press.FirstAsync(http, StaffPress.RequestId(form, "slip"), fact, cancel);
            if (refused is not null) return refused;

            // A form that was sent twice changes once: the second time would take the previous one for the one in use.
            if (first) shelf.Replace(kind, template);
            return "done.slip";
        }
        catch (IOException failed)
        {
            LogNotKept(log, kind.Id, failed.Message);
            await press.WriteAsync(http, Guid.NewGuid().ToString("N"), new HallEvent.SlipTemplateChanged(kind.Id, "kept", SlipShelf.HashOf(shelf.Current(kind))), cancel);
            return "trouble.slip-disk";
        }
    }

    private IResult Answer(HttpContext http, SlipKind kind, string said) => StaffPress.Answer(http, pages.T(http), $"{Address}?slip={kind.Id}", said);

    private Task<IResult> PageAsync(
        HttpContext http, SlipKind kind, string text, IReadOnlyList<SlipMistake> mistakes, SlipTemplate shown, string? language, string? paper, bool copy, int status)
    {
        var spoken = pages.Profile.Languages.FirstOrDefault(known => known == language) ?? ScreenLanguage.Of(http, pages.Profile.Languages);
        var (width, printer) = int.TryParse(paper, out var wanted) && Papers.TryGetValue(wanted, out var narrow) ? (wanted, narrow) : (80, Papers[80]);
        var samples = SlipSamples.Of(kind, spoken, copy ? 1 : 0);
        samples["hall"] = pages.Profile.Name.In(spoken);
        if (samples.ContainsKey("service")) samples["service"] = pages.Profile.Services[0].Name.In(spoken);
        var slip = shown.Compose(spoken, samples);
        return pages.ShowAsync(http, "slips.title", typeof(SlipsPage), new()
        {
            ["View"] = new SlipView(
                kind.Id, shelf.OriginOf(kind).ToString(), shelf.Previous(kind) is not null, text, SlipTemplateReader.MaxSigns, [.. mistakes.Select(mistake => (mistake.Line, mistake.Message))],
                SlipPicture.Preview(slip, printer), SlipPicture.MillimetresOf(slip, printer), spoken, width, copy, [.. kind.Fields.Select(field => (field.Name, field.MayBeEmpty))]),
            ["Kinds"] = SlipKind.All.Select(known => known.Id).ToList(),
            ["Papers"] = Papers.Keys.ToList(),
        }, status);
    }

    [LoggerMessage(1, LogLevel.Error, "The template of the {Slip} was not kept: {Reason}")]
    private static partial void LogNotKept(ILogger log, string slip, string reason);
}
