using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Tests.Mqtt;
using Kiosk.Firmware.Tests.Staff;

namespace Kiosk.Firmware.Tests.Effects;

public sealed class WaitQuotesTests
{
    private static readonly ServiceId Bills = new("bills");

    private readonly TestHall _hall = new();
    private readonly HandClock _time = new();
    private readonly WaitQuotes _quotes;
    private WaitPromise? _promise = Promise(600, 1200);
    private int _asked;

    public WaitQuotesTests() => _quotes = new(_hall.Feed, _time, (_, service, _) =>
    {
        _asked++;
        return service == Bills ? _promise : null;
    });

    [Fact]
    public void Service_of_which_nothing_is_known_is_not_told_of()
    {
        _hall.Open();

        Assert.Equal([Bills], _quotes.Now.Keys);
        Assert.Equal(new(10, 20), _quotes.Now[Bills]);
        _promise = null;
        _hall.Take(1);
        Assert.Empty(_quotes.Now);
    }

    [Fact]
    public void Hall_that_issues_no_numbers_tells_nothing()
    {
        Assert.Empty(_quotes.Now);
        _hall.Open();
        _hall.Take(1);
        _hall.Record(new HallEvent.DayClosing(new(2026, 1, 5)));

        Assert.Empty(_quotes.Now);
        Assert.Equal(0, _asked);
    }

    [Fact]
    public void Predictor_is_asked_once_an_event_and_once_in_a_while_without_one_however_many_screens_look()
    {
        _hall.Open();
        for (var screen = 0; screen < 100; screen++) _ = _quotes.Now;
        Assert.Equal(2, _asked);

        _hall.Take(1);
        _ = _quotes.Now;
        Assert.Equal(4, _asked);
        _time.Advance(WaitQuotes.Fresh);
        _ = _quotes.Now;
        Assert.Equal(6, _asked);
    }

    [Fact]
    public void Range_does_not_flicker_while_the_promise_wavers_around_a_step()
    {
        _hall.Open();
        var shown = new List<WaitRange>();
        foreach (var (serial, to) in new[] { 1190, 1210, 1190, 1210, 1195 }.Index())
        {
            _promise = Promise(600, to);
            _hall.Take(serial + 1);
            shown.Add(_quotes.Now[Bills]);
        }

        Assert.Equal([new(10, 20), new(10, 25), new(10, 25), new(10, 25), new(10, 25)], shown);
    }

    [Fact]
    public void Full_service_issues_no_number_and_tells_nothing()
    {
        _hall.Open();
        _hall.Record(new HallEvent.TicketIssued(new("last"), new('A', 999), Bills, "en", 0));

        Assert.Empty(_quotes.Now);
    }

    private static WaitPromise Promise(int from, int to) => new((from + to) / 2, from, to, from, to);
}
