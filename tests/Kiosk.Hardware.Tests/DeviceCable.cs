using Kiosk.Hardware.Links;
using Kiosk.Hardware.Tests.Links;

namespace Kiosk.Hardware.Tests;

/// <summary>A cable between a driver and the emulator of its device.</summary>
public abstract class DeviceCable : IAsyncDisposable
{
    /// <returns>The link as hall.json would have it; of a dead end while the device has no power.</returns>
    public abstract Task<string> LinkAsync(IEmulator device, TimeProvider time);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A network port on which the device listens by itself.</summary>
public sealed class TcpCable : DeviceCable
{
    public override Task<string> LinkAsync(IEmulator device, TimeProvider time) => Task.FromResult($"tcp://127.0.0.1:{device.Look()["port"]}");
}

/// <summary>A serial cable made by the kernel. A device that lost its power hangs up, and gets a new cable.</summary>
/// <param name="serve">Lets the emulator talk over the far end.</param>
public sealed class SerialCable(Func<IEmulator, ByteLink, Task> serve) : DeviceCable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(10);
    private PseudoTerminal? _cable;
    private Task _serving = Task.CompletedTask;

    public override async Task<string> LinkAsync(IEmulator device, TimeProvider time)
    {
        var look = device.Look();
        if (_cable is null || ((string)look["power"]! == "on" && !(bool)look["connected"]!))
        {
            await UnplugAsync();
            _cable = new PseudoTerminal(time);
            _serving = serve(device, _cable.Far);
        }

        return $"serial://{_cable.Path}?baud=9600&framing=8N1";
    }

    public override async ValueTask DisposeAsync()
    {
        await UnplugAsync();
        await base.DisposeAsync();
    }

    private async Task UnplugAsync()
    {
        if (_cable is not null) await _cable.DisposeAsync();
        await _serving.WaitAsync(Watchdog);
    }
}
