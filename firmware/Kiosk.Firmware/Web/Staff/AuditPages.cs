using System.Globalization;
using System.Text.Json;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Api;
using Kiosk.Firmware.Web.Screens.Pages;
using Kiosk.Journal;
using Kiosk.Ui;
using Kiosk.Ui.Screens;
using Kiosk.Ui.Screens.Staff;

namespace Kiosk.Firmware.Web.Staff;

/// <summary><c>/manager/audit</c>: what staff did and what was refused, newest first.</summary>
internal sealed class AuditPages(Audit audit, HallFeed feed, ScreenReply reply)
{
    private const int Rows = 100;

    public async Task<IResult> ShowAsync(HttpContext http)
    {
        ScreenLanguage.Remember(http, feed.Profile.Languages);
        var t = Phrases.In(ScreenLanguage.Of(http, feed.Profile.Languages));
        var query = http.Request.Query;
        var (slice, trouble, status) = Read(query, t);
        var parameters = new Dictionary<string, object?>
        {
            ["T"] = t,
            ["Profile"] = feed.Profile,
            ["Signed"] = http.Staff()?.View,
            ["Rows"] = slice.Events.Select(Row).ToList(),
            ["Who"] = query["who"].ToString(),
            ["Day"] = query["day"].ToString(),
            ["Trouble"] = trouble,
            ["Next"] = slice.Next is { } next ? $"/manager/audit{QueryString.Create(new Dictionary<string, string?> { ["who"] = query["who"], ["day"] = query["day"], ["before"] = next.ToString(CultureInfo.InvariantCulture) })}" : null,
        };
        return await reply.PageAsync(new ScreenContent($"{t["audit.title"]} · {feed.Profile.Name.In(t.Language)}", t.Language, "staff", null, [], typeof(AuditScreen), parameters), status);
    }

    private (Audit.Slice Slice, string? Trouble, int Status) Read(IQueryCollection query, Phrases t)
    {
        try
        {
            var before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : 0;
            return (audit.Before(before, Rows, AuditApi.Who(query["who"]), AuditApi.Day(query["day"])), null, StatusCodes.Status200OK);
        }
        catch (BadInputException)
        {
            return (new([], null), t["audit.bad-filter"], StatusCodes.Status400BadRequest);
        }
        catch (JournalUnavailableException)
        {
            return (new([], null), t["trouble.journal"], StatusCodes.Status503ServiceUnavailable);
        }
    }

    // What the other columns say already, and ids of tickets: masked, they say nothing to people.
    private static bool Said(JsonProperty member, Recorded recorded) => member.Name switch
    {
        "ticket" => true,
        "from" => member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals(recorded.Source),
        "user" or "clerk" => member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals(recorded.Who),
        "times" => member.Value.GetInt32() == 1,
        _ => false,
    };

    private AuditRow Row(Recorded recorded)
    {
        var shape = EventApi.Audited(recorded);
        var detail = string.Join(", ", shape.Data.EnumerateObject().Where(member => !Said(member, recorded)).Select(member => $"{member.Name}: {(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText())}"));
        var at = TimeZoneInfo.ConvertTime(recorded.At, feed.Profile.TimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new(recorded.Seq, at, shape.Type, recorded.Who ?? "–", recorded.Source, detail.Length <= 300 ? detail : detail[..300] + "…");
    }
}
