using System.Runtime.InteropServices;

namespace Kiosk.Hardware.Links;

/// <summary>What byte links need of the C library. Numbers are Linux's, the same on x86, ARM and RISC-V.</summary>
internal static partial class ByteLibc
{
    public const int ReadWrite = 2, NonBlocking = 0x800, CloseOnExec = 0x80000, NoControllingTerminal = 0x100;
    public const short PollIn = 1, PollOut = 4, PollError = 8, PollHangUp = 0x10, PollInvalid = 0x20;
    public const int Permission = 1, NoEntry = 2, Interrupted = 4, InputOutput = 5, NoDeviceOrAddress = 6, Again = 11,
        Access = 13, Busy = 16, NoDevice = 19, NotATerminal = 25, NoSpace = 28, BrokenPipe = 32, ShutDown = 108;

    /// <summary>eventfd flags.</summary>
    public const int EventNonBlocking = 0x800, EventCloseOnExec = 0x80000;

    /// <summary>TIOCEXCL: no other program may open the terminal from now on.</summary>
    public const nuint Exclusive = 0x540C;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary>struct termios as glibc and musl have it: 60 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct Termios
    {
        public uint Input, Output, Control, Local;
        public byte Line;
        public fixed byte Characters[32];
        public uint InputSpeed, OutputSpeed;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollFd* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetTerminal(int descriptor, out Termios settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetTerminal(int descriptor, int when, in Termios settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(ref Termios settings);

    [LibraryImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    public static partial int SetSpeed(ref Termios settings, uint speed);

    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Flush(int descriptor, int queue);

    public static string NameOf(int errno) => errno switch
    {
        Permission => "EPERM",
        NoEntry => "ENOENT",
        InputOutput => "EIO",
        NoDeviceOrAddress => "ENXIO",
        Access => "EACCES",
        Busy => "EBUSY",
        NoDevice => "ENODEV",
        NotATerminal => "ENOTTY",
        NoSpace => "ENOSPC",
        BrokenPipe => "EPIPE",
        ShutDown => "ESHUTDOWN",
        _ => $"errno {errno}",
    };

    public static DeviceFault FaultOf(int errno) => errno switch
    {
        Permission or Access => DeviceFault.AccessDenied,
        Busy => DeviceFault.InUse,
        NoEntry or InputOutput or NoDeviceOrAddress or NoDevice or BrokenPipe or ShutDown => DeviceFault.Disconnected,
        NoSpace => DeviceFault.OutOfPaper,
        _ => DeviceFault.Broken,
    };

    /// <param name="doing">As <c>open /dev/usb/lp0</c>.</param>
    public static DeviceLostException Lost(string doing, int errno) => new(FaultOf(errno), errno switch
    {
        Busy => $"{doing}: EBUSY, another program owns it",
        Access or Permission => $"{doing}: {NameOf(errno)}, the user of this service may not open it (group lp or dialout, udev rule)",
        _ => $"{doing}: {NameOf(errno)}",
    });
}
