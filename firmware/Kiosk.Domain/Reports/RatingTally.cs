using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Reports;

/// <summary>The faces that customers pressed.</summary>
internal sealed class RatingTally
{
    private readonly List<FeedbackGiven> _given = [];

    public Satisfaction Total => Of(_given);

    public IEnumerable<string> Services => _given.Where(one => one.Service is not null).Select(one => one.Service!.Value.Value);

    public IEnumerable<CounterId> Counters => _given.Select(one => one.Counter);

    public IEnumerable<string> Clerks => _given.Where(one => one.Clerk is not null).Select(one => one.Clerk!);

    public void Add(FeedbackGiven feedback) => _given.Add(feedback);

    public Satisfaction OfService(string id) => Of(_given.Where(one => one.Service?.Value == id));

    public Satisfaction OfCounter(CounterId counter) => Of(_given.Where(one => one.Counter == counter));

    public Satisfaction OfClerk(string clerk) => Of(_given.Where(one => one.Clerk == clerk));

    private static Satisfaction Of(IEnumerable<FeedbackGiven> given)
    {
        var count = given.CountBy(one => one.Rating).ToDictionary();
        return new(count.GetValueOrDefault(Rating.Satisfied), count.GetValueOrDefault(Rating.Neutral), count.GetValueOrDefault(Rating.Dissatisfied));
    }
}
