using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Kiosk.Hardware.Links.KernelCalls;

namespace Kiosk.Hardware.Links;

/// <summary>Source: Documentation/i2c/dev-interface.rst, Documentation/i2c/fault-codes.rst and <c>linux/i2c-dev.h</c>.</summary>
internal sealed class I2cLink : II2cLink
{
    /// <summary>I2C_SLAVE: refused with EBUSY where a driver of the kernel owns the address, which is better than two masters of one chip.</summary>
    private const nuint SetAddress = 0x0703;

    private const int Nxio = 6, Busy = 16, NoDevice = 19, ShutDown = 108, TimedOut = 110, RemoteIo = 121;
    private readonly SafeFileHandle _file;
    private readonly string _path;

    private I2cLink(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    /// <param name="path">As <c>/dev/i2c-1</c>.</param>
    /// <exception cref="DeviceLostException">No such node, it may not be opened, or it is no I2C bus.</exception>
    public static I2cLink Open(string path)
    {
        var link = new I2cLink(path, OpenNode(path, ReadWrite | CloseOnExec));
        try
        {
            if (link._file.IsInvalid) throw Failure($"open {path}");

            // Any address will do to learn whether this is a bus at all: 0x03 is reserved, no driver owns it.
            if (!link.Select(0x03)) throw Failure($"I2C_SLAVE of {path}");
            return link;
        }
        catch (DeviceLostException)
        {
            link.Dispose();
            throw;
        }
    }

    public unsafe I2cRefusal? Write(int address, ReadOnlySpan<byte> bytes)
    {
        if (!Select(address)) return Refused("I2C_SLAVE", address);
        fixed (byte* first = bytes)
        {
            var written = KernelCalls.Write(_file, first, bytes.Length);
            if (written < 0) return Refused("write", address);
            return written == bytes.Length ? null : new(DeviceFault.Broken, $"write {_path} at 0x{address:x2}: {written} of {bytes.Length} bytes");
        }
    }

    public void Dispose() => _file.Dispose();

    /// <exception cref="DeviceLostException">Where it is the bus that failed, not the chip.</exception>
    internal static I2cRefusal Judge(string attempt, int errno) => errno switch
    {
        RemoteIo => new(DeviceFault.Silent, $"{attempt}: EREMOTEIO, no acknowledgement"),
        Nxio => new(DeviceFault.Silent, $"{attempt}: ENXIO, no acknowledgement"),
        TimedOut => new(DeviceFault.Silent, $"{attempt}: ETIMEDOUT, the bus is held down"),
        Busy => new(DeviceFault.InUse, $"{attempt}: EBUSY, a driver of the kernel owns this address"),
        NoDevice or ShutDown => throw Failure(attempt, errno),
        _ => new(FaultOf(errno), Failure(attempt, errno).Message),
    };

    private I2cRefusal Refused(string doing, int address) => Judge($"{doing} {_path} at 0x{address:x2}", Marshal.GetLastPInvokeError());

    // The address is the argument itself, not a pointer to it.
    private unsafe bool Select(int address) => Control(_file, SetAddress, (void*)address) >= 0;
}
