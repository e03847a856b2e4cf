using System.Buffers.Binary;

namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>GET COUNTERS, kept by the validator over losses of power: behind OK the number of counters (5), then each in 4 bytes, lowest first.</summary>
/// <param name="Stacked">Notes put into the cash box, ever.</param>
internal readonly record struct SspCounters(uint Stacked, uint Stored, uint Dispensed, uint Transferred, uint Rejected)
{
    private const int Count = 5, Bytes = 4;

    /// <param name="data">Behind OK.</param>
    public static SspCounters? Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < 1 + (Count * Bytes) || data[0] < Count) return null;
        Span<uint> values = stackalloc uint[Count];
        for (var i = 0; i < Count; i++) values[i] = BinaryPrimitives.ReadUInt32LittleEndian(data[(1 + (i * Bytes))..]);
        return new SspCounters(values[0], values[1], values[2], values[3], values[4]);
    }

    public byte[] ToBytes() =>
        [Count, .. new[] { Stacked, Stored, Dispensed, Transferred, Rejected }.SelectMany(BitConverter.GetBytes)];
}
