using Kiosk.Hardware.Buttons;

namespace Kiosk.Hardware.Tests.Buttons;

/// <summary>What every driver of call buttons owes. Its emulator knows <c>press</c>, <c>hold</c>, <c>release</c>, <c>lamps</c>, <c>unplug</c> and <c>plug</c>.</summary>
public abstract class CallButtonsConformance
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);

    protected abstract IDriver Driver { get; }

    /// <summary>Options with panel 1 (next, recall, a lamp), panel 2 (one key, no lamp) and a stuck time of 60 s.</summary>
    protected abstract string Options { get; }

    [Fact]
    public async Task Press_is_told_once_with_panel_key_boot_and_a_sequence_from_one()
    {
        await using var keys = await OpenAsync();

        keys.Do("press", """{"panel": 1, "key": "next"}""");
        keys.Clock.AdvanceMs(1000);
        keys.Do("press", """{"panel": 1, "key": "recall"}""");

        var (first, second) = (await TakeAsync(keys), await TakeAsync(keys));
        Assert.Equal((1, PanelKey.Next, 1), (first.Panel, first.Key, first.Sequence));
        Assert.Equal((1, PanelKey.Recall, 2), (second.Panel, second.Key, second.Sequence));
        Assert.Equal(first.Boot, second.Boot);
        Assert.NotEqual(Guid.Empty, first.Boot);
        Assert.Equal(1_000_000_000, second.EdgeNanoseconds - first.EdgeNanoseconds);
        await AssertNoMoreAsync(keys);
    }

    [Fact]
    public async Task Key_of_many_acts_when_it_goes_down_not_when_it_comes_up()
    {
        await using var keys = await OpenAsync();

        keys.Do("hold", """{"panel": 1, "key": "next"}""");

        Assert.Equal(PanelKey.Next, (await TakeAsync(keys)).Key);
        keys.Clock.AdvanceMs(5000);
        keys.Do("release", """{"panel": 1, "key": "next"}""");
        await AssertNoMoreAsync(keys);
    }

    [Fact]
    public async Task Bouncing_press_is_one_press()
    {
        await using var keys = await OpenAsync();

        keys.Do("press", """{"panel": 1, "key": "next", "bounce": 20}""");
        keys.Do("press", """{"panel": 2, "key": "one", "bounce": 20}""");
        keys.Clock.AdvanceMs(100);

        Assert.Equal([PanelKey.Next, PanelKey.Next], [(await TakeAsync(keys)).Key, (await TakeAsync(keys)).Key]);
        await AssertNoMoreAsync(keys);
    }

    [Fact]
    public async Task One_key_means_next_then_recall_then_no_show_then_pause_by_how_it_is_held()
    {
        await using var keys = await OpenAsync();

        foreach (var (held, wait) in new[] { (80, 1000), (80, 4000), (1600, 100), (4100, 100), (1000, 100) })
        {
            keys.Do("press", $$"""{"panel": 2, "ms": {{held}}}""");
            keys.Clock.AdvanceMs(held + wait);
        }

        foreach (var key in new[] { PanelKey.Next, PanelKey.Recall, PanelKey.NoShow, PanelKey.Pause }) Assert.Equal(key, (await TakeAsync(keys)).Key);
        await AssertNoMoreAsync(keys);
    }

    [Fact]
    public async Task Key_that_is_down_when_the_device_opens_is_no_press()
    {
        await using var keys = new RunningDevice<ICallButtons>(Driver, Options);
        keys.Do("hold", """{"panel": 1, "key": "next"}""");
        keys.Do("hold", """{"panel": 2}""");
        await keys.OpenAsync();

        keys.Do("release", """{"panel": 1, "key": "next"}""");
        keys.Do("release", """{"panel": 2}""");

        await AssertNoMoreAsync(keys);
    }

    [Fact]
    public async Task Stuck_key_degrades_the_device_and_names_itself_until_it_comes_up()
    {
        await using var keys = await OpenAsync();
        keys.Do("hold", """{"panel": 1, "key": "next"}""");
        await TakeAsync(keys);

        keys.Clock.AdvanceMs(59_000);
        Assert.Equal(HealthState.Ok, keys.Device.Health.State);
        keys.Clock.AdvanceMs(11_000);
        await keys.SeeAsync(() => keys.Device.Health.State == HealthState.Degraded);

        Assert.Equal(DeviceFault.StuckKey, keys.Device.Health.Fault);
        Assert.Contains("panel 1, next", keys.Device.Health.Detail, StringComparison.Ordinal);
        keys.Do("release", """{"panel": 1, "key": "next"}""");
        await keys.SeeAsync(() => keys.Device.Health.State == HealthState.Ok);
    }

    [Fact]
    public async Task Unplugged_device_ends_as_disconnected_and_can_be_opened_again_when_it_is_back()
    {
        await using var keys = await OpenAsync();
        keys.Do("press", """{"panel": 1, "key": "next"}""");
        var before = await TakeAsync(keys);

        keys.Do("unplug");

        Assert.Equal(DeviceFault.Disconnected, (await keys.LostAsync()).Fault);
        Assert.Equal((HealthState.OutOfService, DeviceFault.Disconnected), (keys.Device.Health.State, keys.Device.Health.Fault));
        await keys.Device.DisposeAsync();
        var refused = await Assert.ThrowsAsync<DeviceLostException>(() => keys.OpenAsync());
        Assert.Equal(DeviceFault.Disconnected, refused.Fault);

        keys.Do("plug");
        await keys.OpenAsync();
        keys.Clock.AdvanceMs(1000);
        keys.Do("press", """{"panel": 1, "key": "next"}""");
        var after = await TakeAsync(keys);
        Assert.Equal(1, after.Sequence);
        Assert.NotEqual(before.Boot, after.Boot);
    }

    [Fact]
    public async Task Second_opening_is_refused_as_in_use()
    {
        await using var keys = await OpenAsync();

        var refused = await Assert.ThrowsAsync<DeviceLostException>(() => keys.OpenAsync());

        Assert.Equal(DeviceFault.InUse, refused.Fault);
    }

    [Fact]
    public async Task Cancelled_device_stops_at_once_and_disposing_completes_the_presses()
    {
        await using var keys = await OpenAsync();

        await keys.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keys.Running.WaitAsync(Watchdog));
        await keys.Device.DisposeAsync();
        await keys.Device.Presses.Completion.WaitAsync(Watchdog);
        Assert.Equal(DeviceFault.Disconnected, (await keys.Device.TestAsync(default)).Fault);
    }

    [Fact]
    public async Task Presses_that_nobody_takes_do_not_stop_the_reader()
    {
        await using var keys = await OpenAsync();

        for (var press = 0; press < 400; press++)
        {
            keys.Do("press", """{"panel": 1, "key": "next"}""");
            keys.Clock.AdvanceMs(1000);
        }

        keys.Do("unplug");
        Assert.Equal(DeviceFault.Disconnected, (await keys.LostAsync()).Fault);
        Assert.Equal(256, keys.Device.Presses.Count);
    }

    [Fact]
    public async Task Press_that_was_taken_lights_the_lamp_of_its_panel_for_a_second()
    {
        await using var keys = await OpenAsync();

        keys.Device.Acknowledge(1, taken: true);
        keys.Device.Acknowledge(2, taken: true);
        Assert.Equal((true, 1), Lamp(keys));
        keys.Clock.AdvanceMs(999);
        Assert.Equal((true, 1), Lamp(keys));
        keys.Clock.AdvanceMs(1);

        Assert.Equal((false, 1), Lamp(keys));
    }

    [Fact]
    public async Task Press_that_was_refused_flashes_three_times_within_a_second_and_a_new_press_begins_anew()
    {
        await using var keys = await OpenAsync();

        keys.Device.Acknowledge(1, taken: false);
        var seen = new List<bool>();
        for (var ms = 0; ms < 1200; ms += 200)
        {
            seen.Add(Lamp(keys).Lit);
            keys.Clock.AdvanceMs(200);
        }

        Assert.Equal([true, false, true, false, true, false], seen);
        Assert.Equal((false, 3), Lamp(keys));
        keys.Device.Acknowledge(1, taken: false);
        keys.Clock.AdvanceMs(300);
        keys.Device.Acknowledge(1, taken: true);
        keys.Clock.AdvanceMs(900);
        Assert.True(Lamp(keys).Lit);
    }

    [Fact]
    public async Task Lamp_that_cannot_be_lit_degrades_the_device_until_it_can_and_the_keys_go_on()
    {
        await using var keys = await OpenAsync();
        keys.Do("lamps", """{"state": "broken"}""");

        keys.Device.Acknowledge(1, taken: true);
        await keys.SeeAsync(() => keys.Device.Health is { State: HealthState.Degraded, Fault: DeviceFault.Broken });
        keys.Do("press", """{"panel": 1, "key": "next"}""");
        Assert.Equal(PanelKey.Next, (await TakeAsync(keys)).Key);

        keys.Do("lamps", """{"state": "ok"}""");
        keys.Device.Acknowledge(1, taken: true);
        await keys.SeeAsync(() => keys.Device.Health.State == HealthState.Ok);
    }

    [Fact]
    public async Task Test_lights_every_lamp_for_a_second_and_gives_it_back()
    {
        await using var keys = await OpenAsync();

        var test = keys.Device.TestAsync(default);
        Assert.True(Lamp(keys).Lit);
        keys.Clock.AdvanceMs(1000);

        Assert.Equal(HealthState.Ok, (await test.WaitAsync(Watchdog)).State);
        Assert.False(Lamp(keys).Lit);
    }

    [Fact]
    public async Task Closed_device_leaves_its_lamps_dark_and_says_nothing_more()
    {
        await using var keys = await OpenAsync();
        keys.Device.Acknowledge(1, taken: true);

        await keys.CancelAsync();
        await keys.Device.DisposeAsync();
        keys.Device.Acknowledge(1, taken: true);

        Assert.False(Lamp(keys).Lit);
    }

    /// <summary>Of panel 1.</summary>
    private static (bool Lit, int Flashes) Lamp(RunningDevice<ICallButtons> keys)
    {
        var lamp = keys.Emulator.Look()["lamps"]!.AsArray().Single();
        Assert.Equal(1, (int)lamp!["panel"]!);
        return ((bool)lamp["lit"]!, (int)lamp["flashes"]!);
    }

    protected static async Task<KeyPress> TakeAsync(RunningDevice<ICallButtons> keys) => await keys.Device.Presses.ReadAsync().AsTask().WaitAsync(Watchdog);

    /// <summary>Everything that was sent has been read once the device has been unplugged and said so.</summary>
    protected static async Task AssertNoMoreAsync(RunningDevice<ICallButtons> keys)
    {
        keys.Do("unplug");
        await keys.LostAsync();
        Assert.False(keys.Device.Presses.TryRead(out var press), $"unexpected {press}");
    }

    protected Task<RunningDevice<ICallButtons>> OpenAsync() => new RunningDevice<ICallButtons>(Driver, Options).OpenAsync();
}
