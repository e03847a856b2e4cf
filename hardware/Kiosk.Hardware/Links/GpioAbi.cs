using System.Runtime.InteropServices;

namespace Kiosk.Hardware.Links;

/// <summary>Linux GPIO character device, uAPI version 2. Source: <c>include/uapi/linux/gpio.h</c> of kernel 5.10 and later.</summary>
internal static class GpioAbi
{
    public const nuint GetChipInfo = 0x8044B401, GetLineInfo = 0xC100B405, GetLines = 0xC250B407, GetValues = 0xC010B40E, SetValues = 0xC010B40F;
    public const ulong ActiveLow = 1 << 1, Input = 1 << 2, Output = 1 << 3, EdgeRising = 1 << 4, EdgeFalling = 1 << 5, PullUp = 1 << 8;
    public const uint DebounceAttribute = 3;
    public const uint RisingEdge = 1, FallingEdge = 2;
    public const int NameBytes = 32, MostLines = 64;

    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct ChipInfo
    {
        public fixed byte Name[NameBytes];
        public fixed byte Label[NameBytes];
        public uint Lines;
    }

    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct LineInfo
    {
        public fixed byte Name[NameBytes];
        public fixed byte Consumer[NameBytes];
        public uint Offset, AttributeCount;
        public ulong Flags;

        /// <summary>Ten attributes of two words each; not read here.</summary>
        public fixed ulong Attributes[20];
        public fixed uint Padding[4];
    }

    /// <summary>One attribute and the lines of the request that it is for, as bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineAttribute
    {
        public uint Id, Padding;

        /// <summary>A union in C: debounce is its low half, in microseconds.</summary>
        public ulong Value;
        public ulong Lines;
    }

    [System.Runtime.CompilerServices.InlineArray(10)]
    public struct LineAttributes
    {
        private LineAttribute _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct LineConfig
    {
        public ulong Flags;
        public uint AttributeCount;
        public fixed uint Padding[5];
        public LineAttributes Attributes;
    }

    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct LineRequest
    {
        public fixed uint Offsets[MostLines];
        public fixed byte Consumer[NameBytes];
        public LineConfig Config;
        public uint LineCount, EventBufferSize;
        public fixed uint Padding[5];
        public int Descriptor;
    }

    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct LineEvent
    {
        /// <summary>CLOCK_MONOTONIC; with debounce, the end of the debounce time.</summary>
        public ulong Nanoseconds;
        public uint Id, Offset;

        /// <summary>Counts from 1: over the request, and over the line.</summary>
        public uint Sequence, LineSequence;
        public fixed uint Padding[6];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineValues
    {
        public ulong Bits, Mask;
    }
}
