using System.Runtime.InteropServices;
using Kiosk.Bench.Measuring;
using Microsoft.Win32.SafeHandles;

namespace Kiosk.Bench.Yardsticks;

/// <summary>The least that durable can cost: a 4 KiB pwrite and an fdatasync to a file whose blocks are there and written.</summary>
internal sealed partial class RawFile : IDisposable
{
    public const string Name = "pwrite + fdatasync";

    private const int Block = 4096, Blocks = 4096;

    private readonly SafeFileHandle _file;
    private readonly byte[] _block = new byte[Block];
    private long _at;

    public RawFile(string directory)
    {
        _file = File.OpenHandle(Path.Combine(directory, "raw"), FileMode.Create, FileAccess.ReadWrite, preallocationSize: (long)Block * Blocks);
        for (var n = 0; n < Blocks; n++) RandomAccess.Write(_file, _block, (long)n * Block);
        RandomAccess.FlushToDisk(_file);
        Random.Shared.NextBytes(_block);
    }

    /// <summary>The next block, durable.</summary>
    public void Write()
    {
        RandomAccess.Write(_file, _block, _at++ % Blocks * Block);
        Sync(_file);
    }

    /// <exception cref="IOException">Nobody knows what is durable.</exception>
    public static void Sync(SafeFileHandle file)
    {
        if (Fdatasync(file) != 0) throw new IOException($"fdatasync: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <returns>Microseconds of one <see cref="Write"/>.</returns>
    public double Time() => Interleaved.Time(Write);

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle file);
}
