using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kiosk.Hardware.Links;

/// <summary>Calls of the C library that the GPIO and SPI links need. Numbers are those of Linux on x86-64 and arm64.</summary>
internal static unsafe partial class KernelCalls
{
    public const int ReadWrite = 2, NonBlocking = 0x800, CloseOnExec = 0x80000;
    public const short PollIn = 1, PollError = 8, PollHangUp = 16, PollInvalid = 32;
    public const int Eintr = 4, Eagain = 11;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted, Found;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle OpenNode(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, void* buffer, nint bytes);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, void* buffer, nint bytes);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle EventCounter(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    /// <summary>The last call failed: what that means for the device.</summary>
    /// <param name="attempt">What was tried, as <c>open /dev/gpiochip0</c>.</param>
    public static DeviceLostException Failure(string attempt) => Failure(attempt, Marshal.GetLastPInvokeError());

    public static DeviceLostException Failure(string attempt, int errno) =>
        new(FaultOf(errno), $"{attempt}: {Name(errno)}", new Win32Exception(errno));

    public static DeviceFault FaultOf(int errno) => errno switch
    {
        2 or 6 or 19 or 108 => DeviceFault.Disconnected, // ENOENT, ENXIO, ENODEV, ESHUTDOWN (spidev whose controller went)
        1 or 13 => DeviceFault.AccessDenied,
        16 => DeviceFault.InUse,
        _ => DeviceFault.Broken,
    };

    private static string Name(int errno) => errno switch
    {
        1 => "EPERM",
        2 => "ENOENT",
        5 => "EIO",
        6 => "ENXIO",
        13 => "EACCES",
        16 => "EBUSY",
        19 => "ENODEV",
        22 => "EINVAL",
        25 => "ENOTTY",
        108 => "ESHUTDOWN",
        110 => "ETIMEDOUT",
        _ => $"errno {errno}",
    } + $" ({Marshal.GetPInvokeErrorMessage(errno)})";
}
