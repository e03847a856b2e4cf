using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Effects;

/// <summary>What somebody without priority who joins the line of a service now is told.</summary>
internal delegate WaitPromise? WaitQuote(HallState hall, ServiceId service, DateTimeOffset at);

/// <summary>
/// What each service's next customer is told, the same on all screens and in all texts. Asked anew after an event, and after a while without one: it changes with time alone.
/// A range that is shown stays as long as it is true and hardly too wide, so that neither screens nor topics flicker. Thread safe.
/// </summary>
/// <param name="quote">Null: the hall's own predictor.</param>
internal sealed class WaitQuotes(HallFeed feed, TimeProvider time, WaitQuote? quote = null)
{
    /// <summary>How long what was asked last is good enough while nothing happens.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly WaitQuote _quote = quote ?? ((hall, service, at) => hall.Waits.Promise(hall, service, null, at));
    private (long Seq, DateTimeOffset At)? _asked;
    private Dictionary<ServiceId, WaitRange> _now = [];

    /// <summary>By service; one of which too little is known, and a hall that issues no numbers, are not in it.</summary>
    public IReadOnlyDictionary<ServiceId, WaitRange> Now
    {
        get
        {
            lock (_gate)
            {
                var (latest, at) = (feed.Latest, time.GetUtcNow());
                if (_asked is { } asked && asked.Seq == latest.Seq && at - asked.At < Fresh) return _now;

                _asked = (latest.Seq, at);
                return _now = Ask(latest.State, at);
            }
        }
    }

    private Dictionary<ServiceId, WaitRange> Ask(HallState hall, DateTimeOffset at)
    {
        var ranges = new Dictionary<ServiceId, WaitRange>();
        if (hall.Phase != DayPhase.Open) return ranges;

        foreach (var service in hall.Services.Values.Where(service => service.Issued < service.DailyLimit))
        {
            if (_quote(hall, service.Id, at) is { } promise) ranges[service.Id] = WaitRange.Of(promise, _now.GetValueOrDefault(service.Id));
        }

        return ranges;
    }
}
