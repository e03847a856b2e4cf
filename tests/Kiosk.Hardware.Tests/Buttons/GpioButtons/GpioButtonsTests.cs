using Kiosk.Hardware.Buttons;
using Kiosk.Hardware.Buttons.GpioButtons;

namespace Kiosk.Hardware.Tests.Buttons.GpioButtons;

public sealed class GpioButtonsConformance : CallButtonsConformance
{
    protected override IDriver Driver => new GpioButtonsDriver();

    protected override string Options => GpioButtonsTests.OptionsWithDebounce(10);
}

/// <summary>The same promises where the kernel does not debounce: the gestures alone have to.</summary>
public sealed class GpioButtonsWithoutDebounceConformance : CallButtonsConformance
{
    protected override IDriver Driver => new GpioButtonsDriver();

    protected override string Options => GpioButtonsTests.OptionsWithDebounce(0);
}

public sealed class GpioButtonsTests
{
    public static string OptionsWithDebounce(int milliseconds) => $$"""
        {
          "lines": {
            "BTN_1": {"panel": 1, "key": "next"},
            "offset:0": {"panel": 1, "key": "recall"},
            "BTN_2": {"panel": 2, "key": "one"}
          },
          "lamps": {"LED_1": 1},
          "debounceMs": {{milliseconds}}
        }
        """;

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    public async Task Lost_edges_are_no_press_and_the_level_is_read_again(int flips, bool endsPressed)
    {
        await using var keys = await new RunningDevice<ICallButtons>(new GpioButtonsDriver(), OptionsWithDebounce(10)).OpenAsync();

        keys.Do("overflow", $$"""{"line": "BTN_2", "flips": {{flips}}}""");
        keys.Clock.AdvanceMs(2000);
        keys.Do(endsPressed ? "release" : "hold", """{"line": "BTN_2"}""");
        keys.Clock.AdvanceMs(1000);
        keys.Do("press", """{"line": "BTN_1"}""");

        var press = await keys.Device.Presses.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((1, PanelKey.Next), (press.Panel, press.Key));
        Assert.False(keys.Device.Presses.TryRead(out _));
    }

    [Fact]
    public async Task Key_works_again_after_its_edges_were_lost()
    {
        await using var keys = await new RunningDevice<ICallButtons>(new GpioButtonsDriver(), OptionsWithDebounce(10)).OpenAsync();
        keys.Do("overflow", """{"line": "BTN_1", "flips": 1001}""");
        keys.Do("press", """{"line": "offset:0"}""");
        Assert.Equal(PanelKey.Recall, (await keys.Device.Presses.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10))).Key);

        // The line was left pressed: that it is called stuck says that its level was read after the loss.
        keys.Clock.AdvanceMs(70_000);
        await keys.SeeAsync(() => keys.Device.Health.Fault == DeviceFault.StuckKey);
        keys.Do("release", """{"line": "BTN_1"}""");
        keys.Clock.AdvanceMs(1000);
        keys.Do("press", """{"line": "BTN_1"}""");

        Assert.Equal(PanelKey.Next, (await keys.Device.Presses.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10))).Key);
    }

    [Fact]
    public async Task Test_tells_the_level_of_each_line()
    {
        await using var keys = await new RunningDevice<ICallButtons>(new GpioButtonsDriver(), OptionsWithDebounce(10)).OpenAsync();
        keys.Do("hold", """{"line": "BTN_2"}""");

        var test = keys.Device.TestAsync(default);
        keys.Clock.AdvanceMs(1000);

        var health = await test.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(DeviceHealth.Ok with { Detail = "BTN_1 released, offset:0 released, BTN_2 pressed" }, health);
    }

    [Fact]
    public async Task Emulator_shows_each_line_and_counts_presses()
    {
        await using var keys = await new RunningDevice<ICallButtons>(new GpioButtonsDriver(), OptionsWithDebounce(10)).OpenAsync();

        keys.Do("press", """{"panel": 2}""");

        Assert.Equal(
            """{"name":"BTN_2","panel":2,"key":"one","level":"pressed","presses":1}""",
            keys.Emulator.Look()["lines"]![2]!.ToJsonString());
        keys.Clock.AdvanceMs(80);
        Assert.Equal("released", (string?)keys.Emulator.Look()["lines"]![2]!["level"]);
    }

    [Fact]
    public async Task Press_shorter_than_the_debounce_time_never_reaches_the_host()
    {
        await using var keys = await new RunningDevice<ICallButtons>(new GpioButtonsDriver(), OptionsWithDebounce(10)).OpenAsync();

        keys.Do("press", """{"line": "BTN_1", "ms": 5}""");

        Assert.Equal(0, (int?)keys.Emulator.Look()["lines"]![0]!["presses"]);
    }

    [Theory]
    [InlineData("shake", "{}", "press, hold, release, overflow, lamps, unplug, plug")]
    [InlineData("press", "{}", "press.line must be one of BTN_1, offset:0, BTN_2")]
    [InlineData("press", """{"line": "BTN_9"}""", "press.line must be one of BTN_1, offset:0, BTN_2")]
    [InlineData("press", """{"panel": 9}""", "press.panel must be a whole number from 1 to 2")]
    [InlineData("press", """{"panel": 1}""", "press.key must be one of next, recall")]
    [InlineData("press", """{"line": "BTN_1", "ms": 0}""", "press.ms must be a whole number from 1 to 600000")]
    [InlineData("press", """{"line": "BTN_1", "force": 3}""", "press.force unknown; known are bounce, key, line, ms, panel")]
    [InlineData("press", """{"line": "BTN_1", "panel": 1}""", "press.panel must not be given with line")]
    [InlineData("overflow", """{"line": "BTN_1", "flips": "many"}""", "overflow.flips must be a whole number")]
    public async Task Wrong_control_is_refused_by_name_with_what_is_allowed(string control, string arguments, string expected)
    {
        await using var keys = new RunningDevice<ICallButtons>(new GpioButtonsDriver(), OptionsWithDebounce(10));

        var refused = Assert.Throws<ArgumentException>(() => keys.Do(control, arguments));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }
}
