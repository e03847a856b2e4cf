using System.Text.Json;
using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;
using Kiosk.Firmware.Devices.Scripts;
using Kiosk.Hardware.Tests.Printers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Firmware.Tests.Devices;

public sealed class EmulatorScriptTests : IAsyncLifetime, IDisposable
{
    private static readonly DeviceView Printer = FakeDevices.Printer(DeviceState.Ok, null);

    private readonly ManualTime _time = new();
    private readonly FakeDevices _devices = new(Printer);
    private readonly EmulatorScripts _scripts;

    public EmulatorScriptTests() => _scripts = new(_devices, new ScreenPulse(), _time, NullLogger<EmulatorScripts>.Instance);

    public Task InitializeAsync() => _scripts.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => _scripts.StopAsync(CancellationToken.None);

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public async Task Steps_are_done_in_order_at_their_time_and_as_often_as_asked()
    {
        await BeginAsync("""{"steps":[{"control":"paper","arguments":{"state":"out"}},{"afterMs":5000,"control":"paper","arguments":{"state":"ok"}}],"repeat":2}""");
        await _devices.UntilControlledAsync(1);
        await NextAsync(2);
        Assert.Single(_devices.Controlled);

        _time.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.Single(_devices.Controlled);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _devices.UntilControlledAsync(3);
        await NextAsync(2);
        Assert.Equal((2, 2), (_scripts.Of("ticket-printer")!.Round, _scripts.Of("ticket-printer")!.Repeat));
        _time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(ScriptState.Done);

        Assert.Equal(["""paper {"state":"out"}""", """paper {"state":"ok"}""", """paper {"state":"out"}""", """paper {"state":"ok"}"""], _devices.Controlled);
    }

    [Fact]
    public async Task Stopped_script_does_no_more_and_another_takes_the_place_of_one_that_runs()
    {
        await BeginAsync("""{"steps":[{"afterMs":1000,"control":"reset"}]}""");
        await BeginAsync("""{"steps":[{"afterMs":2000,"control":"paper","arguments":{"state":"out"}}]}""");
        await NextAsync(1);
        _time.Advance(TimeSpan.FromMilliseconds(1500));

        var stopped = await _scripts.StopAsync("ticket-printer", CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((ScriptState.Stopped, null), (stopped!.State, stopped.NextAt));
        Assert.Empty(_devices.Controlled);
    }

    [Fact]
    public async Task Step_that_the_emulator_refuses_ends_the_script_and_is_named()
    {
        _devices.Refused = "power";
        await BeginAsync("""{"steps":[{"control":"reset"},{"control":"power","arguments":{"state":"on"}},{"control":"reset"}]}""");

        var failed = await UntilAsync(ScriptState.Failed);

        Assert.StartsWith("steps[1]: argument \"state\" is not allowed", failed.Trouble, StringComparison.Ordinal);
        Assert.Equal(["reset"], _devices.Controlled);
    }

    [Fact]
    public void Every_mistake_is_named_with_its_step()
    {
        var (script, mistakes) = Read("""
            {"steps":[{"afterMs":-1,"control":"paper","arguments":{"state":"empty"}},{"control":"papers"},{"control":"reset","arguments":{"x":1}},{"control":"paper","arguments":{"colour":"red"},"wait":3}, 7],
             "repeat":0,"loop":true}
            """);

        Assert.Null(script);
        Assert.Equal(
            ["loop", "repeat", "steps[0].afterMs", "steps[0].arguments.state", "steps[1].control", "steps[2].arguments.x", "steps[3].wait", "steps[3].arguments.colour", "steps[4]"],
            mistakes.Select(mistake => mistake.Field));
        Assert.Equal("must be one of ok, near-end, out", mistakes.First(mistake => mistake.Field == "steps[0].arguments.state").Message);
    }

    [Theory]
    [InlineData("{}", "steps", "1 to 100 steps")]
    [InlineData("""{"steps":[]}""", "steps", "1 to 100 steps")]
    [InlineData("""{"steps":[{"control":"reset","afterMs":600001}]}""", "steps[0].afterMs", "0 to 600000")]
    [InlineData("""{"steps":[{"control":"reset"}],"repeat":2}""", "repeat", "100 ms at least")]
    [InlineData("""{"steps":[{"control":"reset","afterMs":600000}],"repeat":1000}""", "repeat", "24 h at most")]
    public void Limits_are_kept(string json, string field, string said)
    {
        var (_, mistakes) = Read(json);

        Assert.Equal(field, Assert.Single(mistakes).Field);
        Assert.Contains(said, mistakes[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ready_scripts_are_those_that_the_device_can_act()
    {
        Assert.Equal(["paper-out", "flaky-cable"], ReadyScripts.For(Printer));
        Assert.Empty(ReadyScripts.For(Printer with { Look = null }));
        Assert.Equal(3, ReadyScripts.Find("flaky-cable", Printer)!.Repeat);
        Assert.Null(ReadyScripts.Find("stuck-key", Printer));
    }

    private static (EmulatorScript? Script, IReadOnlyList<(string Field, string Message)> Mistakes) Read(string json)
    {
        using var read = JsonDocument.Parse(json);
        return new ScriptReader(Printer.Controls).Read(read.RootElement);
    }

    private Task BeginAsync(string json) => _scripts.BeginAsync("ticket-printer", Read(json).Script!, CancellationToken.None);

    // A step is shown when its wait has begun on the clock.
    private Task NextAsync(int step) => UntilAsync(script => script.State == ScriptState.Running && script.Step == step);

    private Task<ScriptView> UntilAsync(ScriptState state) => UntilAsync(script => script.State == state);

    private async Task<ScriptView> UntilAsync(Func<ScriptView, bool> so)
    {
        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!so(_scripts.Of("ticket-printer")!)) await Task.Delay(5, watchdog.Token);
        return _scripts.Of("ticket-printer")!;
    }
}
