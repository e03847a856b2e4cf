using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Journal;

/// <summary>
/// Chains the ledger's entries: the hash of each is SHA-256 over the hash of the one before, seq, time (microseconds, both big-endian), and type, body, request,
/// source and member of staff, each behind its length (4 bytes; FFFFFFFFh where there is none). Whoever changes an entry changes every hash behind it; the last one
/// stands on every Z report.
/// </summary>
internal static class LedgerChain
{
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>What the first entry is chained to.</summary>
    public static byte[] Origin => new byte[Size];

    public static byte[] Next(ReadOnlySpan<byte> before, long seq, long at, string type, ReadOnlySpan<byte> body, string? request, string source, string? who)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(numbers, seq);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], at);
        sum.AppendData(before);
        sum.AppendData(numbers);
        Add(sum, type);
        Add(sum, body);
        Add(sum, request);
        Add(sum, source);
        Add(sum, who);
        return sum.GetHashAndReset();
    }

    private static void Add(IncrementalHash sum, string? text)
    {
        if (text is null) AddLength(sum, -1);
        else Add(sum, Encoding.UTF8.GetBytes(text));
    }

    private static void Add(IncrementalHash sum, ReadOnlySpan<byte> bytes)
    {
        AddLength(sum, bytes.Length);
        sum.AppendData(bytes);
    }

    private static void AddLength(IncrementalHash sum, int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        sum.AppendData(bytes);
    }
}
