using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Displays.FramePanel;

internal enum TextEncoding
{
    Ascii,

    /// <summary>One byte for ASCII, two for the Hanzi that panels have in their fonts.</summary>
    Gb18030,

    /// <summary>Two hexadecimal digits for each byte of ASCII.</summary>
    HexDigits,
}

/// <summary>The text of a frame: always as many bytes as the panel has places.</summary>
/// <param name="Width">Bytes; a Hanzi takes two.</param>
internal sealed record FrameText(TextEncoding Encoding, int Width, bool AlignedRight, char Padding)
{
    private static readonly Encoding Hanzi =
        CodePagesEncodingProvider.Instance.GetEncoding("gb18030", new EncoderReplacementFallback("_"), new DecoderReplacementFallback("?"))!;

    /// <summary>Bytes between the other parts of the frame.</summary>
    public int WireBytes => Encoding == TextEncoding.HexDigits ? 2 * Width : Width;

    /// <summary>A text that is too long keeps its end: the running number says more than the letter.</summary>
    public byte[] Encode(string text)
    {
        List<byte[]> letters = [.. text.EnumerateRunes().Select(Letter)];
        while (letters.Sum(letter => letter.Length) > Width) letters.RemoveAt(0);

        var shown = letters.SelectMany(letter => letter).ToArray();

        // Zeros before a number are one thing, zeros on a dark or stale panel another: they would be a number.
        var fill = text.Any(char.IsAsciiDigit) ? Padding : ' ';
        byte[] padding = [.. Enumerable.Repeat((byte)fill, Width - shown.Length)];
        byte[] places = AlignedRight ? [.. padding, .. shown] : [.. shown, .. padding];
        return Encoding == TextEncoding.HexDigits ? System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(places)) : places;
    }

    /// <summary>Whether all of it finds room and none of it is replaced.</summary>
    public bool CanShow(string text)
    {
        List<byte[]> letters = [.. text.EnumerateRunes().Select(Letter)];
        return letters.TrueForAll(letter => letter is not [(byte)'_']) && letters.Sum(letter => letter.Length) <= Width;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width} bytes of {Encoding}");

    private byte[] Letter(Rune rune) => rune.Value switch
    {
        >= ' ' and <= '~' => [(byte)rune.Value],
        _ when Encoding == TextEncoding.Gb18030 && Hanzi.GetBytes(rune.ToString()) is { Length: 2 } hanzi => hanzi,
        _ => [(byte)'_'],
    };
}
