using System.Buffers.Binary;
using System.IO.Compression;

namespace Kiosk.Hardware.Printers;

/// <summary>Reads the PNG that drawing programs write by default, as grey. Source: PNG specification (W3C), sections 5, 9, 11.2 and 12.</summary>
internal static class PngReader
{
    private const int Signature = 8, ChunkFrame = 12, HeaderLength = 13;
    private const byte GreyKind = 0, ColourKind = 2, PaletteKind = 3, GreyAlphaKind = 4, ColourAlphaKind = 6;

    public static (SlipImage?, string?) Read(ReadOnlySpan<byte> file)
    {
        using var packed = new MemoryStream();
        ReadOnlySpan<byte> header = [], palette = [];
        for (var rest = file[Signature..]; rest.Length >= ChunkFrame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkFrame) return (null, "ends in the middle of a part");
            var name = rest.Slice(4, 4);
            var body = rest.Slice(8, (int)length);
            if (name.SequenceEqual("IHDR"u8)) header = body;
            else if (name.SequenceEqual("PLTE"u8)) palette = body;
            else if (name.SequenceEqual("IDAT"u8)) packed.Write(body);
            rest = rest[(ChunkFrame + (int)length)..];
        }

        if (header.Length != HeaderLength) return (null, "has no header");
        var (width, height) = ((int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(header)), (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(header[4..])));
        if (SlipImage.MistakeInSize(width, height) is { } size) return (null, size);
        var (depth, kind) = (header[8], header[9]);
        if (header[12] != 0) return (null, "is interlaced; save it without");
        var channels = kind switch { GreyKind or PaletteKind => 1, GreyAlphaKind => 2, ColourKind => 3, ColourAlphaKind => 4, _ => 0 };
        if (channels == 0 || !(depth == 8 || (channels == 1 && depth is 1 or 2 or 4))) return (null, $"has {depth} bits a channel in colour type {kind}; save it with 8 bits, or as grey");
        if (kind == PaletteKind && (palette.Length == 0 || palette.Length % 3 != 0)) return (null, "has no palette");

        var stride = ((width * channels * depth) + 7) / 8;
        packed.Position = 0;
        return Unpack(packed, stride, height, Math.Max(1, channels * depth / 8)) is { } rows
            ? (new SlipImage(width, height, Greyed(rows, stride, width, height, depth, kind, palette)), null)
            : (null, "is damaged");
    }

    /// <returns>The rows without their filters (section 9.2); null if they are damaged or too few.</returns>
    private static byte[]? Unpack(Stream packed, int stride, int height, int step)
    {
        var rows = new byte[stride * height];
        var row = new byte[stride + 1];
        try
        {
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            for (var y = 0; y < height; y++)
            {
                unpacked.ReadExactly(row);
                for (var x = 0; x < stride; x++)
                {
                    var left = x < step ? 0 : rows[(y * stride) + x - step];
                    var above = y == 0 ? 0 : rows[((y - 1) * stride) + x];
                    var corner = x < step || y == 0 ? 0 : rows[((y - 1) * stride) + x - step];
                    rows[(y * stride) + x] = (byte)(row[x + 1] + row[0] switch { 1 => left, 2 => above, 3 => (left + above) / 2, 4 => Paeth(left, above, corner), _ => 0 });
                }
            }

            return rows;
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (a, b, c) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }

    private static byte[] Greyed(byte[] rows, int stride, int width, int height, int depth, byte kind, ReadOnlySpan<byte> palette)
    {
        var grey = new byte[width * height];
        for (var i = 0; i < grey.Length; i++)
        {
            var (x, row) = (i % width, i / width * stride);
            var sample = depth == 8 ? 0 : (rows[row + (x * depth / 8)] >> (8 - depth - (x * depth % 8))) & ((1 << depth) - 1);
            grey[i] = kind switch
            {
                GreyKind => depth == 8 ? rows[row + x] : (byte)(sample * 255 / ((1 << depth) - 1)),
                PaletteKind => Entry(palette, depth == 8 ? rows[row + x] : sample),
                GreyAlphaKind => OnWhite(rows[row + (x * 2)], rows[row + (x * 2) + 1]),
                ColourKind => Luma(rows.AsSpan(row + (x * 3))),
                _ => OnWhite(Luma(rows.AsSpan(row + (x * 4))), rows[row + (x * 4) + 3]),
            };
        }

        return grey;
    }

    // An index beyond the palette is a mistake that decoders show as black (section 11.2.2).
    private static byte Entry(ReadOnlySpan<byte> palette, int index) => (index * 3) + 3 <= palette.Length ? Luma(palette[(index * 3)..]) : (byte)0;

    /// <summary>ITU-R BT.601.</summary>
    private static byte Luma(ReadOnlySpan<byte> colour) => (byte)(((299 * colour[0]) + (587 * colour[1]) + (114 * colour[2])) / 1000);

    private static byte OnWhite(byte grey, byte alpha) => (byte)(255 - ((255 - grey) * alpha / 255));
}
