using System.Collections.Immutable;
using System.Text.Json;
using Kiosk.Domain.Waiting.Surge;

namespace Kiosk.Domain.Site.Reading;

/// <summary>What one value of <c>surge</c> alone cannot tell.</summary>
internal sealed class SurgeSense(JsonElement hall, ImmutableArray<ProfileMistake>.Builder mistakes)
{
    private readonly List<string> _services = [.. hall.List("services").Select(service => service.Text("id")).OfType<string>()];
    private readonly List<int> _counters = [.. hall.List("counters").Select(counter => counter.Whole("number")).OfType<int>()];

    /// <summary>Every group with its path, the reserves among them.</summary>
    public static IEnumerable<(string Path, JsonElement Group)> Groups(JsonElement hall) => hall.List("surge").Index().SelectMany(plan => Groups($"surge[{plan.Index}]", plan.Item));

    public void Check()
    {
        var plans = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, plan) in hall.List("surge").Index().Where(entry => entry.Item.ValueKind == JsonValueKind.Object))
        {
            var path = $"surge[{index}]";
            var id = SurgeBuilder.Id(plan);
            if (!plans.TryAdd(id, index)) Add(path + ".id", $"{id}{(plan.Text("id") is null ? " (left out)" : "")} is taken by surge[{plans[id]}]; each needs its own");
            CheckServices(path, plan);
            CheckReserve(path, plan);
            CheckGroups(path, plan);
        }
    }

    private static IEnumerable<(string Path, JsonElement Group)> Groups(string path, JsonElement plan)
    {
        foreach (var (index, group) in plan.List("groups").Index()) yield return ($"{path}.groups[{index}]", group);
        if (plan.Member("reserve") is { } reserve) yield return (path + ".reserve", reserve);
    }

    private void CheckServices(string path, JsonElement plan)
    {
        foreach (var (index, service) in plan.Texts("services").Where(entry => !_services.Contains(entry.Value)))
            Add($"{path}.services[{index}]", $"unknown service \"{service}\"; {Nearest.Hint(service, _services)}allowed: {string.Join(", ", _services)}");
    }

    // Below the plan's own threshold the reserve would be called in and sent away at one number.
    private void CheckReserve(string path, JsonElement plan)
    {
        var (own, reserve) = (SurgeBuilder.Threshold(plan), SurgeBuilder.ReserveThreshold(plan));
        if (SurgeBuilder.HasReserve(plan) && reserve < own)
            Add(path + ".reserve.threshold", $"is {reserve}{(plan.Member("reserve")?.Whole("threshold") is null ? " where it is left out" : "")}; allowed: at least {own}, which is the threshold of the plan");
    }

    private void CheckGroups(string path, JsonElement plan)
    {
        var (ids, seats) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<int, string>());
        if (plan.Member("groups") is null)
        {
            foreach (var group in SurgePlan.Example.Groups) ids.Add(group.Id, "the groups that are there where groups is left out");
        }

        foreach (var (place, group) in Groups(path, plan))
        {
            var id = place.EndsWith(".reserve", StringComparison.Ordinal) ? SurgeBuilder.ReserveId(plan) : group.Text("id");
            if (id is not null && !ids.TryAdd(id, place)) Add(place + ".id", $"{id} is taken by {ids[id]}; each group of a plan needs its own");
            if (group.Member("size") is { } size && size.Whole("from") is { } from && size.Whole("to") is { } to && to < from)
                Add(place + ".size.to", $"is {to}; allowed: at least {from}, which is from");
            CheckCounters(place, group, seats);
        }
    }

    private void CheckCounters(string place, JsonElement group, Dictionary<int, string> seats)
    {
        foreach (var (index, counter) in group.List("counters").Index())
        {
            if (ShapeCheck.WholeNumber(counter) is not { } whole || whole is < 1 or > 99) continue;

            var (number, path) = ((int)whole, $"{place}.counters[{index}]");
            if (!_counters.Contains(number)) Add(path, $"there is no counter {number}; allowed: {string.Join(", ", _counters)}");
            else if (!seats.TryAdd(number, path)) Add(path, $"counter {number} is taken by {seats[number]}; a counter belongs to one group of a plan");
        }
    }

    private void Add(string path, string message) => mistakes.Add(new(path, message));
}
