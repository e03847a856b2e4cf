using System.Runtime.InteropServices;
using static Kiosk.Hardware.Links.ByteLibc;

namespace Kiosk.Hardware.Links;

/// <summary>Opens a serial port raw, exclusive and without modem control (termios).</summary>
internal static class SerialPort
{
    private const uint EvenBits7 = 0x20, Bits8 = 0x30, SizeMask = 0x30, TwoStopBits = 0x40, Receiver = 0x80, Parity = 0x100, OddParity = 0x200,
        IgnoreModem = 0x800, HardwareFlow = 0x80000000;
    private const uint DropBadBytes = 0x04, CheckParity = 0x10, StopWhenTold = 0x400, TellToStop = 0x1000;

    /// <summary>TIOCGSERIAL, TIOCSSERIAL; in <c>struct serial_struct</c> the flags are the fifth int on every architecture. Source: linux/serial.h.</summary>
    private const nuint GetSerial = 0x541E, SetSerial = 0x541F;
    private const int SerialStructRoom = 128, SerialFlags = 4, AsyncLowLatency = 0x2000;
    private const int MinimumBytes = 6, InterByteTime = 5, Now = 0, BothQueues = 2;

    /// <summary>Baud rates with their termios constants.</summary>
    public static IReadOnlyDictionary<int, uint> Speeds { get; } = new SortedDictionary<int, uint>
    {
        [1200] = 9, [2400] = 11, [4800] = 12, [9600] = 13, [19200] = 14, [38400] = 15, [57600] = 0x1001, [115200] = 0x1002, [230400] = 0x1003,
    };

    /// <param name="address">For the details of failures.</param>
    /// <exception cref="DeviceLostException">It cannot be opened, or is no serial port.</exception>
    public static DescriptorLink Open(string path, SerialSettings settings, string address, TimeProvider time)
    {
        var descriptor = DescriptorLink.Open(path);
        try
        {
            SetUp(descriptor, path, settings);
            return new DescriptorLink(descriptor, address, emptyReadIsEnd: true, time) { Remark = settings.LowLatency ? LowerLatency(descriptor) : "" };
        }
        catch
        {
            _ = Close(descriptor);
            throw;
        }
    }

    private static unsafe void SetUp(int descriptor, string path, SerialSettings wanted)
    {
        if (GetTerminal(descriptor, out var settings) != 0) throw Lost($"tcgetattr {path}", Marshal.GetLastPInvokeError());
        if (Control(descriptor, Exclusive, 0) != 0) throw Lost($"TIOCEXCL {path}", Marshal.GetLastPInvokeError());

        MakeRaw(ref settings);
        settings.Control &= ~(SizeMask | TwoStopBits | Parity | OddParity | HardwareFlow);
        settings.Control |= Receiver | IgnoreModem | (wanted.DataBits == 7 ? EvenBits7 : Bits8);
        if (wanted.Parity != 'N') settings.Control |= Parity;
        if (wanted.Parity == 'O') settings.Control |= OddParity;
        if (wanted.StopBits == 2) settings.Control |= TwoStopBits;
        if (wanted.Flow == SerialFlow.RtsCts) settings.Control |= HardwareFlow;

        // A byte that arrived broken is dropped: handed over as NUL it would be taken for one that was sent.
        settings.Input &= ~(DropBadBytes | CheckParity | StopWhenTold | TellToStop);
        if (wanted.Parity != 'N') settings.Input |= CheckParity | DropBadBytes;
        if (wanted.Flow == SerialFlow.XonXoff) settings.Input |= StopWhenTold | TellToStop;
        settings.Characters[MinimumBytes] = 1;
        settings.Characters[InterByteTime] = 0;
        if (SetSpeed(ref settings, Speeds[wanted.Baud]) != 0) throw Lost($"cfsetspeed {path}", Marshal.GetLastPInvokeError());
        if (SetTerminal(descriptor, Now, settings) != 0) throw Lost($"tcsetattr {path}", Marshal.GetLastPInvokeError());

        // What lies in the queues belongs to a conversation before this one.
        if (Flush(descriptor, BothQueues) != 0) throw Lost($"tcflush {path}", Marshal.GetLastPInvokeError());
    }

    /// <returns>Empty, or why the port stays as it is: slower, and otherwise as good.</returns>
    private static unsafe string LowerLatency(int descriptor)
    {
        var port = stackalloc int[SerialStructRoom / sizeof(int)];
        if (Control(descriptor, GetSerial, (nint)port) == 0)
        {
            port[SerialFlags] |= AsyncLowLatency;
            if (Control(descriptor, SetSerial, (nint)port) == 0) return "";
        }

        return $"low latency is not to be had here: {NameOf(Marshal.GetLastPInvokeError())}";
    }
}
