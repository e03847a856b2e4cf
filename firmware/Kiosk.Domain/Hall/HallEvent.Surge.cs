namespace Kiosk.Domain.Hall;

/// <summary>Facts about further staff: what the hall's surge plans advised. They open no counter and close none.</summary>
public abstract partial record HallEvent
{
    /// <summary>A group is to come.</summary>
    /// <param name="Plan">Id of the plan in the profile.</param>
    /// <param name="Waiting">People who waited at that moment, in the lines that the plan counts.</param>
    /// <param name="Due">When the plan's timer ran out: the next one runs from there, however late this was written.</param>
    /// <param name="In">Who is in from now on, in order of coming.</param>
    public sealed record SurgeGroupCalledIn(string Plan, string Group, int Waiting, DateTimeOffset Due, IReadOnlyList<string> In) : HallEvent;

    /// <summary>A group may go when it has finished its customers.</summary>
    /// <param name="DayEnds">Not by its timer: the day closes.</param>
    public sealed record SurgeGroupReleased(string Plan, string Group, int Waiting, DateTimeOffset Due, IReadOnlyList<string> In, bool DayEnds = false) : HallEvent;

    /// <summary>Everybody is in and it is not enough: longer shifts and overtime.</summary>
    public sealed record SurgeOvertimeAdvised(string Plan, int Waiting, DateTimeOffset Due, IReadOnlyList<string> In) : HallEvent;

    public sealed record SurgeOvertimeEnded(string Plan, int Waiting, DateTimeOffset Due, IReadOnlyList<string> In, bool DayEnds = false) : HallEvent;
}
