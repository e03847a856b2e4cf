using System.Globalization;
using Kiosk.Domain.Staff;
using Kiosk.Firmware.Web.Api;
using Kiosk.Journal;

namespace Kiosk.Firmware.Web.Staff;

/// <summary>Who did what, when, from where.</summary>
internal static class AuditApi
{
    private const int MostEvents = 1000, LongestWho = 40;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/audit", Show).WithTags("Staff").Needs(Right.SeeAudit)
        .WithSummary("Events with who asked and from where, oldest first; ?after=seq&limit=1..1000&who=user&day=2026-01-05").Produces<AuditShape>();

    private static IResult Show(HttpContext http, Audit audit)
    {
        var query = http.Request.Query;
        var after = Number(query["after"], "after", 0, long.MaxValue) ?? 0;
        var limit = (int)(Number(query["limit"], "limit", 1, MostEvents) ?? 200);
        try
        {
            var slice = audit.After(after, limit, Who(query["who"]), Day(query["day"]));
            return Results.Json(new AuditShape([.. slice.Events.Select(EventApi.Audited)], slice.Next), ApiJson.Wire.AuditShape);
        }
        catch (JournalUnavailableException unavailable)
        {
            return SignInApi.Trouble(unavailable);
        }
    }

    public static string? Who(string? text) => string.IsNullOrEmpty(text) ? null
        : text.Length <= LongestWho ? text : throw new BadInputException("who", $"who: the name of a user, at most {LongestWho} signs.");

    public static DateOnly? Day(string? text) => string.IsNullOrEmpty(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new BadInputException("day", "day: a date as 2026-01-05.");

    private static long? Number(string? text, string field, long from, long to)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : throw new BadInputException(field, $"{field}: a whole number from {from}{(to < long.MaxValue ? $" to {to}" : " up")}.");
    }
}

/// <param name="Next">For <c>after</c> of the next request; null at the end.</param>
public sealed record AuditShape(IReadOnlyList<EventShape> Events, long? Next);
