using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Kiosk.Bench.Screens;

/// <summary>Waits for many sockets on one thread, as the kernel does it cheapest (epoll(7), level-triggered).</summary>
internal sealed partial class Epoll : IDisposable
{
    private const int Add = 1, MostAtOnce = 256, Interrupted = 4;

    private const uint Readable = 1;

    // struct epoll_event { uint32 events; uint64 data; } is packed on x86-64, and nowhere else.
    private static readonly int Size = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private readonly int _descriptor = Create(0);
    private readonly byte[] _events = new byte[MostAtOnce * Size];

    public void Watch(Socket socket, int number)
    {
        var wanted = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(wanted, Readable);
        BinaryPrimitives.WriteUInt64LittleEndian(wanted.AsSpan(Size - 8), (ulong)number);
        if (Control(_descriptor, Add, (int)socket.Handle, wanted) != 0) throw Failed("epoll_ctl");
    }

    /// <summary>Calls <paramref name="ready"/> with the number of each socket that has something, or has ended.</summary>
    public void Wait(TimeSpan most, Action<int> ready)
    {
        var count = Wait(_descriptor, _events, MostAtOnce, (int)most.TotalMilliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted) throw Failed("epoll_wait");
        for (var n = 0; n < count; n++) ready((int)BinaryPrimitives.ReadUInt64LittleEndian(_events.AsSpan((n * Size) + Size - 8)));
    }

    public void Dispose() => _ = Close(_descriptor);

    private static IOException Failed(string call) => new($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, Span<byte> wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int epoll, Span<byte> events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
