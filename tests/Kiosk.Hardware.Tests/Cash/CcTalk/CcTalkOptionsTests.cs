using Kiosk.Hardware.Cash.CcTalk;

namespace Kiosk.Hardware.Tests.Cash.CcTalk;

public sealed class CcTalkOptionsTests
{
    [Theory]
    [InlineData("""{"address": 1}""", "options.address must be a whole number from 2 to 255")]
    [InlineData("""{"checksum": "crc"}""", "options.checksum must be one of simple, crc16")]
    [InlineData("""{"echo": 1}""", "options.echo must be true or false")]
    [InlineData("""{"currency": "yuan"}""", "options.currency must be 3 capital letters, as \"CNY\"")]
    [InlineData("""{"country": "cn"}""", "options.country must be 2 capital letters, as \"CN\"")]
    [InlineData("""{"pollMs": 1000}""", "options.pollMs must be a whole number from 50 to 900")]
    [InlineData("""{"acceptCounter": true}""", "options.acceptCounter must be one of auto, off")]
    [InlineData("""{"channels": []}""", "options.channels must be an array with at least one element")]
    [InlineData("""{"channels": [{"channel": 17, "minor": 100}]}""", "options.channels[0].channel must be a whole number from 1 to 16")]
    [InlineData("""{"channels": [{"channel": 1, "minor": 100}, {"channel": 1, "minor": 200}]}""", "options.channels[1].channel 1 is there twice")]
    [InlineData("""{"channels": [{"channel": 1, "value": 100, "minor": 100}]}""", "options.channels[0].value unknown; known are channel, minor")]
    [InlineData("""{"baud": 9600}""", "options.baud unknown; known are acceptCounter, address, channels, checksum, country, currency, decimals, echo, pollMs, replyMs, stackSeconds")]
    public void Mistakes_are_named_with_their_place(string options, string mistake)
    {
        var settings = new DeviceSettings("notes", "cctalk-notes", "emulated:", JsonText.Parse(options));

        var found = Assert.Single(new CcTalkNotesDriver().Check(settings));
        Assert.Equal(mistake, $"{found.Path} {found.Message}");
    }

    [Fact]
    public void Printers_link_is_refused()
    {
        var settings = new DeviceSettings("coins", "cctalk-coins", "usb:///dev/usb/lp0", JsonText.Parse("{}"));

        Assert.Equal("link", Assert.Single(new CcTalkCoinsDriver().Check(settings)).Path);
    }

    [Fact]
    public void Without_options_each_has_the_usual_address()
    {
        Assert.Equal((40, 2, "CN"), (CcTalkMake.Read(true, "{}").Address, CcTalkMake.Read(false, "{}").Address, CcTalkMake.Read(true, "{}").Country));
    }
}
