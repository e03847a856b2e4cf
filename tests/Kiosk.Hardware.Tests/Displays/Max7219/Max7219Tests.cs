using Kiosk.Hardware.Displays;
using Kiosk.Hardware.Displays.Max7219;

namespace Kiosk.Hardware.Tests.Displays.Max7219;

public sealed class Max7219Conformance : CounterDisplayConformance
{
    protected override IDriver Driver => new Max7219Driver();

    protected override string Options => """{"panels": [3, 1, 2]}""";

    protected override string PausedText => "--------";
}

public sealed class Max7219LeftToRightConformance : CounterDisplayConformance
{
    protected override IDriver Driver => new Max7219Driver();

    protected override string Options => """{"panels": [3, 1, 2], "leftDigit": 1, "brightness": 15}""";

    protected override string PausedText => "--------";
}

public sealed class Max7219MatrixConformance : CounterDisplayConformance
{
    protected override IDriver Driver => new Max7219Driver();

    protected override string Options => """{"panels": [3, 1, 2], "face": "matrix"}""";

    protected override string PausedText => DotFont.Pause.ToString();
}

public sealed class Max7219TurnedMatrixConformance : CounterDisplayConformance
{
    protected override IDriver Driver => new Max7219Driver();

    protected override string Options => """{"panels": [3, 1, 2], "face": "matrix", "modulesPerPanel": 5, "rotation": 90, "mirrored": true, "firstModule": "left"}""";

    protected override string PausedText => DotFont.Pause.ToString();
}

public sealed class Max7219Tests
{
    private static readonly Max7219Options Two = new("", [1, 2], DayPlan.Always(8), TimeSpan.FromSeconds(5), 1_000_000, 8);
    private static readonly byte[][] Faces = [SevenSegments.RightAligned("A012", 8), SevenSegments.RightAligned("--", 8)];

    /// <summary>Panel 1 is the nearer one: its word comes last. Register 8 is the leftmost place.</summary>
    [Fact]
    public void Start_of_a_chain_of_two_is_these_bytes() =>
        Assert.Equal(
            [
                "0C00 0C00", "0F00 0F00", "0B07 0B07", "0900 0900",
                "0800 0800", "0700 0700", "0600 0600", "0500 0500", "0400 0477", "0300 037E", "0201 0230", "0101 016D",
                "0A08 0A08", "0C01 0C01",
            ],
            Hex(Max7219Protocol.Start(Two, Faces, 8, lampTest: false)));

    [Fact]
    public void Refresh_is_the_start_without_the_shutdown_that_would_flicker() =>
        Assert.Equal(Hex(Max7219Protocol.Start(Two, Faces, 8, false)).Skip(1), Hex(Max7219Protocol.Refresh(Two, Faces, 8, false)));

    [Fact]
    public void Change_of_one_panel_is_padded_with_no_ops_for_the_other() =>
        Assert.Equal(
            ["0000 0800", "0000 0700", "0000 0600", "0000 0500", "0000 0477", "0000 037E", "0000 0230", "0000 016D"],
            Hex(Max7219Protocol.Content(Two, Faces, [true, false])));

    [Fact]
    public void Left_digit_one_turns_the_registers_round() =>
        Assert.Equal(
            ["0100 0000", "0200 0000", "0300 0000", "0400 0000", "0500 0000", "0600 0000", "0701 0000", "0801 0000"],
            Hex(Max7219Protocol.Content(Two with { LeftDigit = 1 }, Faces, [false, true])));

    /// <summary>FC-16: register 1 is the top row, DP the left column, and the first chip the right module. The foot of L reaches into it.</summary>
    [Fact]
    public void Row_of_dots_is_these_registers()
    {
        var layout = new MatrixLayout(2, 0, Mirrored: false, FirstAtRight: true);

        var chips = layout.Chips(layout.Dots(new PanelSight(PanelSign.Number, "L1")));

        Assert.Equal(["0004 0C04 0404 04CE", "0004 0404 0404 0407"], chips.Select(chip => string.Join(' ', chip.Chunk(2).Select(Convert.ToHexString))));
    }

    [Theory]
    [InlineData(0, false, "8000000000000000")]
    [InlineData(0, true, "0100000000000000")]
    [InlineData(90, false, "0000000000000080")]
    [InlineData(180, false, "0000000000000001")]
    [InlineData(270, false, "0100000000000000")]
    [InlineData(270, true, "8000000000000000")]
    public void Lamp_at_the_top_left_is_this_bit_of_a_turned_module(int rotation, bool mirrored, string registers)
    {
        var dots = new DotField(8, 8) { [0, 0] = true };

        Assert.Equal(registers, Convert.ToHexString(new MatrixLayout(1, rotation, mirrored, FirstAtRight: true).Chips(dots)[0]));
    }

    [Fact]
    public async Task Memory_is_random_at_power_up_and_nothing_of_it_is_ever_lit()
    {
        await using var display = new RunningDevice<ICounterDisplay>(new Max7219Driver(), """{"panels": [1]}""");
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        display.Emulator.Changed += () => seen.Enqueue(Segments(display));

        await display.OpenAsync();
        await display.SeeAsync(() => Segments(display) == "[0,0,0,0,0,0,1,1]");

        Assert.Equal(["[0,0,0,0,0,0,0,0]", "[0,0,0,0,0,0,1,1]"], seen.Distinct());
    }

    [Fact]
    public async Task Flipped_bits_are_gone_after_the_next_refresh()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new Max7219Driver(), """{"panels": [1, 2]}""").OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Segments(display) == "[0,0,0,0,119,126,48,109]");
        var before = display.Emulator.Look()["panels"]!.ToJsonString();

        display.Do("glitch", """{"bits": 64}""");
        Assert.NotEqual(before, display.Emulator.Look()["panels"]!.ToJsonString());
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));
        display.Clock.AdvanceMs(5000);

        await display.SeeAsync(() => display.Emulator.Look()["panels"]!.ToJsonString() == before);
    }

    /// <summary>There is no checksum: what a spark does to a word of content is seen, until the next refresh.</summary>
    [Fact]
    public async Task Broken_byte_of_content_is_seen_wherever_it_is()
    {
        var frames = Max7219Protocol.Start(Two, Faces, 8, lampTest: false).ToArray();
        for (var broken = 4; broken < 12; broken++)
        {
            await using var emulator = new Max7219Emulator(Two, seed: 1);
            using var link = emulator.Open();
            foreach (var frame in frames) link.Transfer(frame);
            var whole = emulator.Look()["panels"]!.ToJsonString();

            byte[] wrong = [.. frames[broken]];
            wrong[1] ^= 0x20;
            link.Transfer(wrong);
            Assert.NotEqual(whole, emulator.Look()["panels"]!.ToJsonString());
            foreach (var frame in Max7219Protocol.Refresh(Two, Faces, 8, lampTest: false)) link.Transfer(frame);
            Assert.Equal(whole, emulator.Look()["panels"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Look_shows_a_panel_as_documented()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new Max7219Driver(), """{"panels": [7]}""").OpenAsync();
        display.Device.Show(7, new CounterFace("A012"));
        await display.SeeAsync(() => Segments(display) == "[0,0,0,0,119,126,48,109]");

        Assert.Equal(
            """{"panel":7,"segments":[0,0,0,0,119,126,48,109],"text":"A012","on":true,"test":false,"intensity":8}""",
            display.Emulator.Look()["panels"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Panel_without_power_is_dark_and_the_host_cannot_know()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new Max7219Driver(), """{"panels": [1]}""").OpenAsync();
        await display.SeeAsync(() => Segments(display) == "[0,0,0,0,0,0,1,1]");

        display.Do("power", """{"state": "off"}""");

        Assert.Equal("[0,0,0,0,0,0,0,0]", Segments(display));
        Assert.False((bool)display.Emulator.Look()["panels"]![0]!["on"]!);
        Assert.Equal(DeviceHealth.Ok, display.Device.Health);
    }

    [Fact]
    public void Chip_decodes_code_b_and_obeys_its_scan_limit()
    {
        var chip = new Max7219Chip();
        foreach (var (register, data) in new (byte, byte)[] { (12, 1), (11, 2), (9, 0b101), (1, 0x8B), (2, 0x8B), (3, 10), (4, 0xFF) }) chip.Latch(register, data);

        Assert.Equal([0x80 | 0x4F, 0x8B, 0x01, 0], Enumerable.Range(1, 4).Select(register => (int)chip.Lit(register)));
    }

    [Fact]
    public void Node_that_is_not_there_is_disconnected_and_named()
    {
        var lost = Assert.Throws<DeviceLostException>(() => Kiosk.Hardware.Links.SpiLink.Open("/dev/spidev-none", 1_000_000));

        Assert.Equal(DeviceFault.Disconnected, lost.Fault);
        Assert.Contains("open /dev/spidev-none: ENOENT", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Node_that_is_no_spidev_is_broken_and_says_what_was_asked()
    {
        var lost = Assert.Throws<DeviceLostException>(() => Kiosk.Hardware.Links.SpiLink.Open("/dev/null", 1_000_000));

        Assert.Equal(DeviceFault.Broken, lost.Fault);
        Assert.Contains("mode 0 of /dev/null: ENOTTY", lost.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spi:///dev/spidev0.0", """{"panels": [1, 2], "brightness": 0, "speedHz": 10000000}""", "")]
    [InlineData("emulated:", """{"panels": [1]}""", "")]
    [InlineData("spi://host/x", """{"panels": [1]}""", "link")]
    [InlineData("i2c:///dev/i2c-1", """{"panels": [1]}""", "link")]
    [InlineData("emulated:", "{}", "options.panels")]
    [InlineData("emulated:", """{"panels": []}""", "options.panels")]
    [InlineData("emulated:", """{"panels": [1, "2", 1, 0]}""", "options.panels[1];options.panels[2];options.panels[3]")]
    [InlineData("emulated:", """{"panels": [1], "brightness": 16, "refreshSeconds": 0, "speedHz": 10000001, "leftDigit": 4}""", "options.brightness;options.refreshSeconds;options.speedHz;options.leftDigit")]
    [InlineData("emulated:", """{"panels": [1], "colour": "red"}""", "options.colour")]
    [InlineData("emulated:", """{"panels": [1], "face": "matrix", "modulesPerPanel": 16, "rotation": 270, "mirrored": true, "firstModule": "left"}""", "")]
    [InlineData("emulated:", """{"panels": [1], "face": "dots"}""", "options.face")]
    [InlineData("emulated:", """{"panels": [1], "face": "matrix", "modulesPerPanel": 17, "rotation": 45, "firstModule": "top", "leftDigit": 1}""", "options.rotation;options.modulesPerPanel;options.firstModule;options.leftDigit")]
    [InlineData("emulated:", """{"panels": [1, 2, 3, 4, 5], "face": "matrix", "modulesPerPanel": 16}""", "options.panels")]
    [InlineData("emulated:", """{"panels": [1], "rotation": 90}""", "options.rotation")]
    [InlineData("emulated:", """{"panels": [1], "brightness": [{"from": "07:00", "value": 12}, {"from": "19:00", "value": 3}]}""", "")]
    [InlineData("emulated:", """{"panels": [1], "brightness": [{"from": "7", "value": 16}]}""", "options.brightness[0].from;options.brightness[0].value")]
    public void Each_mistake_is_named_with_its_path(string link, string options, string paths) =>
        Assert.Equal(paths, string.Join(';', DriverCatalog.Check(new DeviceSettings("leds", "max7219", link, JsonText.Parse(options))).Select(mistake => mistake.Path)));

    [Theory]
    [InlineData("shine", "{}", "power, glitch, unplug, plug")]
    [InlineData("power", """{"state": "dim"}""", "power.state must be one of on, off, cycle")]
    [InlineData("glitch", """{"bits": 65}""", "glitch.bits must be a whole number from 1 to 64")]
    public async Task Wrong_control_is_refused_by_name_with_what_is_allowed(string control, string arguments, string expected)
    {
        await using var display = new RunningDevice<ICounterDisplay>(new Max7219Driver(), """{"panels": [1]}""");

        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => display.Do(control, arguments)).Message, StringComparison.Ordinal);
    }

    private static string Segments(RunningDevice<ICounterDisplay> display) => display.Emulator.Look()["panels"]![0]!["segments"]!.ToJsonString();

    private static IEnumerable<string> Hex(IEnumerable<byte[]> frames) =>
        frames.Select(frame => string.Join(' ', frame.Chunk(2).Select(Convert.ToHexString)));
}
