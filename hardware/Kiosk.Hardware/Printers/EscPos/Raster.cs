using System.Collections;
using QRCoder;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>A picture in dots, eight to a byte, black = 1, as GS v 0 wants it.</summary>
internal sealed class Raster(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public int Stride { get; } = (width + 7) / 8;

    public byte[] Bits { get; } = new byte[(width + 7) / 8 * height];

    public bool this[int x, int y]
    {
        get => (Bits[(y * Stride) + (x >> 3)] & (0x80 >> (x & 7))) != 0;
        set
        {
            if (x < 0 || y < 0 || x >= Width || y >= Height) return;
            ref var cell = ref Bits[(y * Stride) + (x >> 3)];
            var bit = (byte)(0x80 >> (x & 7));
            cell = (byte)(value ? cell | bit : cell & ~bit);
        }
    }

    /// <summary>The dots of a QR code, error correction M, with its quiet zone.</summary>
    public static IReadOnlyList<BitArray> QrModules(string content)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        return [.. code.ModuleMatrix];
    }

    /// <param name="module">Dots per module; made smaller where the code would not fit.</param>
    /// <param name="paper">Width of the picture: the code is in its middle.</param>
    public static Raster Qr(string content, int module, int paper)
    {
        var modules = QrModules(content);
        module = Math.Max(1, Math.Min(module, paper / modules.Count));
        var raster = new Raster(paper, modules.Count * module);
        var left = (paper - (modules.Count * module)) / 2;
        for (var y = 0; y < modules.Count * module; y++)
        {
            for (var x = 0; x < modules.Count * module; x++) raster[left + x, y] = modules[y / module][x / module];
        }

        return raster;
    }

    /// <summary>The bytes to send. A printer obeys a real-time command wherever it stands, in a picture too: a dot more keeps the picture from being one.</summary>
    public byte[] SafeBits()
    {
        var bits = (byte[])Bits.Clone();
        for (var i = 0; i + 1 < bits.Length; i++)
        {
            if (bits[i] == EscPosProtocol.Dle && bits[i + 1] is EscPosProtocol.Eot or EscPosProtocol.Enq or EscPosProtocol.Dc4) bits[i] = 0x30;
        }

        return bits;
    }
}
