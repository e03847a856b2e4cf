using Kiosk.Hardware.Displays;

namespace Kiosk.Hardware.Tests.Displays;

/// <summary>Displays on a byte link: their emulator has an <c>EmulatedWire</c>, whose power is the link's, and <c>blackout</c> for that of the panels.</summary>
public abstract class WiredDisplayConformance : CounterDisplayConformance
{
    /// <summary>A serial port is exclusive for other users only, and a second host of a network port waits in the queue of connections.</summary>
    protected override bool RefusesSecondHost => false;

    protected override void Unplug(RunningDevice<ICounterDisplay> display) => display.Do("power", """{"state": "off"}""");

    protected override void Plug(RunningDevice<ICounterDisplay> display) => display.Do("power", """{"state": "on"}""");

    protected override void LosePower(RunningDevice<ICounterDisplay> display) => display.Do("blackout", """{"state": "cycle"}""");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(26)]
    public async Task Link_that_breaks_between_any_two_bytes_ends_the_device_and_the_next_one_shows_everything(int bytes)
    {
        await using var display = await OpenAsync();
        display.Device.Show(1, new CounterFace("A012"));
        await display.SeeAsync(() => Text(display, 1) == "A012");

        display.Do("misbehave", $$"""{"mode": "reset-after", "bytes": {{bytes}}}""");
        display.Device.Show(1, new CounterFace("A013"));
        display.Device.Show(2, new CounterFace("B014"));
        display.Device.Show(3, new CounterFace("C015"));

        Assert.Equal(DeviceFault.Disconnected, (await display.LostAsync()).Fault);
        await display.Device.DisposeAsync();
        await display.OpenAsync();
        display.Device.Show(1, new CounterFace("A013"));
        display.Device.Show(2, new CounterFace("B014"));
        await display.SeeAsync(() => Text(display, 1) == "A013" && Text(display, 2) == "B014" && Text(display, 3) == StaleText);
    }

    [Fact]
    public async Task Panels_that_talk_without_being_asked_are_not_listened_to()
    {
        await using var display = await OpenAsync();
        await display.SeeAsync(() => Text(display, 1) == StaleText);

        display.Do("misbehave", """{"mode": "noise"}""");
        display.Do("silence", """{"on": true}""");
        display.Device.Show(1, new CounterFace("A012"));

        await display.SeeAsync(() => Text(display, 1) == "A012");
        Assert.Equal(DeviceHealth.Ok, display.Device.Health);
    }
}
