namespace Kiosk.Hardware.Links.Emulation;

/// <summary>A bus of the board made of memory: one program has it at a time, and it can be taken away.</summary>
/// <param name="name">As in the details of faults: <c>SPI bus</c>.</param>
internal sealed class EmulatedBus(string name)
{
    private object? _user;

    /// <summary>Held while anything behind the bus is looked at or changed.</summary>
    public Lock Gate { get; } = new();

    public bool Plugged { get; set; } = true;

    /// <exception cref="DeviceLostException">Unplugged, or opened already.</exception>
    public T Open<T>(T user)
        where T : class
    {
        lock (Gate)
        {
            RequirePlugged();
            if (_user is not null) throw new DeviceLostException(DeviceFault.InUse, $"emulated {name}: EBUSY, it is open already");
            _user = user;
            return user;
        }
    }

    /// <exception cref="DeviceLostException">Unplugged.</exception>
    public void RequirePlugged()
    {
        if (!Plugged) throw new DeviceLostException(DeviceFault.Disconnected, $"emulated {name}: ENODEV, it is unplugged");
    }

    public bool IsOpenFor(object user) => _user == user;

    public void Close(object user)
    {
        lock (Gate)
        {
            if (_user == user) _user = null;
        }
    }
}
