using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting.Forecast;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Reports;

/// <summary>
/// The fold behind a <see cref="DayReport"/>: fed with the events of one business day in the order of the journal, from behind its <c>day-opened</c> up to, not including, the next one.
/// Same events and terms, same report. After the day was closed only feedback, mended faults and who sits where still count.
/// </summary>
public sealed class DayTally
{
    private readonly ReportTerms _terms;
    private readonly DateTimeOffset _opened;
    private readonly CounterTally _counters;
    private readonly TicketTally _tickets;
    private readonly DeviceTally _devices;
    private readonly RatingTally _ratings = new();
    private readonly PromiseTally _promises = new();
    private KeptForecast? _forecast;
    private DateTimeOffset? _closed;
    private DateTimeOffset _last;

    /// <param name="at">Of the event <c>day-opened</c>.</param>
    /// <param name="carry">Of the report of the day before.</param>
    public DayTally(ReportTerms terms, DateOnly day, DateTimeOffset at, Carry carry)
    {
        (_terms, Day, _opened, _last) = (terms, day, at, at);
        _counters = new(new(day, terms.Zone));
        _tickets = new(terms, day, _counters);
        _devices = new(at, carry.Down);
        foreach (var seat in carry.Seats) _counters.Sit(new(seat.Counter), seat.Clerk, at);
    }

    public DateOnly Day { get; }

    public bool Closed => _closed is not null;

    /// <summary>What customers were told of their wait, in the order of issue.</summary>
    public IReadOnlyList<PromiseOutcome> Promises => _promises.Made;

    public void Add(HallEvent fact, DateTimeOffset at, string? who)
    {
        _last = at;
        switch (fact)
        {
            case DayClosed when !Closed:
                _closed = at;
                _counters.CloseAll(at);
                break;
            case CounterStaffed seat: _counters.Sit(seat.Counter, seat.Clerk, at); break;
            case CounterLeft seat: _counters.Sit(seat.Counter, null, at); break;
            case ArrivalsForecast { Forecast: var forecast } when forecast.Day == Day: _forecast ??= forecast; break;
            case FeedbackGiven feedback: _ratings.Add(feedback); break;
            case DeviceFaulted or DeviceRecovered or FaultReported or FaultMended: _devices.Add(fact, _closed < at ? _closed.Value : at); break;
            case CounterOpened or CounterPaused or CounterResumed or CounterClosed when !Closed: _counters.Turn(fact, at); break;
            default:
                if (Closed) break;
                _tickets.Add(fact, at, who);
                _promises.Add(fact, at);
                break;
        }
    }

    /// <summary>The report as it stands; nothing is changed by asking.</summary>
    /// <param name="now">Of a running day; a closed one ends when it was closed. A time before the last event counts as that.</param>
    public DayReport Report(DateTimeOffset now)
    {
        var asOf = _closed ?? (now > _last ? now : _last);
        var figures = Figures(asOf);
        return new(
            DayReport.Version,
            Day,
            Local(_opened),
            _closed is { } closed ? Local(closed) : null,
            Local(asOf),
            _terms.Zone.Id,
            (int)_terms.Walking.TotalSeconds,
            figures,
            new(_devices.Open, _counters.Seats))
        {
            Staffed = _counters.Staffed(asOf),
            Outlook = _forecast is { } forecast ? DayOutlook.Of(forecast, figures.HalfHours, Closed) : null,
        };
    }

    private Figures Figures(DateTimeOffset asOf)
    {
        var services = _terms.Services.Select(service => service.Id.Value).Concat(_tickets.Services.Concat(_ratings.Services).Order(StringComparer.Ordinal)).Distinct().ToList();
        return new(
            _tickets.Flow(),
            _tickets.Wait(),
            _tickets.Service(),
            _ratings.Total,
            [.. services.Select(id => _tickets.Of(id, _ratings.OfService(id)) with { Promises = _promises.Of(id) })],
            _tickets.HalfHours(services),
            _counters.Counters(asOf, _tickets.ServingNow(asOf), _ratings),
            _counters.Clerks(asOf, _tickets.ServingNow(asOf), _ratings),
            _tickets.Classes(),
            _tickets.Rules(),
            _devices.Figures(asOf),
            _promises.Total);
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _terms.Zone);
}
