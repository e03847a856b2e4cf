using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting.Forecast;
using static Kiosk.Domain.Tests.Waiting.PastDays;

namespace Kiosk.Domain.Tests.Waiting;

public sealed class ArrivalForecastTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(100)]
    public void Forecast_of_a_constant_history_is_that_constant(int days)
    {
        var forecast = Forecaster().Ready(Same(days, _ => 7), First.AddDays(days));

        Assert.All(forecast.Hall.Mean, mean => Assert.Equal(7, mean, 0.001));
        Assert.Equal(Shape.Length, forecast.Halves.Length);
    }

    [Fact]
    public void Days_of_the_week_that_differ_are_told_apart()
    {
        var past = Same(70, day => day.DayOfWeek == DayOfWeek.Saturday ? 4 : 12).ToList();
        double On(int ahead) => Forecaster().Ready(past, First.AddDays(70 + ahead)).Hall.Mean[0];

        // First is a Monday, so the day five later is a Saturday. A little is borrowed from the other days.
        Assert.InRange(On(5), 3.5, 6);
        Assert.InRange(On(0), 11.5, 12.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_wild_day_changes_little(int seed)
    {
        var quiet = Drawn(42, seed);
        var wild = quiet.Select((day, index) => index == 35 ? Day(day.Day, Shape.Select(mean => (int)(mean * 10))) : day).ToList();
        var day = First.AddDays(42);

        var (before, after) = (Forecaster().Ready(quiet, day), Forecaster().Ready(wild, day));

        Assert.InRange(after.Hall.Total / before.Hall.Total, 0.93, 1.07);
        Assert.InRange(after.Hall.High.Sum(), 0.9 * before.Hall.High.Sum(), 1.15 * before.Hall.High.Sum());
    }

    [Fact]
    public void Coach_full_of_visitors_in_one_half_hour_does_not_pull_that_half_hour()
    {
        var quiet = Same(35, _ => 10).ToList();
        var coach = quiet.Select((day, index) => index == 28 ? Day(day.Day, Enumerable.Range(0, Shape.Length).Select(half => half == 4 ? 60 : 10)) : day).ToList();

        Assert.InRange(Forecaster().Ready(coach, First.AddDays(35)).Hall.Mean[4], 10, 13.5);
    }

    [Fact]
    public void Recent_weeks_count_more()
    {
        var grown = Same(84, day => day < First.AddDays(56) ? 10 : 14);

        Assert.InRange(Forecaster().Ready(grown, First.AddDays(84)).Hall.Mean[0], 12, 14);
    }

    [Fact]
    public void Without_history_nothing_is_said()
    {
        var four = Assert.IsType<DayForecast.TooLittle>(Forecaster().Forecast(Same(4, _ => 7), First.AddDays(4)));

        Assert.Equal((4, 5), (four.Days, four.Needed));
        Assert.IsType<DayForecast.TooLittle>(Forecaster().Forecast([], First));
    }

    [Fact]
    public void Days_without_a_ticket_and_days_to_come_are_no_history()
    {
        var past = Same(4, _ => 7).Concat([Day(First.AddDays(4), []), Day(First.AddDays(9), Enumerable.Repeat(7, 20))]);

        Assert.IsType<DayForecast.TooLittle>(Forecaster().Forecast(past, First.AddDays(8)));
    }

    [Fact]
    public void Service_that_no_day_knows_is_named_and_not_guessed()
    {
        var forecast = new ArrivalForecaster(Calendar(), [Pay, Plans]).Ready(Same(10, _ => 7), First.AddDays(10));

        Assert.Equal(Plans, Assert.Single(forecast.Unknown));
        Assert.Equal([Pay], forecast.Lines.Select(line => line.Service!.Value));
    }

    [Fact]
    public void Closed_day_has_no_forecast() =>
        Assert.IsType<DayForecast.Closed>(new ArrivalForecaster(Calendar(closed: day => day == First.AddDays(10)), [Pay]).Forecast(Same(10, _ => 7), First.AddDays(10)));

    [Fact]
    public void Special_day_is_like_special_days_and_not_like_the_others()
    {
        static DayMark Mark(DateOnly day) => day.DayNumber % 10 == 0 ? DayMark.Special : DayMark.Ordinary;
        var past = Same(120, day => Mark(day) == DayMark.Special ? 3 : 12).ToList();
        var special = Enumerable.Range(120, 10).Select(First.AddDays).Single(day => Mark(day) == DayMark.Special);

        Assert.InRange(Forecaster(Mark).Ready(past, special).Hall.Mean[0], 2.9, 4.2);
        Assert.Equal(12, Forecaster(Mark).Ready(past, special.AddDays(1)).Hall.Mean[0], 0.001);
    }

    [Fact]
    public void Special_day_of_a_kind_never_seen_has_no_forecast()
    {
        var day = First.AddDays(60);

        var none = Assert.IsType<DayForecast.Unlike>(Forecaster(date => date == day ? DayMark.Special : DayMark.Ordinary).Forecast(Same(60, _ => 12), day));

        Assert.Equal((0, 2), (none.Days, none.Needed));
    }

    [Fact]
    public void Half_hours_in_which_the_day_was_not_open_teach_nothing()
    {
        // A host that was set up at noon of its first day: the morning of that day is unknown, not empty.
        var past = Same(12, _ => 8).Select((day, index) => index == 0 ? Day(day.Day, Enumerable.Range(0, 20).Select(half => half < 8 ? 0 : 8)) with { From = 12 * 60 } : day);

        Assert.All(Forecaster().Ready(past, First.AddDays(14)).Hall.Mean, mean => Assert.Equal(8, mean, 0.01));
    }

    [Theory]
    [InlineData(11, 0, 0)]
    [InlineData(12, 0, 0)]
    [InlineData(13, 0.15, 0)]
    [InlineData(14, 0.15, 0.04)]
    [InlineData(15, 0.4, 0.1)]
    public void Ranges_hold_nine_of_ten_half_hours(int seed, double spread, double level)
    {
        var days = Drawn(120, seed, spread, level);
        var (held, all) = (0, 0);
        for (var n = 60; n < days.Count; n++)
        {
            var line = Forecaster().Ready(days[..n], days[n].Day).Hall;
            for (var half = 0; half < Shape.Length; half++)
            {
                var came = days[n].Services[Pay].At((8 * 60) + (half * 30));
                held += line.Low[half] <= came && came <= line.High[half] ? 1 : 0;
                all++;
            }
        }

        // Counts are whole: a range that holds at least nine of ten holds some more.
        Assert.InRange((double)held / all, 0.87, 0.97);
    }

    [Fact]
    public void Range_of_counts_that_scatter_is_wider()
    {
        var (calm, rough) = (Forecaster().Ready(Drawn(60, 5), First.AddDays(60)).Hall, Forecaster().Ready(Drawn(60, 5, spread: 0.4), First.AddDays(60)).Hall);

        Assert.True(rough.High.Sum() - rough.Low.Sum() > 1.5 * (calm.High.Sum() - calm.Low.Sum()));
    }

    [Fact]
    public void Correction_converges_to_the_days_own_level_and_leaves_the_past_alone()
    {
        var line = Forecaster().Ready(Same(40, _ => 12), First.AddDays(40)).Hall;
        var came = Enumerable.Repeat(24, Shape.Length).ToList();

        var levels = Enumerable.Range(0, Shape.Length + 1).Select(over => DayCorrection.Of(line, came, over)).ToList();

        Assert.Equal(1, levels[0].Level);
        Assert.Equal(line.Mean.AsEnumerable(), levels[0].Mean);
        Assert.Equal(levels.Select(one => one.Level).Order(), levels.Select(one => one.Level));
        Assert.InRange(levels[^1].Level, 1.5, 2);
        Assert.All(levels[10].Mean[..10], mean => Assert.Equal(12, mean));
        Assert.All(levels[10].Mean[10..], mean => Assert.Equal(12 * levels[10].Level, mean, 0.05));
        Assert.Equal(1, DayCorrection.Of(line, Enumerable.Repeat(12, Shape.Length).ToList(), 10).Level, 0.001);
    }

    [Fact]
    public void Level_learned_from_days_that_differ_follows_faster()
    {
        var came = Enumerable.Repeat(20, Shape.Length).ToList();
        double After(double level) => DayCorrection.Of(Forecaster().Ready(Drawn(80, 8, level: level), First.AddDays(80)).Hall, came, 4).Level;

        Assert.True(After(0.2) - 1 > 1.3 * (After(0) - 1));
    }

    [Fact]
    public void Score_counts_errors_ranges_and_the_yardstick()
    {
        var score = ForecastScore.Of([4, 6], [2, 3], [6, 9], [4, 5], [5, 10]);

        Assert.Equal(new ForecastScore(10, 15, 2.5, 0.3333, 0.5, 0.4), score);
        Assert.Null(ForecastScore.Of([4, 6], [2, 3], [6, 9], [], [0, 0]).Error);
    }

    [Theory]
    [InlineData(5, 0, 2, 9)]
    [InlineData(0.5, 0, 0, 2)]
    [InlineData(10, 0.1, 4, 18)]
    [InlineData(2000, 0.0, 1927, 2074)]
    public void Ranges_of_known_distributions(double mean, double spread, int low, int high) => Assert.Equal((low, high), GammaPoisson.Range(mean, spread));

    [Fact]
    public void Spread_is_found_again()
    {
        var random = new Random(21);
        var pairs = Enumerable.Range(0, 4000).Select(_ => ((double)Poisson(random, 10 * Gamma(random, 5) / 5), 10.0)).ToList();

        Assert.InRange(GammaPoisson.Spread(pairs, (0.1, 20)), 0.16, 0.24);
    }
}
