using Kiosk.Firmware.Devices.Paper;

namespace Kiosk.Firmware.Tests.Devices;

public sealed class PaperRollTests
{
    private static readonly DateTimeOffset Morning = new(2026, 1, 5, 8, 2, 0, TimeSpan.Zero);
    private static readonly PaperRoll Unknown = new(80_000);
    private static readonly PaperRoll Fresh = Unknown.Load(Morning);

    [Fact]
    public void Nothing_is_said_of_a_roll_that_nobody_saw_being_loaded()
    {
        var view = PaperForecast.Of(Unknown.Print(5000), 20_000, Morning);

        Assert.Equal((5, null, null, false), (view.UsedMetres, view.LeftPercent, view.EndsAt, view.EndsSoon));
    }

    [Fact]
    public void Share_is_told_in_steps_and_the_end_on_the_clock_of_people()
    {
        var view = PaperForecast.Of(Fresh.Print(33_300), 20_000, Morning);

        // 46.7 of 80 m are 58 %; at 20 m an hour they end after 2:20, at 10:22.
        Assert.Equal((60, Morning.Date.AddHours(10)), (view.LeftPercent, view.EndsAt!.Value.UtcDateTime));
        Assert.False(view.EndsSoon);
    }

    [Fact]
    public void End_within_half_an_hour_is_soon()
    {
        var view = PaperForecast.Of(Fresh.Print(71_000), 20_000, Morning);

        Assert.Equal((10, true, Morning.Date.AddMinutes(8 * 60 + 25)), (view.LeftPercent, view.EndsSoon, view.EndsAt!.Value.UtcDateTime));
    }

    [Fact]
    public void Pace_of_one_hour_says_nothing_about_tomorrow() => Assert.Null(PaperForecast.Of(Fresh, 1_000, Morning).EndsAt);

    [Fact]
    public void Roll_that_ought_to_have_ended_was_longer_than_thought_and_nothing_is_said_of_it() =>
        Assert.Null(PaperForecast.Of(Fresh.Print(81_000), 20_000, Morning).LeftPercent);

    [Fact]
    public void Length_of_a_roll_and_the_tail_behind_its_sensor_are_learned_from_the_roll_before()
    {
        var second = Fresh.Print(66_000).NearEnd().Print(6_000).End().Load(Morning.AddHours(6));

        Assert.Equal(72, PaperForecast.Of(second, null, Morning).RollMetres);
        Assert.Equal(72_000, second.Left);

        // The sensor speaks sooner than the count expects: the sensor is right.
        Assert.Equal(6_000, second.Print(50_000).NearEnd().Left);
        Assert.Equal(5_000, second.Print(50_000).NearEnd().Print(1_000).Left);
    }

    [Fact]
    public void Near_end_without_an_earlier_roll_to_learn_from_tells_no_share() => Assert.Null(Fresh.Print(50_000).NearEnd().Left);

    [Theory]
    [InlineData(1_000)]
    [InlineData(200_000)]
    public void Roll_that_was_torn_out_or_never_noticed_teaches_nothing(double used) => Assert.Null(Fresh.Print(used).End().LearnedLength);

    [Fact]
    public void Paper_taken_out_just_after_the_sensor_spoke_teaches_no_tail() => Assert.Null(Fresh.Print(60_000).NearEnd().Print(500).End().LearnedTail);

    [Fact]
    public void Used_roll_put_in_after_the_end_is_no_new_one()
    {
        var used = Fresh.Print(70_000).End().NearEnd();

        Assert.Equal((0, null, false), (used.Used, used.LoadedAt, used.Empty));
    }

    [Fact]
    public void There_is_no_pace_before_ten_minutes_and_three_slips()
    {
        var pace = new PaperPace(Morning);
        for (var slip = 0; slip < 3; slip++) pace.Print(100, Morning.AddMinutes(slip));

        Assert.Null(pace.At(Morning.AddMinutes(9)));
        Assert.Equal(300 / 0.5, pace.At(Morning.AddMinutes(30)));
        Assert.Equal(300, pace.At(Morning.AddMinutes(60)));

        // The slips of before the last hour are forgotten, and what is left is no pace.
        Assert.Null(pace.At(Morning.AddMinutes(61.5)));
    }
}
