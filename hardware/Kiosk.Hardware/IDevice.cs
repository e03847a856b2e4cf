namespace Kiosk.Hardware;

/// <summary>One opened device. It lives as long as its link: the supervisor disposes it when <see cref="RunAsync"/> ends and opens another.</summary>
public interface IDevice : IAsyncDisposable
{
    DeviceHealth Health { get; }

    /// <summary>Raised on any thread after <see cref="Health"/> changed. Handlers must not block.</summary>
    event Action? HealthChanged;

    /// <summary>The device's own work (reading keys, asking for status, refreshing a display) until cancelled.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="DeviceLostException">The link is gone or the device stopped answering for good: dispose and open again.</exception>
    Task RunAsync(CancellationToken cancel);

    /// <summary>Tests what can be tested without a person: a printer's status, a display's lamps, the level of the keys.</summary>
    /// <returns>The health found.</returns>
    Task<DeviceHealth> TestAsync(CancellationToken cancel);
}

/// <summary>The device cannot be opened, or was lost. Carries the fault to show and what was seen.</summary>
public sealed class DeviceLostException(DeviceFault fault, string detail, Exception? inner = null) : IOException(detail, inner)
{
    public DeviceFault Fault { get; } = fault;
}
