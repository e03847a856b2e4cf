using System.Runtime.InteropServices;
using static Kiosk.Hardware.Links.ByteLibc;

namespace Kiosk.Hardware.Links;

/// <summary>Opens a serial port raw, exclusive and without modem control (termios).</summary>
internal static class SerialPort
{
    private const uint EvenBits7 = 0x20, Bits8 = 0x30, SizeMask = 0x30, TwoStopBits = 0x40, Receiver = 0x80, Parity = 0x100, OddParity = 0x200,
        IgnoreModem = 0x800, HardwareFlow = 0x80000000;
    private const int MinimumBytes = 6, InterByteTime = 5, Now = 0, BothQueues = 2;

    /// <summary>Baud rates with their termios constants.</summary>
    public static IReadOnlyDictionary<int, uint> Speeds { get; } = new SortedDictionary<int, uint>
    {
        [1200] = 9, [2400] = 11, [4800] = 12, [9600] = 13, [19200] = 14, [38400] = 15, [57600] = 0x1001, [115200] = 0x1002, [230400] = 0x1003,
    };

    /// <exception cref="DeviceLostException">It cannot be opened, or is no serial port.</exception>
    public static DescriptorLink Open(ByteLinkAddress.Serial port, TimeProvider time)
    {
        var descriptor = DescriptorLink.Open(port.Path);
        try
        {
            SetUp(descriptor, port);
            return new DescriptorLink(descriptor, port.ToString(), emptyReadIsEnd: true, time);
        }
        catch
        {
            _ = Close(descriptor);
            throw;
        }
    }

    private static unsafe void SetUp(int descriptor, ByteLinkAddress.Serial port)
    {
        if (GetTerminal(descriptor, out var settings) != 0) throw Lost($"tcgetattr {port.Path}", Marshal.GetLastPInvokeError());
        if (Control(descriptor, Exclusive, 0) != 0) throw Lost($"TIOCEXCL {port.Path}", Marshal.GetLastPInvokeError());

        MakeRaw(ref settings);
        settings.Control &= ~(SizeMask | TwoStopBits | Parity | OddParity | HardwareFlow);
        settings.Control |= Receiver | IgnoreModem | (port.DataBits == 7 ? EvenBits7 : Bits8);
        if (port.Parity != 'N') settings.Control |= Parity;
        if (port.Parity == 'O') settings.Control |= OddParity;
        if (port.StopBits == 2) settings.Control |= TwoStopBits;
        if (port.HardwareFlow) settings.Control |= HardwareFlow;
        settings.Characters[MinimumBytes] = 1;
        settings.Characters[InterByteTime] = 0;
        if (SetSpeed(ref settings, Speeds[port.Baud]) != 0) throw Lost($"cfsetspeed {port.Path}", Marshal.GetLastPInvokeError());
        if (SetTerminal(descriptor, Now, settings) != 0) throw Lost($"tcsetattr {port.Path}", Marshal.GetLastPInvokeError());

        // What lies in the queues belongs to a conversation before this one.
        if (Flush(descriptor, BothQueues) != 0) throw Lost($"tcflush {port.Path}", Marshal.GetLastPInvokeError());
    }
}
