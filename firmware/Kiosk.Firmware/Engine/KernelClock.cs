using System.Runtime.InteropServices;

namespace Kiosk.Firmware.Engine;

/// <summary>Whether the board's clock can be believed.</summary>
internal interface IClockTrust
{
    bool Synchronised { get; }
}

/// <summary>Asks the kernel, which a time service tells: adjtimex(2), STA_UNSYNC.</summary>
internal sealed class KernelClock : IClockTrust
{
    private const int Unsynchronised = 0x0040; // STA_UNSYNC, linux/timex.h
    private const int Error = 5; // TIME_ERROR: the state the call returns while the clock is not synchronised
    private const int StatusOffset = 40; // struct timex on 64 bits: modes (4, padded to 8), offset, freq, maxerror, esterror (8 each), status

    public bool Synchronised
    {
        get
        {
            // Read only: modes = 0. Larger than the 208 bytes of the structure.
            Span<byte> timex = stackalloc byte[256];
            timex.Clear();
            var state = Adjust(ref MemoryMarshal.GetReference(timex));
            return state >= 0 && state != Error && (MemoryMarshal.Read<int>(timex[StatusOffset..]) & Unsynchronised) == 0;
        }
    }

    [DllImport("libc", EntryPoint = "adjtimex")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Adjust(ref byte timex);
}
