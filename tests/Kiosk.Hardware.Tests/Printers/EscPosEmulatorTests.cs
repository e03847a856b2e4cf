using System.Text.Json;
using Kiosk.Hardware.Printers.EscPos;
using Kiosk.Hardware.Printers.EscPos.Emulation;

namespace Kiosk.Hardware.Tests.Printers;

public sealed class EscPosEmulatorTests : IAsyncDisposable
{
    private readonly EscPosEmulator _emulator = new(EscPosOptions.Default, new ManualTime());

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Theory]
    [InlineData("fire", "{}", "control \"fire\" is unknown; allowed: paper, cover, cutter, power, silence, misbehave, reset")]
    [InlineData("paper", """{"state":"wet"}""", "argument \"state\" is \"wet\"; allowed: ok, near-end, out")]
    [InlineData("paper", """{"state":"ok","lines":0}""", "argument \"lines\" is 0; allowed: 1 to 100000")]
    [InlineData("paper", """{"state":"ok","colour":1}""", "argument \"colour\" of \"paper\" is unknown; allowed: state, lines")]
    [InlineData("cover", "{}", "argument \"state\" is missing; allowed: open, closed")]
    [InlineData("silence", """{"on":"yes"}""", "argument \"on\" is \"yes\"; allowed: true, false")]
    [InlineData("misbehave", """{"mode":"reset-after"}""", "argument \"bytes\" is missing; with reset-after allowed: 0 to 1000000")]
    [InlineData("reset", """{"now":true}""", "argument \"now\" of \"reset\" is unknown; allowed: none")]
    [InlineData("reset", "[]", "arguments of \"reset\" must be an object")]
    public void Wrong_control_is_refused_with_what_is_allowed_and_changes_nothing(string control, string arguments, string message)
    {
        var before = _emulator.Look().ToJsonString();

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => _emulator.Do(control, JsonDocument.Parse(arguments).RootElement)).Message, StringComparison.Ordinal);
        Assert.Equal(before, _emulator.Look().ToJsonString());
    }

    [Fact]
    public void Look_tells_what_was_done_and_reset_undoes_it()
    {
        var changes = 0;
        _emulator.Changed += () => changes++;
        var asNew = _emulator.Look().ToJsonString();
        foreach (var (control, arguments) in new[]
        {
            ("paper", """{"state":"near-end","lines":7}"""), ("cover", """{"state":"open"}"""), ("cutter", """{"state":"jammed"}"""),
            ("silence", """{"on":true}"""), ("misbehave", """{"mode":"late"}"""), ("power", """{"state":"off"}"""),
        })
        {
            _emulator.Do(control, JsonDocument.Parse(arguments).RootElement);
        }

        var look = _emulator.Look();
        Assert.Equal(
            ["near-end", "7", "open", "jammed", "false", "off", "true", "late"],
            new[] { "paperState", "linesLeft", "cover", "cutter", "online", "power", "silence", "misbehave" }.Select(name => look[name]!.ToString()));
        _emulator.Do("reset", default);
        Assert.Equal((asNew, 7), (_emulator.Look().ToJsonString(), changes));
    }

    [Fact]
    public void Off_line_printer_keeps_what_arrives_and_prints_it_later()
    {
        var machine = new EscPosMachine(EscPosOptions.Default, _ => { });
        machine.SetCover(true);
        foreach (var value in "A042\n\u001dV\u0000"u8.ToArray()) machine.Receive(value);

        Assert.Equal((8, 0), (machine.Buffered, machine.Paper.SlipCount));
        machine.SetCover(false);
        Assert.Equal((0, 1), (machine.Buffered, machine.Paper.SlipCount));
    }

    [Fact]
    public void Latin_text_with_an_eighth_bit_turns_into_Hanzi_where_Chinese_mode_was_left_on()
    {
        var machine = new EscPosMachine(EscPosOptions.Default, _ => { });
        foreach (var value in new byte[] { 0x1B, 0x40, 0xC7, 0xEB, 0x0A }) machine.Receive(value);

        Assert.Equal("请", machine.Paper.Hanging()[0]!["runs"]![0]!["text"]!.GetValue<string>());
    }
}
