using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Kiosk.Bench.Yardsticks;

/// <summary>A journal that only appends: records behind each other in a file whose blocks are there and written, each with its length and a CRC-32C (8 bytes, little-endian), and fdatasync.</summary>
internal sealed class AppendOnlyFile : IDisposable
{
    public const string Name = "preallocated append-only file with checksums";

    private const int Head = 8;

    private readonly SafeFileHandle _file;
    private byte[] _record = new byte[1024];
    private long _at;

    public AppendOnlyFile(string directory, int megabytes)
    {
        _file = File.OpenHandle(Path.Combine(directory, "append"), FileMode.Create, FileAccess.ReadWrite);
        var zeros = new byte[1 << 20];
        for (var n = 0; n < megabytes; n++) RandomAccess.Write(_file, zeros, (long)n * zeros.Length);
        RandomAccess.FlushToDisk(_file);
    }

    public void Append(ReadOnlySpan<byte> body)
    {
        if (_record.Length < Head + body.Length) _record = new byte[Head + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(_record, body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(_record.AsSpan(4), Sum(body));
        body.CopyTo(_record.AsSpan(Head));
        RandomAccess.Write(_file, _record.AsSpan(0, Head + body.Length), _at);
        RawFile.Sync(_file);
        _at += Head + body.Length;
    }

    /// <returns>Records that are whole, from the beginning.</returns>
    public int Count()
    {
        var (count, at, head, body) = (0, 0L, new byte[Head], Array.Empty<byte>());
        while (RandomAccess.Read(_file, head, at) == Head && BinaryPrimitives.ReadInt32LittleEndian(head) is > 0 and var length)
        {
            if (body.Length < length) body = new byte[length];
            if (RandomAccess.Read(_file, body.AsSpan(0, length), at + Head) != length || Sum(body.AsSpan(0, length)) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4))) break;
            (count, at) = (count + 1, at + Head + length);
        }

        return count;
    }

    public void Dispose() => _file.Dispose();

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes) sum = BitOperations.Crc32C(sum, value);
        return sum;
    }
}
