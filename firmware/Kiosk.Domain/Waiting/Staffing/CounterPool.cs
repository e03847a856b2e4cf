using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Domain.Waiting.Staffing;

/// <summary>Services that share counters, directly or by others, and these counters: one group of staff.</summary>
/// <param name="Services">In the order of the profile.</param>
/// <param name="Counters">In order of their numbers.</param>
public sealed record CounterPool(ImmutableArray<ServiceId> Services, ImmutableArray<CounterId> Counters)
{
    /// <summary>The groups of a hall, in the order of their first service. A service that no counter offers has none.</summary>
    public static ImmutableArray<CounterPool> Of(HallProfile site)
    {
        var group = site.Services.ToDictionary(service => service.Id, service => service.Id);
        ServiceId Root(ServiceId id) => group[id] == id ? id : group[id] = Root(group[id]);

        foreach (var counter in site.Counters)
        {
            var offered = counter.Services.Where(group.ContainsKey).ToList();
            foreach (var other in offered.Skip(1)) group[Root(other)] = Root(offered[0]);
        }

        return
        [
            .. from service in site.Services
               group service.Id by Root(service.Id) into members
               let counters = site.Counters.Where(counter => counter.Services.Any(members.Contains)).Select(counter => counter.Number).Order().ToImmutableArray()
               where !counters.IsEmpty
               select new CounterPool([.. members], counters),
        ];
    }
}
