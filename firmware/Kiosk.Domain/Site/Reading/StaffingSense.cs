using System.Collections.Immutable;
using System.Text.Json;

namespace Kiosk.Domain.Site.Reading;

/// <summary>What of the staffing section depends on the rest of the profile: services and counters that there are, spans that overlap.</summary>
internal sealed class StaffingSense(JsonElement hall, JsonElement staffing, ImmutableArray<ProfileMistake>.Builder mistakes)
{
    private readonly List<List<string>> _counters = [.. hall.List("counters").Select(counter => counter.Texts("services").Select(entry => entry.Value).ToList())];

    public void Check()
    {
        if (staffing.Whole("minimum") is { } minimum && minimum > _counters.Count) mistakes.Add(new("staffing.minimum", $"{minimum} is more than the {_counters.Count} counters of the hall"));
        if (staffing.Member("roster") is not { } roster) return;
        foreach (var day in StaffingShape.Days) CheckDay(roster, day);
    }

    private void CheckDay(JsonElement roster, string day)
    {
        var services = hall.List("services").Select(service => service.Text("id")).OfType<string>().ToList();
        var before = new List<(int Index, DaySpan Span, string? Group)>();
        foreach (var (index, entry) in roster.List(day).Index())
        {
            var (path, service) = ($"staffing.roster.{day}[{index}]", entry.Text("service"));
            if (service is not null && !services.Contains(service))
                mistakes.Add(new($"{path}.service", $"unknown service \"{service}\"; {Nearest.Hint(service, services)}allowed: {string.Join(", ", services)}, or left out for the hall in all"));
            else CheckCount(path, entry, service);

            if (entry.Text("span") is not { } text || DaySpan.Parse(text) is not { } span) continue;
            if (span.Until <= span.From) mistakes.Add(new($"{path}.span", $"\"{text}\" ends before it begins; hours past midnight are two spans: one until 24:00, one on the next day"));
            else if (before.Where(other => other.Group == Group(service) && other.Span.Overlaps(span)).Select(other => (int?)other.Index).FirstOrDefault() is { } clash)
                mistakes.Add(new($"{path}.span", $"\"{text}\" overlaps staffing.roster.{day}[{clash}] of the same counters"));
            before.Add((index, span, Group(service)));
        }
    }

    private void CheckCount(string path, JsonElement entry, string? service)
    {
        var there = service is null ? _counters.Count : _counters.Count(offers => offers.Any(offer => Group(offer) == Group(service)));
        if (entry.Whole("counters") is { } counters && counters > there)
            mistakes.Add(new($"{path}.counters", $"{counters} is more than the {there} counters of {(service is null ? "the hall" : $"\"{service}\" and of the services that share them")}"));
    }

    /// <summary>One name for all services that share counters, directly or by others.</summary>
    private string? Group(string? service)
    {
        if (service is null) return null;

        var group = new HashSet<string>(StringComparer.Ordinal) { service };
        while (_counters.Where(offers => offers.Any(group.Contains)).SelectMany(offers => offers).Where(offer => !group.Contains(offer)).ToList() is { Count: > 0 } more) group.UnionWith(more);
        return group.Min(StringComparer.Ordinal);
    }
}
