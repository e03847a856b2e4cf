using System.Text;
using static Kiosk.Hardware.Printers.EscPos.EscPosProtocol;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>Writes the commands of one slip; sends a setting only where it changes.</summary>
internal sealed class SlipWriter(PrinterCharset charset)
{
    /// <summary>ESC 2: the pitch of a line after ESC @. A line of taller letters is as high as they are.</summary>
    private const int LinePitch = 30;

    private readonly List<byte> _bytes = [];
    private SlipElement.Text _set = new("");

    /// <summary>Rows of dots that the paper has moved, without the way to the cutter.</summary>
    public int DotsFed { get; private set; }

    public byte[] ToArray() => [.. _bytes];

    public void Begin(bool statusBack)
    {
        Put(Esc, (byte)'@');

        // ESC @ may switch Chinese mode back on, and then Latin letters with an eighth bit turn into Hanzi.
        Put(Fs, (byte)'.');
        if (statusBack) _bytes.AddRange(EnableStatusBack);
    }

    public void End(ReadOnlySpan<byte> marker)
    {
        _bytes.AddRange(Cut);
        _bytes.AddRange(marker);
    }

    /// <param name="line">Fits in a line and can be encoded.</param>
    public void Line(SlipElement.Text line)
    {
        if (line.Value.Length > 0)
        {
            Set(line);
            Write(line.Value);
        }

        Put(LineFeed);
        DotsFed += Math.Max(LinePitch, line.Height * RasterText.CellHeight);
    }

    public void CutHere() => _bytes.AddRange(Cut);

    public void Feed(int lines)
    {
        Put(Esc, (byte)'d', (byte)lines);
        DotsFed += lines * LinePitch;
    }

    /// <summary>GS v 0, as wide as the paper, so that alignment does not matter. Feeds by its own height.</summary>
    public void Picture(Raster raster)
    {
        Align(SlipAlign.Left);
        Put(Gs, (byte)'v', (byte)'0', 0, (byte)raster.Stride, (byte)(raster.Stride >> 8), (byte)raster.Height, (byte)(raster.Height >> 8));
        _bytes.AddRange(raster.SafeBits());
        DotsFed += raster.Height;
    }

    /// <summary>GS ( k: model 2, module size, error correction M, store, print (functions 165, 167, 169, 180, 181).</summary>
    public void Qr(string content, int module)
    {
        var data = Encoding.UTF8.GetBytes(content);
        Align(SlipAlign.Centre);
        Symbol(65, [50, 0]);
        Symbol(67, [(byte)module]);
        Symbol(69, [49]);
        Symbol(80, [48, .. data]);
        Symbol(81, [48]);
        DotsFed += Raster.QrModules(content).Count * module;
    }

    private void Symbol(byte function, byte[] arguments)
    {
        var length = arguments.Length + 2;
        Put(Gs, (byte)'(', (byte)'k', (byte)length, (byte)(length >> 8), 49, function);
        _bytes.AddRange(arguments);
    }

    private void Set(SlipElement.Text line)
    {
        Align(line.Align);
        if (line.Bold != _set.Bold) Put(Esc, (byte)'E', line.Bold ? (byte)1 : (byte)0);
        if (line.Inverse != _set.Inverse) Put(Gs, (byte)'B', line.Inverse ? (byte)1 : (byte)0);
        if ((line.Width, line.Height) != (_set.Width, _set.Height)) Size(line.Width, line.Height);
        _set = line with { Align = _set.Align };
    }

    private void Align(SlipAlign align)
    {
        if (align == _set.Align) return;
        Put(Esc, (byte)'a', (byte)align);
        _set = _set with { Align = align };
    }

    // FS ! knows only twice the size. Printers that keep one size for both fonts obey the last command: GS ! comes last.
    private void Size(int width, int height)
    {
        if (charset.Kind != EscPosCharset.Ascii) Put(Fs, (byte)'!', (byte)((width > 1 ? 0x04 : 0) | (height > 1 ? 0x08 : 0)));
        Put(Gs, (byte)'!', (byte)(((width - 1) << 4) | (height - 1)));
    }

    private void Write(string text)
    {
        var hanzi = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var encoded = charset.Encode(rune);
            if (encoded.Length == 2 != hanzi)
            {
                hanzi = !hanzi;
                Put(Fs, hanzi ? (byte)'&' : (byte)'.');
            }

            _bytes.AddRange(encoded);
        }

        if (hanzi) Put(Fs, (byte)'.');
    }

    private void Put(params ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);
}
