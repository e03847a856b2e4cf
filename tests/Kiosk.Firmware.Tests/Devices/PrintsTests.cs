using Kiosk.Domain.Views;
using Kiosk.Firmware.Devices;

namespace Kiosk.Firmware.Tests.Devices;

public sealed class PrintsTests
{
    [Theory]
    [InlineData(DeviceState.Ok, true)]
    [InlineData(DeviceState.Degraded, true)]
    [InlineData(DeviceState.OutOfService, false)]
    [InlineData(DeviceState.Unknown, false)]
    public void Hall_prints_while_a_ticket_printer_works(DeviceState state, bool prints) =>
        Assert.Equal(prints, Hall(FakeDevices.Printer(state, null)).Prints);

    [Fact]
    public void Hall_prints_with_one_printer_of_two() =>
        Assert.True(Hall(FakeDevices.Printer(DeviceState.OutOfService, "OutOfPaper"), FakeDevices.Printer(DeviceState.Ok, null)).Prints);

    [Fact]
    public void Working_display_prints_nothing() =>
        Assert.False(Hall(FakeDevices.Printer(DeviceState.OutOfService, "OutOfPaper"), FakeDevices.Printer(DeviceState.Ok, null) with { Class = "CounterDisplay" }).Prints);

    private static IDeviceDirectory Hall(params DeviceView[] devices) => new FakeDevices(devices);
}
