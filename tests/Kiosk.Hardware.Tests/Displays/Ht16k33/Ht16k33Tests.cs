using Kiosk.Hardware.Displays;
using Kiosk.Hardware.Displays.Ht16k33;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Tests.Displays.Ht16k33;

public sealed class Ht16k33Conformance : CounterDisplayConformance
{
    protected override IDriver Driver => new Ht16k33Driver();

    protected override string Options =>
        """{"panels": [{"panel": 3, "address": "0x72"}, {"panel": 1, "address": "0x70"}, {"panel": 2, "address": "0x71"}]}""";

    protected override string PausedText => "----";
}

public sealed class Ht16k33PairsConformance : CounterDisplayConformance
{
    protected override IDriver Driver => new Ht16k33Driver();

    protected override string Options =>
        """{"panels": [{"panel": 3, "address": "0x72"}, {"panel": 1, "address": "112"}, {"panel": 2, "address": "0x77"}], "layout": "pairs-8"}""";

    protected override string PausedText => "--------";
}

public sealed class Ht16k33Tests
{
    private const string Three = """{"panels": [{"panel": 3, "address": "0x72"}, {"panel": 1, "address": "0x70"}, {"panel": 2, "address": "0x71"}]}""";

    /// <summary>A = segments A B C E F G = rows 0 1 2 4 5 6 = 77h; the colon at byte 4 stays dark. The memory is written before 81h.</summary>
    [Theory]
    [InlineData("backpack-4", "21 0077003F00000006005B00000000000000 E8 81")]
    [InlineData("digits-4", "21 0077003F0006005B000000000000000000 E8 81")]
    [InlineData("digits-8", "21 00000000000000000077003F0006005B00 E8 81")]
    [InlineData("pairs-8", "21 000077003F0006005B0000000000000000 E8 81")]
    public void Panel_is_started_with_these_bytes(string layout, string bytes)
    {
        var known = Ht16k33Layout.All.Single(one => one.Name == layout);
        var memory = Ht16k33Protocol.Memory(known, SevenSegments.RightAligned("A012", known.Places.Count));

        Assert.Equal(bytes, string.Join(' ', Ht16k33Protocol.Refresh(memory, 8).Select(Convert.ToHexString)));
    }

    [Fact]
    public async Task Memory_is_random_at_power_up_and_nothing_of_it_is_ever_lit()
    {
        await using var display = new RunningDevice<ICounterDisplay>(new Ht16k33Driver(), """{"panels": [1]}""");
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        display.Emulator.Changed += () => seen.Enqueue(Look(display, 0, "segments"));

        await display.OpenAsync();
        await display.SeeAsync(() => Look(display, 0, "segments") == "[0,0,1,1]");

        Assert.Equal(["[0,0,0,0]", "[0,0,1,1]"], seen.Distinct());
    }

    [Fact]
    public async Task Panel_that_does_not_acknowledge_is_named_and_the_others_go_on()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new Ht16k33Driver(), Three).OpenAsync();
        await display.SeeAsync(() => display.Device.Health == DeviceHealth.Ok);

        display.Do("silence", """{"panel": 1}""");
        display.Device.Show(1, new CounterFace("A012"));
        display.Device.Show(2, new CounterFace("A013"));

        await display.SeeAsync(() => display.Device.Health.State == HealthState.Degraded && Look(display, 2, "text") == "\"A013\"");
        Assert.Equal(DeviceFault.Silent, display.Device.Health.Fault);
        Assert.Equal("panel 1: write emulated I2C bus at 0x70: EREMOTEIO, no acknowledgement", display.Device.Health.Detail);

        display.Do("silence", """{"panel": 1, "on": false}""");
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));
        display.Clock.AdvanceMs(5000);
        await display.SeeAsync(() => display.Device.Health == DeviceHealth.Ok && Look(display, 1, "text") == "\"A012\"");
    }

    [Fact]
    public async Task Display_is_out_of_service_when_no_panel_acknowledges()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new Ht16k33Driver(), Three).OpenAsync();
        await display.SeeAsync(() => display.Device.Health == DeviceHealth.Ok);
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));

        display.Do("power", """{"state": "off"}""");
        display.Clock.AdvanceMs(5000);

        Assert.Equal(DeviceFault.Silent, (await display.LostAsync()).Fault);
        Assert.Equal(HealthState.OutOfService, display.Device.Health.State);
        Assert.StartsWith("panels 3, 1, 2: ", display.Device.Health.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flipped_bits_are_gone_after_the_next_refresh()
    {
        await using var display = await new RunningDevice<ICounterDisplay>(new Ht16k33Driver(), Three).OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Look(display, 1, "text") == "\"A012\"");
        var before = display.Emulator.Look()["panels"]!.ToJsonString();

        display.Do("glitch", """{"bits": 64}""");
        Assert.NotEqual(before, display.Emulator.Look()["panels"]!.ToJsonString());
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));
        display.Clock.AdvanceMs(5000);

        await display.SeeAsync(() => display.Emulator.Look()["panels"]!.ToJsonString() == before);
    }

    /// <summary>There is no checksum: what a spark does to the memory is seen, until the next refresh. The colon has a common of its own.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(8)]
    public async Task Broken_byte_of_content_is_seen(int place)
    {
        await using var emulator = new Ht16k33Emulator(Ht16k33Options.Of(new DeviceSettings("leds", "ht16k33", "emulated:", JsonText.Parse("""{"panels": [1]}"""))), seed: 1);
        using var link = emulator.Open();
        var memory = Ht16k33Protocol.Memory(Ht16k33Layout.All[0], SevenSegments.RightAligned("A012", 4));
        foreach (var message in Ht16k33Protocol.Refresh(memory, 8)) Assert.Null(link.Write(0x70, message));
        Assert.Equal("A012", (string)emulator.Look()["panels"]![0]!["text"]!);

        var wrong = Ht16k33Protocol.Content(memory);
        wrong[1 + place] ^= 0x08;
        link.Write(0x70, wrong);

        Assert.NotEqual("A012", (string)emulator.Look()["panels"]![0]!["text"]!);
    }

    [Theory]
    [InlineData("i2c:///dev/i2c-1", """{"panels": [1]}""", "")]
    [InlineData("i2c:///dev/i2c-1?address=0x77", """{"panels": [1]}""", "")]
    [InlineData("i2c:bcm2835%20(i2c@7e804000)", """{"panels": [{"panel": 1, "address": "0x71"}, {"panel": 2, "address": "113"}]}""", "options.panels[1]")]
    [InlineData("i2c:///dev/i2c-1?address=0x20", """{"panels": [1]}""", "link")]
    [InlineData("i2c:///dev/i2c-1?speed=1", """{"panels": [1]}""", "link")]
    [InlineData("i2c:", """{"panels": [1]}""", "link")]
    [InlineData("spi:///dev/spidev0.0", """{"panels": [1]}""", "link")]
    [InlineData("emulated:", """{"panels": [1, 2]}""", "options.panels[1]")]
    [InlineData("emulated:", """{"panels": [{"panel": 1, "address": 112}]}""", "options.panels[0].address")]
    [InlineData("emulated:", """{"panels": [{"panel": 0}, {"panel": 1, "adress": "0x70"}], "layout": "clock"}""", "options.layout;options.panels[0].panel;options.panels[1].adress")]
    public void Each_mistake_is_named_with_its_path(string link, string options, string paths) =>
        Assert.Equal(paths, string.Join(';', DriverCatalog.Check(new DeviceSettings("leds", "ht16k33", link, JsonText.Parse(options))).Select(mistake => mistake.Path)));

    [Theory]
    [InlineData(121, DeviceFault.Silent, "EREMOTEIO, no acknowledgement")]
    [InlineData(6, DeviceFault.Silent, "ENXIO, no acknowledgement")]
    [InlineData(110, DeviceFault.Silent, "ETIMEDOUT, the bus is held down")]
    [InlineData(16, DeviceFault.InUse, "EBUSY, a driver of the kernel owns this address")]
    [InlineData(5, DeviceFault.Broken, "EIO")]
    public void Error_of_the_bus_is_told_with_bus_and_address(int errno, DeviceFault fault, string said)
    {
        var refusal = I2cLink.Judge("write /dev/i2c-1 at 0x70", errno);

        Assert.Equal(fault, refusal.Fault);
        Assert.StartsWith($"write /dev/i2c-1 at 0x70: {said}", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Bus_that_went_is_lost()
    {
        var lost = Assert.Throws<DeviceLostException>(() => I2cLink.Judge("write /dev/i2c-1 at 0x70", 19));

        Assert.Equal(DeviceFault.Disconnected, lost.Fault);
    }

    [Theory]
    [InlineData("/dev/i2c-none", DeviceFault.Disconnected, "open /dev/i2c-none: ENOENT")]
    [InlineData("/dev/null", DeviceFault.Broken, "I2C_SLAVE of /dev/null: ENOTTY")]
    public void Node_that_is_no_bus_is_named(string path, DeviceFault fault, string said)
    {
        var lost = Assert.Throws<DeviceLostException>(() => I2cLink.Open(path));

        Assert.Equal(fault, lost.Fault);
        Assert.Contains(said, lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adapter_is_found_by_its_name()
    {
        var adapters = Directory.CreateTempSubdirectory();
        foreach (var (bus, name) in new[] { ("i2c-0", "first"), ("i2c-7", "twin"), ("i2c-8", "twin") })
        {
            Directory.CreateDirectory(Path.Combine(adapters.FullName, bus));
            File.WriteAllText(Path.Combine(adapters.FullName, bus, "name"), name + "\n");
        }

        Assert.Equal("/dev/i2c-0", Parse("i2c:first").Find(adapters.FullName));
        Assert.Contains("no I2C adapter is named \"third\"; there are: i2c-0 \"first\"", Lost("i2c:third"), StringComparison.Ordinal);
        Assert.Contains("i2c-7 \"twin\", i2c-8 \"twin\"", Lost("i2c:twin"), StringComparison.Ordinal);
        adapters.Delete(recursive: true);

        string Lost(string link) => Assert.Throws<DeviceLostException>(() => Parse(link).Find(adapters.FullName)).Message;
    }

    private static I2cAddress Parse(string link)
    {
        Assert.True(I2cAddress.TryParse(link, out var address, out var message), message);
        return address;
    }

    private static string Look(RunningDevice<ICounterDisplay> display, int index, string member) =>
        display.Emulator.Look()["panels"]![index]![member]!.ToJsonString();
}
