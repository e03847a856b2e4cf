using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Printers;

/// <summary>A picture for paper: a logo. One point is one dot of the printer.</summary>
/// <param name="Grey">Row by row from the top left: 0 is black, 255 is white.</param>
public sealed record SlipImage(int Width, int Height, ReadOnlyMemory<byte> Grey)
{
    /// <summary>Wider than any ticket printer, and as high as a hand.</summary>
    public const int WidthLimit = 2048, HeightLimit = 1024;

    /// <param name="file">PNG (not interlaced, at most 8 bits a channel), PBM or PGM (binary, P4 and P5).</param>
    /// <param name="mistake">What is wrong and what is allowed; null if all is well.</param>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out SlipImage? image, [NotNullWhen(false)] out string? mistake)
    {
        (image, mistake) = file switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngReader.Read(file),
            [(byte)'P', (byte)'4' or (byte)'5', ..] => ReadPortable(file),
            _ => (null, "is neither PNG nor PBM nor PGM; allowed: PNG without interlacing, PBM (P4) or PGM (P5)"),
        };
        return image is not null;
    }

    /// <returns>Null if it is all right.</returns>
    internal static string? MistakeInSize(int width, int height) =>
        width is >= 1 and <= WidthLimit && height is >= 1 and <= HeightLimit ? null : $"is {width} × {height} dots; allowed: up to {WidthLimit} × {HeightLimit}";

    // Netpbm's format: the kind, then numbers between white space and comments, one white space, then the dots.
    private static (SlipImage?, string?) ReadPortable(ReadOnlySpan<byte> file)
    {
        var (at, bitmap) = (2, file[1] == '4');
        var (width, height) = (Number(file, ref at), Number(file, ref at));
        if (MistakeInSize(width, height) is { } size) return (null, size);
        if (!bitmap && Number(file, ref at) is var white && white != 255) return (null, $"has {white} as its white; allowed: 255");

        var stride = bitmap ? (width + 7) / 8 : width;
        if (file.Length < at + 1 + (stride * height)) return (null, "ends before its last row");
        var dots = file.Slice(at + 1, stride * height);
        var grey = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                grey[(y * width) + x] = bitmap ? (dots[(y * stride) + (x >> 3)] & (0x80 >> (x & 7))) != 0 ? (byte)0 : (byte)255 : dots[(y * stride) + x];
            }
        }

        return (new SlipImage(width, height, grey), null);
    }

    private static int Number(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length && (char.IsWhiteSpace((char)file[at]) || file[at] == '#'))
        {
            if (file[at] == '#') while (at < file.Length && file[at] != '\n') at++;
            else at++;
        }

        var start = at;
        while (at < file.Length && char.IsAsciiDigit((char)file[at])) at++;
        return int.TryParse(Encoding.ASCII.GetString(file[start..at]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }
}
