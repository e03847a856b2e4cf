using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Reports;

/// <summary>A business day in figures: a fold of its events (<see cref="DayTally"/>), the same whenever it is made.</summary>
/// <param name="V">Version of this shape.</param>
/// <param name="Opened">In the hall's own offset, like all times.</param>
/// <param name="Closed">Null: the day is running; the figures are those of <paramref name="AsOf"/>.</param>
/// <param name="Zone">The hall's time zone (IANA).</param>
/// <param name="Walking">Seconds counted for walking to the counter where no key said that service began.</param>
/// <param name="Carry">What the next day begins with.</param>
public sealed record DayReport(int V, DateOnly Day, DateTimeOffset Opened, DateTimeOffset? Closed, DateTimeOffset AsOf, string Zone, int Walking, Figures Figures, Carry Carry)
{
    public const int Version = 1;

    /// <summary>Counters that could serve, by the half hour; null in reports of before this was counted.</summary>
    public IReadOnlyList<StaffedHalf>? Staffed { get; init; }

    /// <summary>What was forecast; null where nothing was.</summary>
    public DayOutlook? Outlook { get; init; }

    /// <summary>What it was made with: the same events under these terms give the same report.</summary>
    [JsonIgnore]
    public ReportTerms Terms => new(
        TimeZoneInfo.FindSystemTimeZoneById(Zone),
        TimeSpan.FromSeconds(Walking),
        [.. Figures.Services.Select(service => (new ServiceId(service.Id), service.Target is { } target ? TimeSpan.FromSeconds(target) : (TimeSpan?)null))]);
}

/// <summary>What is the case when a day ends and matters for the figures of the next.</summary>
/// <param name="Down">Faults that are not mended.</param>
/// <param name="Seats">Who is signed in where.</param>
public sealed record Carry(IReadOnlyList<OpenFault> Down, IReadOnlyList<Seat> Seats)
{
    public static Carry Nothing { get; } = new([], []);
}

/// <param name="By">See <see cref="DeviceFigures.By"/>.</param>
/// <param name="Fault">Id of the entry in the equipment register; for a device its own id.</param>
public sealed record OpenFault(string Id, string By, string Fault);

public sealed record Seat(int Counter, string Clerk);
