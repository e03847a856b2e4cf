using FsCheck;
using FsCheck.Fluent;
using Kiosk.Domain.Waiting;

namespace Kiosk.Domain.Tests.Waiting;

public sealed class WaitRangeTests
{
    private static readonly Gen<WaitPromise> Promises = from low in Gen.Choose(0, 20_000) from width in Gen.Choose(0, 20_000) select Promise(low, low + width);

    [Theory]
    [InlineData("0:00", "0:30", "up to 2 min")]
    [InlineData("0:00", "4:00", "up to 5 min")]
    [InlineData("1:59", "9:00", "up to 10 min")]
    [InlineData("2:00", "3:00", "2 to 3 min")]
    [InlineData("3:30", "5:01", "3 to 10 min")]
    [InlineData("11:00", "18:20", "10 to 20 min")]
    [InlineData("10:00", "20:00", "10 to 20 min")]
    [InlineData("9:59", "20:01", "5 to 25 min")]
    [InlineData("34:00", "51:00", "30 to 60 min")]
    [InlineData("62:00", "80:00", "60 to 90 min")]
    [InlineData("80:00", "90:00", "75 to 90 min")]
    [InlineData("80:00", "91:00", "60 to 120 min")]
    [InlineData("55:00", "100:00", "50 to 120 min")]
    [InlineData("119:59", "151:00", "90 to 180 min")]
    [InlineData("150:00", "400:00", "150 to 420 min")]
    public void Promise_is_said_in_numbers_that_people_say_and_rounded_outwards(string from, string to, string said) =>
        Assert.Equal(said, WaitRange.Of(Promise(Seconds(from), Seconds(to))).ToString());

    [Theory]
    [InlineData("10:00", "10:00", "10 to 15 min")]
    [InlineData("90:00", "90:00", "90 to 120 min")]
    [InlineData("150:00", "150:00", "150 to 180 min")]
    [InlineData("0:00", "0:00", "up to 2 min")]
    public void Range_of_one_number_is_never_said(string from, string to, string said) => Assert.Equal(said, WaitRange.Of(Promise(Seconds(from), Seconds(to))).ToString());

    [Fact]
    public void What_is_said_never_claims_more_than_the_promise() => Prop.ForAll(Promises.ToArbitrary(), promise =>
    {
        var said = WaitRange.Of(promise);
        return said.From < said.To && said.Holds(promise.From) && said.Holds(promise.To) && (said.FromInHours || !said.InHours || said.From < 60) && (!said.InHours || said.To % 30 == 0) && (!said.FromInHours || said.From % 30 == 0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Screen_keeps_what_it_shows_only_while_that_is_true_and_hardly_wider() => Prop.ForAll(Promises.ToArbitrary(), Promises.ToArbitrary(), (first, second) =>
    {
        var (shown, bare) = (WaitRange.Of(second, WaitRange.Of(first)), WaitRange.Of(second));
        return shown.Holds(second.From) && shown.Holds(second.To) && (shown == bare || shown == WaitRange.Of(first));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData("10:00", "19:50", "10 to 20 min")]
    [InlineData("9:50", "20:10", "5 to 25 min")]
    [InlineData("10:10", "14:50", "10 to 20 min")]
    [InlineData("16:00", "19:00", "10 to 20 min")]
    [InlineData("21:00", "24:00", "20 to 25 min")]
    [InlineData("9:00", "11:00", "5 to 15 min")]
    [InlineData("10:00", "10:00", "10 to 20 min")]
    [InlineData("21:00", "22:00", "20 to 25 min")]
    [InlineData("25:00", "32:00", "25 to 40 min")]
    public void Screen_that_shows_10_to_20_minutes_goes_on_with_it_until_it_is_false_or_two_steps_too_wide(string from, string to, string said) =>
        Assert.Equal(said, WaitRange.Of(Promise(Seconds(from), Seconds(to)), new WaitRange(10, 20)).ToString());

    [Theory]
    [InlineData("10:03", 10, 20, "10:10", "10:25")]
    [InlineData("10:00", 10, 20, "10:10", "10:20")]
    [InlineData("10:03", 2, 5, "10:05", "10:10")]
    [InlineData("10:02", 2, 3, null, "10:05")]
    [InlineData("10:03", 0, 15, null, "10:20")]
    [InlineData("23:50", 15, 30, "00:05", "00:20")]
    public void By_the_clock_a_promise_is_said_to_five_minutes_outwards(string issued, int from, int to, string? between, string and)
    {
        var at = DateTimeOffset.Parse($"2026-01-05T{issued}:30+05:30", System.Globalization.CultureInfo.InvariantCulture).AddSeconds(-30);
        var span = WaitSpan.Of(new(from, to), at);

        Assert.Equal((between, and), (span.From?.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), span.To.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(span.To >= at.AddMinutes(to) && (span.From is null || span.From <= at.AddMinutes(from)));
    }

    private static WaitPromise Promise(int from, int to) => new((from + to) / 2, from, to, from, to);

    private static int Seconds(string time) => (int.Parse(time.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture) * 60) + int.Parse(time.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
}
