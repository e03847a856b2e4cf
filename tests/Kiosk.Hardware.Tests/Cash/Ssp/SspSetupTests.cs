using Kiosk.Hardware.Cash;
using Kiosk.Hardware.Cash.Ssp;

namespace Kiosk.Hardware.Tests.Cash.Ssp;

public sealed class SspSetupTests
{
    private static readonly CashChannel[] Yuan = [new(1, 100, "CNY"), new(2, 2_000, "CNY"), new(3, 10_000, "CNY")];

    /// <summary>Validator, firmware 0100, GBP, value multiplier 1, channels 5, 10, 20, real value multiplier 100, version 5.</summary>
    [Fact]
    public void Old_validator_has_one_currency_and_a_value_multiplier()
    {
        var setup = SspSetup.Read(Convert.FromHexString("00303130304742500000010305" + "0A1402020200006405"), out _)!;

        Assert.Equal(("0100", "GBP", 5), (setup.Firmware, setup.Country, setup.Version));
        Assert.Equal([new(1, 500, "GBP"), new(2, 1_000, "GBP"), new(3, 2_000, "GBP")], setup.Channels);
    }

    [Fact]
    public void Newer_validator_has_a_currency_for_each_channel_and_values_in_full()
    {
        var bytes = Convert.FromHexString(
            "00" + "30343333" + "434E59" + "000000" + "02" + "0000" + "0202" + "000064" + "07" + "434E59" + "484B44" + "64000000" + "E8030000");

        Assert.Equal([new(1, 10_000, "CNY"), new(2, 100_000, "HKD")], SspSetup.Read(bytes, out _)!.Channels);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(7)]
    public void What_the_emulator_says_is_read_back(int version) =>
        Assert.Equal(Yuan, SspSetup.Read(SspSetup.ToBytes(Yuan, version, 100), out _)!.Channels);

    [Theory]
    [InlineData("", "too few")]
    [InlineData("03303130304742500000010305" + "0A1402020200006405", "no banknote validator")]
    [InlineData("00303130304742500000010305" + "0A1402020200000005", "real value multiplier 0")]
    [InlineData("00303130300142500000010305" + "0A1402020200006405", "currency")]
    [InlineData("00303130304742500000010305" + "0A1402020200006407", "version 7")]
    public void What_is_none_is_refused_with_its_reason(string hex, string reason)
    {
        Assert.Null(SspSetup.Read(Convert.FromHexString(hex), out var mistake));
        Assert.Contains(reason, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Mark_is_read_as_it_was_written_and_a_strange_one_is_none()
    {
        Assert.Equal("4512087:1204:37", new SspMark(4512087, 1204, 37).ToString());
        Assert.Equal(new SspMark(4512087, 1204, 37), SspMark.Read("4512087:1204:37"));
        Assert.Equal(new SspMark(1, null, 2), SspMark.Read("1:-:2"));
        Assert.Null(SspMark.Read("7"));
        Assert.Null(SspMark.Read(null));
    }

    [Fact]
    public void Counters_are_five_of_four_bytes_lowest_first()
    {
        Assert.Equal(new SspCounters(1, 2, 3, 4, 0x01020304), SspCounters.Read(Convert.FromHexString("05" + "01000000" + "02000000" + "03000000" + "04000000" + "04030201")));
        Assert.Null(SspCounters.Read([5, 1, 0, 0, 0]));
    }
}
