using Kiosk.Hardware.Displays;
using Kiosk.Hardware.Displays.AlphaSign;

namespace Kiosk.Hardware.Tests.Displays.AlphaSign;

public sealed class AlphaSignTests
{
    private const string One = """{"panels": [1], "settleMs": 0, "gapMs": 0}""";

    /// <summary>The manual's own example of a checksum: AAHELLO between STX and ETX is 01FB.</summary>
    [Fact]
    public void Packet_is_these_bytes() =>
        Assert.Equal(
            "0000000000" + "01" + "5A3030" + "02" + "414148454C4C4F" + "03" + "30314642" + "04",
            Convert.ToHexString(AlphaSignProtocol.Packet(Options(One), SignAddress.All, "AAHELLO")));

    [Fact]
    public void Packet_without_checksum_is_these_bytes() =>
        Assert.Equal(
            "0000000000" + "01" + "5E3041" + "02" + "4731" + "41303132" + "04",
            Convert.ToHexString(AlphaSignProtocol.Packet(
                Options("""{"panels": [1], "checksum": false, "type": "^"}"""), new SignAddress("0A"), AlphaSignProtocol.Content("A012", flash: false))));

    [Fact]
    public void Commands_are_these_letters() =>
        Assert.Equal(
            ["E$", "E$AAL0040FF001BL007D0000", "AA\x1B b\x10" + "1", "G1\a1A012\a0", "G1A_1"],
            [AlphaSignProtocol.ClearMemory, AlphaSignProtocol.LayOutMemory, AlphaSignProtocol.Frame, AlphaSignProtocol.Content("A012", true), AlphaSignProtocol.Content("A\u00041", false)]);

    [Fact]
    public async Task Change_does_not_blank_the_sign_and_neither_does_a_refresh()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new AlphaSignDriver(), One).OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display) == "A012");
        var (blanks, frames) = (Look(display, "blanks"), (int)display.Emulator.Look()["frames"]!);

        display.Device.Show(1, new CounterFace("A013"));
        await display.SeeAsync(() => Text(display) == "A013");
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));
        display.Clock.AdvanceMs(5000);
        await display.SeeAsync(() => (int)display.Emulator.Look()["frames"]! == frames + 2);

        Assert.Equal(blanks, Look(display, "blanks"));
        Assert.Equal("0", Look(display, "refused"));
    }

    [Fact]
    public async Task Sign_is_left_alone_while_it_is_deaf_after_its_memory_was_cleared()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new AlphaSignDriver(), """{"panels": [1], "gapMs": 0}""").OpenAsync();
        await display.SeeAsync(() => (int)display.Emulator.Look()["frames"]! == 1);

        for (var frames = 1; frames < 3; frames++)
        {
            await display.Clock.ArmedAsync(TimeSpan.FromSeconds(2));
            display.Clock.AdvanceMs(1999);
            Assert.Equal(frames, (int)display.Emulator.Look()["frames"]!);
            display.Clock.AdvanceMs(1);
            await display.SeeAsync(() => (int)display.Emulator.Look()["frames"]! > frames);
        }

        await display.SeeAsync(() => Text(display) == "--");
    }

    [Fact]
    public async Task Fresh_call_stands_still_where_blinking_is_not_wanted()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new AlphaSignDriver(), """{"panels": [1], "settleMs": 0, "gapMs": 0, "flash": "none"}""").OpenAsync();
        display.Device.Show(1, new CounterFace("A012", Flash: true));
        await display.SeeAsync(() => Text(display) == "A012");

        Assert.Equal("false", Look(display, "flash"));
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(3));
        display.Clock.AdvanceMs(2999);
        Assert.Equal("A012", Text(display));
    }

    [Fact]
    public async Task Signs_keep_what_they_show_over_a_blackout_when_their_memory_does()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new AlphaSignDriver(), One).OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display) == "A012");

        display.Do("blackout", """{"state": "off"}""");
        Assert.Equal("", Text(display));
        display.Do("blackout", """{"state": "on"}""");

        Assert.Equal("A012", Text(display));
    }

    /// <summary>Every byte from STX on, each with its lowest bit wrong: the sum does not come out, or the frame has no end.</summary>
    [Fact]
    public void Broken_byte_is_noticed_wherever_it_is()
    {
        var packet = AlphaSignProtocol.Packet(Options(One), SignAddress.All, AlphaSignProtocol.Content("A012", flash: false));
        for (var broken = AlphaSignProtocol.LeadingNulls + 4; broken < packet.Length; broken++)
        {
            var carried = new List<string>();
            var receiver = new AlphaSignReceiver("Z", (_, command) => carried.Add(command));
            byte[] wrong = [.. packet];
            wrong[broken] ^= 1;

            foreach (var value in (byte[])[.. wrong, .. packet]) receiver.Receive(value);

            Assert.Equal((1, "G1A012"), (receiver.BadFrames, string.Join('|', carried)));
        }
    }

    [Fact]
    public void Text_for_which_there_is_no_file_or_no_room_is_refused_by_the_sign()
    {
        var sign = new AlphaSignMachine("01");
        sign.Carry("G1A012");
        sign.Carry(AlphaSignProtocol.LayOutMemory);
        sign.Carry(AlphaSignProtocol.Frame);
        sign.Carry("G1" + new string('8', 126));

        Assert.Equal((2, ("", false)), (sign.Refused, sign.Shown));
    }

    [Theory]
    [InlineData("serial:///dev/ttyUSB0?baud=9600&framing=7E2", One, "")]
    [InlineData("tcp://192.168.0.40:4001", """{"panels": [{"panel": 1, "address": "0a"}, {"panel": 2, "address": "0B"}], "type": "^", "flash": "none"}""", "")]
    [InlineData("usb:///dev/usb/lp0", One, "link")]
    [InlineData("emulated:", """{"panels": [1, 2]}""", "options.panels[1]")]
    [InlineData("emulated:", """{"panels": [1, {"panel": 2, "address": "01"}]}""", "options.panels")]
    [InlineData("emulated:", """{"panels": [{"panel": 1, "address": "1"}], "type": "ZZ", "flash": "fast", "places": 122, "gapMs": -1}""", "options.flash;options.panels[0].address;options.type;options.places;options.gapMs")]
    [InlineData("emulated:", """{"panels": [1], "brightness": 8}""", "options.brightness")]
    public void Each_mistake_is_named_with_its_path(string link, string options, string paths) =>
        Assert.Equal(paths, string.Join(';', DriverCatalog.Check(new DeviceSettings("sign", "alpha-sign", link, JsonText.Parse(options))).Select(mistake => mistake.Path)));

    private static AlphaSignOptions Options(string options) => AlphaSignOptions.Of(new DeviceSettings("sign", "alpha-sign", "emulated:", JsonText.Parse(options)));

    private static string Text(RunningDevice<ICounterDisplay> display) => (string)display.Emulator.Look()["panels"]![0]!["text"]!;

    private static string Look(RunningDevice<ICounterDisplay> display, string member) => display.Emulator.Look()["panels"]![0]![member]!.ToJsonString();
}
