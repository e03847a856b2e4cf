using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Waiting;

/// <summary>Where a newcomer really stands in a line, priority taken into account.</summary>
internal static class WaitingPlace
{
    private static readonly PriorityClass?[] Classes = [null, .. Enum.GetValues<PriorityClass>().Cast<PriorityClass?>()];

    /// <param name="horizon">About how long the line will take: so much time there is to overtake in.</param>
    /// <returns>1: next. O(classes · log n).</returns>
    public static int Of(RoutingProfile routing, Line line, PriorityClass? priority, DateTimeOffset at, TimeSpan horizon)
    {
        if (priority is not { } own || routing.Policy == RoutingPolicy.FirstCome) return line.Count + 1;

        var ahead = 0;
        foreach (var other in Classes)
        {
            ahead += routing.Policy == RoutingPolicy.Strict ? (other is { } strict && strict <= own ? line.CountOf(other) : 0) : Ahead(routing, line, own, other, at, horizon);
        }

        return ahead + 1;
    }

    // Scores are time in line at the class's rate: the newcomer passes whoever is behind when the horizon is reached, and never who stands there longer than the bound allows.
    private static int Ahead(RoutingProfile routing, Line line, PriorityClass own, PriorityClass? other, DateTimeOffset at, TimeSpan horizon)
    {
        var (mine, theirs) = (Rate(routing, own), Rate(routing, other));
        if (theirs >= mine) return line.CountOf(other);

        var lead = horizon * (mine - theirs) / theirs;
        return line.CountOf(other, at - (lead < routing.MayAdd ? lead : routing.MayAdd));
    }

    private static double Rate(RoutingProfile routing, PriorityClass? priority) => priority is { } given ? Math.Max(1, routing.RatePercent.GetValueOrDefault(given, 100)) : 100;
}
