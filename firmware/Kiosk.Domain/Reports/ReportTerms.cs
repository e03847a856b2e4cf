using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Reports;

/// <summary>What of the profile a report depends on. A kept report carries its own, so that it comes out the same after the profile was changed.</summary>
/// <param name="Walking">What a called customer needs to walk to the counter, where no key said that service began.</param>
/// <param name="Services">In the order of the report; a target of null promises nothing.</param>
public sealed record ReportTerms(TimeZoneInfo Zone, TimeSpan Walking, ImmutableArray<(ServiceId Id, TimeSpan? Target)> Services)
{
    public static ReportTerms Of(HallProfile profile) => new(
        profile.TimeZone, profile.Rules.Walking, [.. profile.Services.Select(service => (service.Id, (TimeSpan?)service.TargetWait))]);

    public TimeSpan? Target(ServiceId id) => Services.FirstOrDefault(service => service.Id == id).Target;
}
