using System.Text.Json.Nodes;
using Kiosk.Hardware.Displays;

namespace Kiosk.Hardware.Tests.Displays;

/// <summary>
/// What every driver of counter displays owes. Its emulator shows <c>panels</c>, each with <c>panel</c>, <c>text</c>, <c>intensity</c> where it can
/// dim, and <c>segments</c> or <c>dots</c>; it can be unplugged, and its panels can lose their power.
/// </summary>
public abstract class CounterDisplayConformance
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);

    protected abstract IDriver Driver { get; }

    /// <summary>Options with the panels 3, 1 and 2 in this order and a refresh every 5 s.</summary>
    protected abstract string Options { get; }

    protected abstract string PausedText { get; }

    /// <summary>Panels that blink by themselves are told to, and told to stop: how fast they do it is their maker's, at or below three a second.</summary>
    protected virtual bool FlashesByItself => false;

    /// <summary>False for a panel whose wire has no word for brightness.</summary>
    protected virtual bool CanDim => true;

    /// <summary>False for a network port: the second host waits until the first one leaves, as most devices of one connection have it.</summary>
    protected virtual bool RefusesSecondHost => true;

    /// <summary>Null where the driver takes the emulator itself.</summary>
    protected virtual DeviceCable? Cable() => null;

    protected virtual string StaleText => "--";

    protected virtual void Unplug(RunningDevice<ICounterDisplay> display) => display.Do("unplug");

    protected virtual void Plug(RunningDevice<ICounterDisplay> display) => display.Do("plug");

    /// <summary>The panels lose their power for a moment; the link stays.</summary>
    protected virtual void LosePower(RunningDevice<ICounterDisplay> display) => display.Do("power", """{"state": "cycle"}""");

    protected virtual bool AllLit(JsonObject panel) => panel["dots"] is JsonArray dots
        ? dots.All(line => line!.GetValue<string>().All(dot => dot == '#'))
        : panel["segments"]!.AsArray().All(lit => (int)lit! == 255);

    [Fact]
    public async Task Panels_say_that_nothing_is_known_until_they_are_told()
    {
        await using var display = await OpenAsync();

        await display.SeeAsync(() => Text(display, 1) == StaleText && Text(display, 2) == StaleText && Text(display, 3) == StaleText);

        Assert.Equal([3, 1, 2], display.Device.Panels);
        await display.SeeAsync(() => display.Device.Health == DeviceHealth.Ok);
    }

    [Fact]
    public async Task Each_panel_shows_its_own_text_without_waiting_for_a_clock()
    {
        await using var display = await OpenAsync();

        display.Device.Show(1, new CounterFace("A012"));
        display.Device.Show(2, new CounterFace("B907"));
        display.Device.Show(3, CounterFace.Dark);

        await display.SeeAsync(() => Text(display, 1) == "A012" && Text(display, 2) == "B907" && Text(display, 3).Length == 0);
    }

    [Fact]
    public async Task Latest_face_wins()
    {
        await using var display = await OpenAsync(run: false);
        for (var number = 0; number < 1000; number++) display.Device.Show(1, new CounterFace($"A{number:000}"));

        var running = display.Device.RunAsync(default);

        await display.SeeAsync(() => Text(display, 1) == "A999");
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Paused_and_stale_have_signs_of_their_own()
    {
        await using var display = await OpenAsync();

        display.Device.Show(1, new CounterFace("A012", Paused: true));
        display.Device.Show(2, new CounterFace("A012", Stale: true));
        display.Device.Show(3, new CounterFace("A012", Flash: true, Paused: true, Stale: true));

        await display.SeeAsync(() => Text(display, 1) == PausedText && Text(display, 2) == StaleText && Text(display, 3) == StaleText);
    }

    [Fact]
    public async Task Fresh_call_is_lit_at_once_blinks_at_most_three_times_a_second_and_then_stands()
    {
        if (FlashesByItself) return;
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012", Flash: true));
        await display.SeeAsync(() => Text(display, 1) == "A012");

        var (changes, lit) = (0, true);
        for (var elapsed = 0; elapsed < 3000; elapsed += 250)
        {
            await display.Clock.ArmedAsync(TimeSpan.FromMilliseconds(250));
            display.Clock.AdvanceMs(250);
            var expected = elapsed % 500 != 0;
            await display.SeeAsync(() => Text(display, 1) == (expected ? "A012" : ""));
            if (expected != lit) (lit, changes) = (expected, changes + 1);
        }

        Assert.Equal((12, true), (changes, lit));
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));
        display.Clock.AdvanceMs(1000);
        Assert.Equal("A012", Text(display, 1));
    }

    [Fact]
    public async Task Fresh_call_tells_a_panel_that_blinks_by_itself_to_blink_for_three_seconds()
    {
        if (!FlashesByItself) return;
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012", Flash: true));
        await display.SeeAsync(() => Text(display, 1) == "A012" && (bool)Panel(display, 1)["flash"]!);

        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(3));
        display.Clock.AdvanceMs(2999);
        Assert.True((bool)Panel(display, 1)["flash"]!);
        display.Clock.AdvanceMs(1);

        await display.SeeAsync(() => Text(display, 1) == "A012" && !(bool)Panel(display, 1)["flash"]!);
    }

    [Fact]
    public async Task Brightness_follows_the_halls_time_of_day_at_the_next_refresh()
    {
        if (!CanDim) return;
        var options = JsonNode.Parse(Options)!.AsObject();
        options["brightness"] = JsonNode.Parse("""[{"from": "07:00", "value": 12}, {"from": "17:00", "value": 3}]""");

        // The clock of the tests starts at nine in the morning, UTC. Put back a little, it is 16:59:56 in a hall that is eight hours ahead.
        var zone = TimeZoneInfo.CreateCustomTimeZone("hall", new TimeSpan(8, 0, 0), "hall", "hall");
        await using var display = new RunningDevice<ICounterDisplay>(Driver, options.ToJsonString(), zone, Cable());
        display.Clock.AdvanceMs(-4000);
        await display.OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012" && (int)Panel(display, 1)["intensity"]! == 12);

        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));
        display.Clock.AdvanceMs(5000);

        await display.SeeAsync(() => (int)Panel(display, 1)["intensity"]! == 3);
    }

    [Fact]
    public async Task Panel_that_lost_its_power_is_healed_by_the_next_refresh()
    {
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012");

        LosePower(display);
        Assert.Equal("", Text(display, 1));
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));
        display.Clock.AdvanceMs(5000);

        await display.SeeAsync(() => Text(display, 1) == "A012");
    }

    [Fact]
    public async Task Lamp_test_lights_everything_for_a_second_and_gives_the_content_back()
    {
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012");

        var test = display.Device.TestAsync(default);
        await display.SeeAsync(() => display.Emulator.Look()["panels"]!.AsArray().All(panel => AllLit(panel!.AsObject())));
        display.Device.Show(1, new CounterFace("A013"));
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(1));
        display.Clock.AdvanceMs(1000);

        Assert.Equal(DeviceHealth.Ok, await test.WaitAsync(Watchdog));
        await display.SeeAsync(() => Text(display, 1) == "A013");
    }

    [Fact]
    public async Task Lamp_test_that_is_cancelled_gives_the_content_back_too()
    {
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012");
        using var cancel = new CancellationTokenSource();

        var test = display.Device.TestAsync(cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.WaitAsync(Watchdog));
        await display.SeeAsync(() => Text(display, 1) == "A012");
    }

    [Fact]
    public async Task Display_that_is_closed_in_the_middle_of_a_lamp_test_says_that_nobody_tells_it_any_more()
    {
        await using var display = await OpenAsync();
        await display.SeeAsync(() => Text(display, 1) == StaleText);
        var test = display.Device.TestAsync(default);
        await display.SeeAsync(() => display.Emulator.Look()["panels"]!.AsArray().All(panel => AllLit(panel!.AsObject())));

        await display.CancelAsync();
        await display.Device.DisposeAsync();
        await display.SeeAsync(() => Text(display, 1) == StaleText && Text(display, 3) == StaleText);
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(1));
        display.Clock.AdvanceMs(1000);

        Assert.Equal(DeviceFault.Disconnected, (await test.WaitAsync(Watchdog)).Fault);
    }

    [Fact]
    public async Task Lost_link_ends_the_device_as_disconnected_and_a_new_one_starts_from_nothing()
    {
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012");

        Unplug(display);
        display.Device.Show(1, new CounterFace("A013"));

        Assert.Equal(DeviceFault.Disconnected, (await display.LostAsync()).Fault);
        Assert.Equal((HealthState.OutOfService, DeviceFault.Disconnected), (display.Device.Health.State, display.Device.Health.Fault));
        Assert.Equal(HealthState.OutOfService, (await display.Device.TestAsync(default).WaitAsync(Watchdog)).State);
        await display.Device.DisposeAsync();
        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => display.OpenAsync())).Fault);

        Plug(display);
        LosePower(display);
        await display.OpenAsync();
        display.Device.Show(1, new CounterFace("A014"));
        await display.SeeAsync(() => Text(display, 1) == "A014");
    }

    [Fact]
    public async Task Quiet_display_notices_a_lost_link_at_the_next_refresh()
    {
        await using var display = await OpenAsync();
        await display.SeeAsync(() => Text(display, 1) == StaleText);
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));

        Unplug(display);
        display.Clock.AdvanceMs(5000);

        Assert.Equal(DeviceFault.Disconnected, (await display.LostAsync()).Fault);
    }

    [Fact]
    public async Task Second_opening_is_refused_as_in_use()
    {
        if (!RefusesSecondHost) return;
        await using var display = await OpenAsync();

        Assert.Equal(DeviceFault.InUse, (await Assert.ThrowsAsync<DeviceLostException>(() => display.OpenAsync())).Fault);
    }

    [Fact]
    public async Task Closed_display_says_that_nobody_tells_it_any_more()
    {
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012");

        await display.CancelAsync();
        await display.Device.DisposeAsync();

        await display.SeeAsync(() => Text(display, 1) == StaleText);
        Assert.Equal(DeviceFault.Disconnected, (await display.Device.TestAsync(default).WaitAsync(Watchdog)).Fault);
    }

    [Fact]
    public async Task Unknown_panel_is_refused_and_cancelling_ends_it()
    {
        await using var display = await OpenAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => display.Device.Show(9, CounterFace.Dark));
        await display.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => display.Running.WaitAsync(Watchdog));
    }

    protected static string Text(RunningDevice<ICounterDisplay> display, int panel) => (string)Panel(display, panel)["text"]!;

    protected static JsonObject Panel(RunningDevice<ICounterDisplay> display, int panel) =>
        display.Emulator.Look()["panels"]!.AsArray().Single(shown => (int)shown!["panel"]! == panel)!.AsObject();

    protected virtual Task<RunningDevice<ICounterDisplay>> OpenAsync(bool run = true) => new RunningDevice<ICounterDisplay>(Driver, Options, cable: Cable()).OpenAsync(run);
}
