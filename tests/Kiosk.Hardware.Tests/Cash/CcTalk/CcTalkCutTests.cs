using Xunit.Abstractions;

namespace Kiosk.Hardware.Tests.Cash.CcTalk;

/// <summary>Cuts beyond those of the suite: a ledger that takes its time, a device that counts nothing.</summary>
public sealed class CcTalkCutTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Cut.Link, false)]
    [InlineData(Cut.DeviceAndLink, false)]
    [InlineData(Cut.Device, true)]
    public async Task Cut_while_the_ledger_is_still_deciding_leaves_books_that_agree_with_the_box(Cut cut, bool keepsAtPowerUp)
    {
        var options = CcTalkMake.Read(true, """{"channels": [{"channel": 1, "minor": 2000}, {"channel": 2, "minor": 10000}]}""");
        var sweep = new CashCutSweep(new CcTalkMaker(options, options), 10_000, 2_000) { Thinking = TimeSpan.FromSeconds(3) };

        await sweep.BytesAsync(cut, answering: true, keepsAtPowerUp);

        output.WriteLine($"{cut}: {sweep.Points} cut points, {sweep.Doubts} items in doubt");
        Assert.True(sweep.Points > 500, $"only {sweep.Points} cut points");
        if (cut == Cut.Link) Assert.Equal(0, sweep.Doubts);
    }

    [Theory]
    [InlineData(Cut.DeviceAndLink)]
    [InlineData(Cut.Device)]
    public async Task Cut_of_a_note_acceptor_without_an_accept_counter_leaves_books_that_agree_with_the_box(Cut cut)
    {
        var options = CcTalkMake.Read(true, """{"acceptCounter": "off", "channels": [{"channel": 1, "minor": 2000}, {"channel": 2, "minor": 10000}]}""");
        var sweep = new CashCutSweep(new CcTalkMaker(options, options), 10_000, 2_000);

        await sweep.BytesAsync(cut, answering: true, keepsAtPowerUp: false);

        output.WriteLine($"{cut}, no accept counter: {sweep.Points} cut points, {sweep.Doubts} items in doubt");
        Assert.True(sweep.Points > 300, $"only {sweep.Points} cut points");
    }
}
