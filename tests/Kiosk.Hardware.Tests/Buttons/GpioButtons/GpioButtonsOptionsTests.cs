using Kiosk.Hardware.Buttons.GpioButtons;

namespace Kiosk.Hardware.Tests.Buttons.GpioButtons;

public sealed class GpioButtonsOptionsTests
{
    [Theory]
    [InlineData("gpio:pinctrl-bcm2711")]
    [InlineData("gpio:/dev/gpiochip0")]
    [InlineData("emulated:")]
    public void Good_settings_have_no_mistakes(string link) => Assert.Empty(Mistakes(link, GpioButtonsTests.OptionsWithDebounce(10)));

    [Theory]
    [InlineData("tcp://x:1", """{"lines": {"A": {"panel": 1, "key": "next"}}}""", "link")]
    [InlineData("gpio:", """{"lines": {"A": {"panel": 1, "key": "next"}}}""", "link")]
    [InlineData("gpio:x", "{}", "options.lines")]
    [InlineData("gpio:x", "[]", "options.lines;options")]
    [InlineData("gpio:x", """{"lines": {}}""", "options.lines")]
    [InlineData("gpio:x", """{"lines": {"A": 3}}""", "options.lines.A")]
    [InlineData("gpio:x", """{"lines": {"offset:x": {"panel": 1, "key": "next"}}}""", "options.lines.offset:x")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 0, "key": "ring"}}}""", "options.lines.A.panel;options.lines.A.key")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 1, "key": "next", "colour": "red"}}}""", "options.lines.A.colour")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 1, "key": "next"}, "B": {"panel": 1, "key": "next"}}}""", "options.lines.B.key")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 1, "key": "one"}, "B": {"panel": 1, "key": "next"}}}""", "options.lines.B.key")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 1, "key": "next"}, "A": {"panel": 2, "key": "next"}}}""", "options.lines.A")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 1, "key": "next"}}, "debounceMs": 1001, "activeLow": 1, "debounce": 3}""", "options.debounceMs;options.activeLow;options.debounce")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 1, "key": "next"}}, "nextBelowMs": 2000, "pauseAfterMs": 1500, "stuckAfterSeconds": 1}""", "options.noShowAfterMs;options.pauseAfterMs;options.stuckAfterSeconds")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 1, "key": "next"}}, "lamps": {"A": 1, "B": 2, "C": "1", "offset:01": 1}}""", "options.lamps.A;options.lamps.B;options.lamps.C;options.lamps.offset:01")]
    [InlineData("gpio:x", """{"lines": {"A": {"panel": 1, "key": "next"}}, "lamps": {}}""", "options.lamps")]
    public void Each_mistake_is_named_with_its_path(string link, string options, string paths) => Assert.Equal(paths.Split(';'), Mistakes(link, options));

    private static IEnumerable<string> Mistakes(string link, string options) =>
        DriverCatalog.Check(new DeviceSettings("keys", "gpio-buttons", link, JsonText.Parse(options))).Select(mistake => mistake.Path);
}
