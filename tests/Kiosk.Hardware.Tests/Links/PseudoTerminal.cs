using System.Runtime.InteropServices;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Tests.Links;

/// <summary>A serial cable made by the kernel: <see cref="Path"/> is the host's port, <see cref="Far"/> the device's end.</summary>
internal sealed class PseudoTerminal : IAsyncDisposable
{
    private const int ReadWriteNonBlocking = 2 | 0x100 | 0x800 | 0x80000;

    private int _keeper;

    public PseudoTerminal(TimeProvider time)
    {
        var master = posix_openpt(ReadWriteNonBlocking);
        Assert.True(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0, "no pseudo-terminal to be had");
        Path = Marshal.PtrToStringUTF8(ptsname(master))!;

        // While one host side is open the far end does not see a hang-up between two hosts.
        _keeper = DescriptorLink.Open(Path);
        Far = new DescriptorLink(master, "pty", emptyReadIsEnd: true, time);
    }

    public string Path { get; }

    public DescriptorLink Far { get; }

    public async ValueTask DisposeAsync()
    {
        await Far.DisposeAsync();
        var keeper = Interlocked.Exchange(ref _keeper, -1);
        if (keeper >= 0) _ = ByteLibc.Close(keeper);
    }

#pragma warning disable IDE1006, SYSLIB1054 // named as the C library names them
    [DllImport("libc")]
    private static extern int posix_openpt(int flags);

    [DllImport("libc")]
    private static extern int grantpt(int descriptor);

    [DllImport("libc")]
    private static extern int unlockpt(int descriptor);

    [DllImport("libc")]
    private static extern nint ptsname(int descriptor);
#pragma warning restore IDE1006, SYSLIB1054
}
