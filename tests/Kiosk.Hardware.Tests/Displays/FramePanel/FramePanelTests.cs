using Kiosk.Hardware.Displays;
using Kiosk.Hardware.Displays.FramePanel;

namespace Kiosk.Hardware.Tests.Displays.FramePanel;

[Collection("pseudo-terminals")]
public sealed class FramePanelTests
{
    /// <summary>Worked out by hand; the CRC of 01 10 05 00 "A012" with the polynomial of Modbus.</summary>
    [Theory]
    [InlineData("AA 55 [ {address} 01 {text} ] {check} 0D", "xor8", "ascii", "AA55" + "0101" + "41303132" + "72" + "0D")]
    [InlineData("AA 55 [ {address} 01 {text} ] {check} 0D", "sum8", "ascii", "AA55" + "0101" + "41303132" + "D6" + "0D")]
    [InlineData("FE {length+2} {address} {text} {check}", "sum8", "ascii", "FE" + "06" + "01" + "41303132" + "D9")]
    [InlineData("[ '$B' {address:decimal2} {text} ] {check} 0D0A", "sum16-hex", "ascii", "2442" + "3031" + "41303132" + "30313942" + "0D0A")]
    [InlineData("'N' {address:hex2} {text} {check} 03", "xor8-hex", "hex", "4E" + "3031" + "3431333033313332" + "3441" + "03")]
    [InlineData("{address} 10 {length+1} 00 {text} {check}", "crc16-modbus", "ascii", "01100500" + "41303132" + "1025")]
    [InlineData("{address:decimal3} {text} 0D", "none", "ascii", "303031" + "41303132" + "0D")]
    public void Frame_is_these_bytes(string frame, string check, string encoding, string bytes)
    {
        var options = Options($$"""{"panels": [1], "frame": "{{frame}}", "check": "{{check}}", "encoding": "{{encoding}}"}""");

        Assert.Equal(bytes, Convert.ToHexString(new FrameWriter(options).Show(1, "A012")));
    }

    [Theory]
    [InlineData("ascii", "right", " ", "A12", "20413132")]
    [InlineData("ascii", "left", "0", "A12", "41313230")]
    [InlineData("ascii", "right", " ", "A01234", "31323334")]
    [InlineData("ascii", "right", " ", "号1", "20205F31")]
    [InlineData("hex", "right", " ", "12", "3230323033313332")]
    [InlineData("gb18030", "right", " ", "暂停", "D4DDCDA3")]
    [InlineData("gb18030", "right", " ", "暂停1", "20CDA331")]
    public void Text_has_always_the_same_length(string encoding, string align, string padding, string text, string bytes)
    {
        var options = Options($$"""{"panels": [1], "frame": "{text}", "encoding": "{{encoding}}", "align": "{{align}}", "padding": "{{padding}}"}""");

        Assert.Equal(bytes, Convert.ToHexString(options.Text.Encode(text)));
    }

    /// <summary>Any bit of any byte: not shown, and the frame behind it is.</summary>
    [Theory]
    [InlineData("AA 55 [ {address} 01 {text} ] {check} 0D", "xor8")]
    [InlineData("AA 55 [ {address} 01 {text} ] {check} 0D", "sum8")]
    [InlineData("[ '$B' {address:decimal2} {text} ] {check} 0D0A", "sum16-hex")]
    [InlineData("[ 02 {address:hex2} {text} ] {check} 03", "sum8-hex")]
    [InlineData("[ 02 {address:hex2} {text} ] {check} 03", "xor8-hex")]
    [InlineData("{address} 10 {length+1} 00 {text} {check}", "crc16-modbus")]
    public void Broken_byte_is_noticed_wherever_it_is(string frame, string check)
    {
        var options = Options($$"""{"panels": [1], "frame": "{{frame}}", "check": "{{check}}"}""");
        var whole = new FrameWriter(options).Show(1, "A012");
        for (var bit = 0; bit < 8 * whole.Length; bit++)
        {
            var shown = new List<string>();
            var reader = new FrameReader(options, heard => shown.Add(System.Text.Encoding.ASCII.GetString(heard.Text!)));
            byte[] broken = [.. whole];
            broken[bit / 8] ^= (byte)(1 << (bit % 8));

            foreach (var value in (byte[])[.. whole, .. broken, .. whole, .. whole]) reader.Receive(value);

            Assert.True(reader.BadFrames > 0, $"bit {bit} went unnoticed");
            Assert.DoesNotContain(shown, text => text != "A012");
            Assert.InRange(shown.Count, 2, 3);
        }
    }

    [Theory]
    [InlineData("12", "0012")]
    [InlineData("A12", "0A12")]
    [InlineData("--", "  --")]
    [InlineData("", "    ")]
    public void Zeros_stand_before_a_number_and_never_on_a_dark_or_stale_panel(string text, string wire) =>
        Assert.Equal(wire, System.Text.Encoding.ASCII.GetString(new FrameText(TextEncoding.Ascii, 4, AlignedRight: true, '0').Encode(text)));

    [Fact]
    public async Task Frames_keep_their_distance()
    {
        await using var display = new RunningDevice<ICounterDisplay>(new FramePanelDriver(), """{"panels": [1, 2], "frame": "{address} {text} 0D", "gapMs": 100}""");
        await display.OpenAsync();
        await display.SeeAsync(() => Frames(display) == 1);

        await display.Clock.ArmedAsync(TimeSpan.FromMilliseconds(100));
        display.Clock.AdvanceMs(99);
        Assert.Equal(1, Frames(display));
        display.Clock.AdvanceMs(1);

        await display.SeeAsync(() => Frames(display) == 2);
    }

    /// <summary>Six bytes at 9600 baud take 6.9 ms to leave; the kernel had taken them at once.</summary>
    [Fact]
    public async Task Distance_on_a_serial_line_begins_when_the_last_frame_has_left()
    {
        await using var display = new RunningDevice<ICounterDisplay>(
            new FramePanelDriver(), """{"panels": [1, 2], "frame": "{address} {text} 0D", "gapMs": 100}""", cable: Serial());
        await display.OpenAsync();
        await display.SeeAsync(() => Frames(display) == 1);

        await display.Clock.ArmedAsync(TimeSpan.FromMilliseconds(107));
        display.Clock.AdvanceMs(106);
        Assert.Equal(1, Frames(display));
        display.Clock.AdvanceMs(1);

        await display.SeeAsync(() => Frames(display) == 2);
    }

    [Fact]
    public async Task Line_that_nobody_reads_ends_the_device_as_silent()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(
            new FramePanelDriver(), """{"panels": [1], "frame": "{text} 0D", "width": 32, "gapMs": 0}""", cable: Serial()).OpenAsync();
        await display.SeeAsync(() => Frames(display) == 1);

        display.Do("misbehave", """{"mode": "deaf"}""");
        while (!display.Running.IsCompleted)
        {
            // A pseudo-terminal holds some kilobytes: one refresh after the other fills it.
            await Task.WhenAny(display.Running, display.Clock.ArmedAsync(TimeSpan.FromSeconds(10)));
            display.Clock.AdvanceMs(5000);
        }

        Assert.Equal(DeviceFault.Silent, (await display.LostAsync()).Fault);
    }

    [Theory]
    [InlineData("""{"panels": [1], "frame": "{text}"}""", "")]
    [InlineData("""{"panels": [1]}""", "options.frame")]
    [InlineData("""{"panels": [1], "frame": "AA {adress} {text}"}""", "options.frame")]
    [InlineData("""{"panels": [1], "frame": "AA [ {text}"}""", "options.frame")]
    [InlineData("""{"panels": [1], "frame": "AA {address}"}""", "options.frame")]
    [InlineData("""{"panels": [1], "frame": "[ {text} {check} ]", "check": "sum8"}""", "options.frame")]
    [InlineData("""{"panels": [1], "frame": "{text} {check}"}""", "options.frame")]
    [InlineData("""{"panels": [1], "frame": "{text}", "check": "sum8"}""", "options.frame")]
    [InlineData("""{"panels": [1], "frame": "{text}", "check": "md5"}""", "options.check")]
    [InlineData("""{"panels": [1, 2], "frame": "{text}"}""", "options.frame")]
    [InlineData("""{"panels": [1, {"panel": 2, "address": 1}], "frame": "{address} {text}"}""", "options.panels[1]")]
    [InlineData("""{"panels": [300], "frame": "{address} {text}"}""", "options.panels[0].address")]
    [InlineData("""{"panels": [{"panel": 1, "address": 100}], "frame": "{address:decimal2} {text}"}""", "options.frame")]
    [InlineData("""{"panels": [1], "frame": "{text}", "brightness": 3}""", "options.brightness")]
    [InlineData("""{"panels": [1], "frame": "{text}", "brightness": 12, "brightnessFrame": "{brightness:decimal1}"}""", "options.brightnessFrame")]
    [InlineData("""{"panels": [1], "frame": "{text}", "lampTestFrame": "{text}"}""", "options.lampTestFrame")]
    [InlineData("""{"panels": [1], "frame": "{text}", "encoding": "utf8", "align": "centre", "padding": "--", "width": 0, "pausedText": ""}""", "options.encoding;options.align;options.padding;options.width;options.pausedText")]
    [InlineData("""{"panels": [1], "frame": "{text}", "pausedText": "暂停"}""", "options.pausedText")]
    public void Each_mistake_is_named_with_its_path(string options, string paths) =>
        Assert.Equal(paths, string.Join(';', DriverCatalog.Check(new DeviceSettings("panels", "frame-panel", "emulated:", JsonText.Parse(options))).Select(mistake => mistake.Path)));

    private static FramePanelOptions Options(string options) => FramePanelOptions.Of(new DeviceSettings("panels", "frame-panel", "emulated:", JsonText.Parse(options)));

    private static SerialCable Serial() => new((emulator, link) => ((FramePanelEmulator)emulator).ServeAsync(link, default));

    private static int Frames(RunningDevice<ICounterDisplay> display) => (int)display.Emulator.Look()["frames"]!;
}
