using System.Collections.Immutable;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Site;

/// <summary>What staffing advice aims at, and what is planned.</summary>
public sealed record StaffingProfile
{
    /// <summary>Part of the customers who are to be called within their service's target, 0 to 1.</summary>
    public double Share { get; init; } = 0.8;

    /// <summary>Counters of a group that are always open in opening hours.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>First days of a month that are set apart from the others; 0: none.</summary>
    public int MonthStartDays { get; init; } = 3;

    /// <summary>Planned counters by day of the week; a day without any: nothing is planned.</summary>
    public ImmutableDictionary<DayOfWeek, ImmutableArray<RosterSpan>> Roster { get; init; } = ImmutableDictionary<DayOfWeek, ImmutableArray<RosterSpan>>.Empty;
}

/// <param name="Service">Counters of the group that has this service; null: of the hall in all.</param>
public sealed record RosterSpan(OpenSpan Span, int Counters, ServiceId? Service);
