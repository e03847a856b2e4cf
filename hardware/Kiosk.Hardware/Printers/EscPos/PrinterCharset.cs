using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>What the printer's own fonts can print, and how wide it comes out.</summary>
internal sealed class PrinterCharset
{
    private readonly Encoding? _multibyte;

    public PrinterCharset(EscPosCharset kind)
    {
        Kind = kind;
        _multibyte = Multibyte(kind);
    }

    public EscPosCharset Kind { get; }

    /// <summary>Null for a printer without a multibyte font. What cannot be encoded becomes nothing, so that it is noticed.</summary>
    public static Encoding? Multibyte(EscPosCharset kind) => kind switch
    {
        EscPosCharset.Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding("gb18030", new EncoderReplacementFallback(""), new DecoderReplacementFallback("\uFFFD")),
        EscPosCharset.Big5 => CodePagesEncodingProvider.Instance.GetEncoding("big5", new EncoderReplacementFallback(""), new DecoderReplacementFallback("\uFFFD")),
        _ => null,
    };

    /// <returns>One byte of ASCII, two bytes of the multibyte set, or nothing: clones do not know the four-byte part of GB18030.</returns>
    public byte[] Encode(Rune rune)
    {
        if (rune.Value is >= 0x20 and < 0x7F) return [(byte)rune.Value];
        if (_multibyte is null) return [];

        var text = rune.ToString();
        var bytes = _multibyte.GetBytes(text);
        return bytes.Length == 2 && bytes[0] >= 0x81 && _multibyte.GetString(bytes) == text ? bytes : [];
    }

    /// <summary>Columns on paper: 0 for a combining mark, 2 for what the multibyte font prints and for East Asian wide characters.</summary>
    public int Columns(Rune rune) => Encode(rune).Length switch
    {
        1 => 1,
        2 => 2,
        _ => IsCombining(rune) ? 0 : IsWide(rune.Value) ? 2 : 1,
    };

    public int Columns(string text) => text.EnumerateRunes().Sum(Columns);

    /// <summary>Composed, and without control characters: a name must not be able to speak to the printer.</summary>
    public static string Clean(string text) =>
        string.Concat(text.Normalize().EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()));

    private static bool IsCombining(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>Unicode's East Asian Width W and F, by block.</summary>
    private static bool IsWide(int value) => value is
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
        or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE4F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
        or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD;
}
