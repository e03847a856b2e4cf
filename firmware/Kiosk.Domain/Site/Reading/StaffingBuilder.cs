using System.Collections.Immutable;
using System.Text.Json;

namespace Kiosk.Domain.Site.Reading;

/// <summary>Makes the staffing section of a document in which no mistake was found.</summary>
internal static class StaffingBuilder
{
    public static StaffingProfile Build(JsonElement? staffing)
    {
        var plain = new StaffingProfile();
        if (staffing is not { } given) return plain;

        return new()
        {
            Share = given.Whole("sharePercent") is { } percent ? percent / 100.0 : plain.Share,
            Minimum = given.Whole("minimum") ?? plain.Minimum,
            MonthStartDays = given.Whole("monthStartDays") ?? plain.MonthStartDays,
            Roster = given.Member("roster") is { } roster
                ? Enum.GetValues<DayOfWeek>().ToImmutableDictionary(day => day, day => Spans(roster, day))
                : plain.Roster,
        };
    }

    private static ImmutableArray<RosterSpan> Spans(JsonElement roster, DayOfWeek day) =>
    [
        .. roster.List(day.ToString().ToLowerInvariant())
            .Select(entry => (Span: DaySpan.Parse(entry.Text("span")!)!.Value, Counters: entry.Whole("counters")!.Value, Service: entry.Text("service")))
            .OrderBy(entry => entry.Span.From)
            .Select(entry => new RosterSpan(entry.Span.ToOpenSpan(), entry.Counters, entry.Service is { } service ? new(service) : null)),
    ];
}
