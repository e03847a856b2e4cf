using Kiosk.Hardware.Displays;

namespace Kiosk.Hardware.Tests.Displays;

/// <summary>
/// What every driver of counter displays owes. Its emulator knows <c>unplug</c>, <c>plug</c> and <c>power</c>, and shows <c>panels</c>, each with
/// <c>panel</c>, <c>text</c> and <c>on</c>.
/// </summary>
public abstract class CounterDisplayConformance
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);

    protected abstract IDriver Driver { get; }

    /// <summary>Options with the panels 3, 1 and 2 in this order and a refresh every 5 s.</summary>
    protected abstract string Options { get; }

    protected abstract string PausedText { get; }

    [Fact]
    public async Task Panels_say_that_nothing_is_known_until_they_are_told()
    {
        await using var display = await OpenAsync();

        await display.SeeAsync(() => Text(display, 1) == "--" && Text(display, 2) == "--" && Text(display, 3) == "--");

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

        await display.SeeAsync(() => Text(display, 1) == PausedText && Text(display, 2) == "--" && Text(display, 3) == "--");
    }

    [Fact]
    public async Task Fresh_call_is_lit_at_once_blinks_at_most_three_times_a_second_and_then_stands()
    {
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
    public async Task Panel_that_lost_its_power_is_healed_by_the_next_refresh()
    {
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012");

        display.Do("power", """{"state": "cycle"}""");
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
        await display.SeeAsync(() => display.Emulator.Look()["panels"]!.AsArray().All(panel => panel!["segments"]!.AsArray().All(lit => (int)lit! == 255)));
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
    public async Task Lost_link_ends_the_device_as_disconnected_and_a_new_one_starts_from_nothing()
    {
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012");

        display.Do("unplug");
        display.Device.Show(1, new CounterFace("A013"));

        Assert.Equal(DeviceFault.Disconnected, (await display.LostAsync()).Fault);
        Assert.Equal((HealthState.OutOfService, DeviceFault.Disconnected), (display.Device.Health.State, display.Device.Health.Fault));
        Assert.Equal(HealthState.OutOfService, (await display.Device.TestAsync(default).WaitAsync(Watchdog)).State);
        await display.Device.DisposeAsync();
        Assert.Equal(DeviceFault.Disconnected, (await Assert.ThrowsAsync<DeviceLostException>(() => display.OpenAsync())).Fault);

        display.Do("plug");
        display.Do("power", """{"state": "cycle"}""");
        await display.OpenAsync();
        display.Device.Show(1, new CounterFace("A014"));
        await display.SeeAsync(() => Text(display, 1) == "A014");
    }

    [Fact]
    public async Task Quiet_display_notices_a_lost_link_at_the_next_refresh()
    {
        await using var display = await OpenAsync();
        await display.SeeAsync(() => Text(display, 1) == "--");
        await display.Clock.ArmedAsync(TimeSpan.FromSeconds(5));

        display.Do("unplug");
        display.Clock.AdvanceMs(5000);

        Assert.Equal(DeviceFault.Disconnected, (await display.LostAsync()).Fault);
    }

    [Fact]
    public async Task Second_opening_is_refused_as_in_use()
    {
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

        Assert.Equal("--", Text(display, 1));
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

    protected static string Text(RunningDevice<ICounterDisplay> display, int panel) =>
        (string)display.Emulator.Look()["panels"]!.AsArray().Single(shown => (int)shown!["panel"]! == panel)!["text"]!;

    protected Task<RunningDevice<ICounterDisplay>> OpenAsync(bool run = true) => new RunningDevice<ICounterDisplay>(Driver, Options).OpenAsync(run);
}
