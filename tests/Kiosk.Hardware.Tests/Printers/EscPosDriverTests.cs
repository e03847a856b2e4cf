using System.Text.Json;
using Kiosk.Hardware.Printers.EscPos;

namespace Kiosk.Hardware.Tests.Printers;

public sealed class EscPosDriverTests
{
    private readonly EscPosDriver _driver = new();

    [Fact]
    public void Driver_is_in_the_catalogue() => Assert.IsType<EscPosDriver>(DriverCatalog.Find("escpos"));

    [Theory]
    [InlineData("""{"profile":"epson-tm-9"}""", "options.profile", "\"epson-tm-9\" is not known; allowed: epson-tm-t20, epson-tm-t82-big5, epson-tm-t82-gb18030, epson-tm-t88, generic-58, generic-80, xprinter-58, xprinter-80")]
    [InlineData("""{"columns":9}""", "options.columns", "9 is not allowed; allowed: a whole number from 24 to 64")]
    [InlineData("""{"columns":"48"}""", "options.columns", "\"48\" is not allowed; allowed: a whole number from 24 to 64")]
    [InlineData("""{"profile":"xprinter-58","columns":48}""", "options.columns", "48 columns of 12 dots do not fit on 384 dots; allowed: up to 32, or more \"dots\"")]
    [InlineData("""{"dpi":72}""", "options.dpi", "72 is not allowed; allowed: a whole number from 150 to 300")]
    [InlineData("""{"clear":"maybe"}""", "options.clear", "\"maybe\" is not known; allowed: dc4, enq, none")]
    [InlineData("""{"status":true}""", "options.status", "true is not known; allowed: auto, dle-eot, asb, none")]
    [InlineData("""{"marker":""}""", "options.marker", "\"\" is not known; allowed: gs-r, gs-h, none")]
    [InlineData("""{"status":"none","marker":"gs-r"}""", "options.marker", "needs a printer that answers; allowed with \"status\": \"none\": none")]
    [InlineData("""{"charset":"utf8"}""", "options.charset", "\"utf8\" is not known; allowed: ascii, gb18030, big5")]
    [InlineData("""{"qr":1}""", "options.qr", "1 is not known; allowed: native, raster, none")]
    [InlineData("""{"printTimeoutSeconds":0}""", "options.printTimeoutSeconds", "0 is not allowed; allowed: a number from 1 to 300")]
    [InlineData("""{"replyTimeoutSeconds":31}""", "options.replyTimeoutSeconds", "31 is not allowed; allowed: a number from 0.1 to 30")]
    [InlineData("""{"fonts":["x.ttf"]}""", "options.fonts", "must be a list of at most 16 absolute paths of font files, as [\"/usr/share/fonts/x.ttc#2\"]")]
    [InlineData("""{"colour":"red"}""", "options.colour", "unknown option \"colour\"; allowed: profile, columns, dots, dpi, status, marker, clear, charset, qr, printTimeoutSeconds, replyTimeoutSeconds, fonts, rollMetres")]
    [InlineData("[]", "options", "must be an object")]
    public void Mistake_is_named_with_its_place_and_what_is_allowed(string options, string path, string message) =>
        Assert.Equal([new SettingMistake(path, message)], Check("emulated:", options));

    [Fact]
    public void Every_mistake_is_listed_the_link_first() =>
        Assert.Equal(["link", "options.columns", "options.qr"], Check("com1", """{"columns":0,"qr":"big"}""").Select(mistake => mistake.Path));

    [Theory]
    [InlineData("tcp://127.0.0.1:9100", "{}")]
    [InlineData("usb:///dev/usb/lp0", """{"profile":"xprinter-80","columns":42}""")]
    [InlineData("emulated:", """{"status":"none"}""")]
    public void Right_settings_have_no_mistake(string link, string options) => Assert.Empty(Check(link, options));

    [Fact]
    public void Settings_lie_over_the_profile()
    {
        var options = EscPosOptionsReader.Read(JsonDocument.Parse("""{"profile":"epson-tm-t88","charset":"big5","replyTimeoutSeconds":2.5}""").RootElement).Options;

        Assert.Equal(EscPosProfiles.All["epson-tm-t88"] with { Charset = EscPosCharset.Big5, ReplyTimeout = TimeSpan.FromSeconds(2.5) }, options);
    }

    private IReadOnlyList<SettingMistake> Check(string link, string options) =>
        _driver.Check(new DeviceSettings("p", "escpos", link, JsonDocument.Parse(options).RootElement));
}
