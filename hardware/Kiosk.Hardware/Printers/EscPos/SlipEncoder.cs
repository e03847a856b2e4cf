using System.Diagnostics;
using System.Text;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>A slip as the bytes that one printer understands.</summary>
internal sealed class SlipEncoder
{
    /// <summary>Longest content of a QR code in UTF-8; also keeps its length bytes from looking like a real-time command.</summary>
    private const int QrLimit = 1000;

    private const int BandRows = 240;

    /// <summary>From the head to the blade. Models differ by some millimetres (12 to 15): the longest, as a roll's end is better foretold too early.</summary>
    private const int CutFeedMillimetres = 15;

    private const double MillimetresPerInch = 25.4;

    private readonly EscPosOptions _options;
    private readonly PrinterCharset _charset;
    private readonly RasterText _drawing;

    public SlipEncoder(EscPosOptions options)
    {
        _options = options;
        _charset = new PrinterCharset(options.Charset);
        _drawing = new RasterText(new FontSet(options.Fonts), _charset);
    }

    /// <summary>Empty, or what is missing on this board to print every character.</summary>
    public string Trouble => _drawing.Trouble;

    /// <param name="statusBack">Initialising turns automatic status back off: turn it on again.</param>
    /// <param name="marker">The question whose answer means that everything before it came out; empty for none.</param>
    public byte[] Encode(Slip slip, bool statusBack, ReadOnlySpan<byte> marker)
    {
        var paper = new SlipWriter(_charset);
        paper.Begin(statusBack);
        foreach (var element in slip.Elements) Write(paper, element);
        paper.End(marker);
        return paper.ToArray();
    }

    /// <summary>Length of paper from the last cut to the one behind this slip.</summary>
    public int MillimetresOf(Slip slip)
    {
        var paper = new SlipWriter(_charset);
        foreach (var element in slip.Elements) Write(paper, element);
        return (int)Math.Ceiling(paper.DotsFed * MillimetresPerInch / _options.Dpi) + CutFeedMillimetres;
    }

    private void Write(SlipWriter paper, SlipElement element)
    {
        switch (element)
        {
            case SlipElement.Text text: WriteText(paper, text); break;
            case SlipElement.Pair pair: WritePair(paper, pair); break;
            case SlipElement.Rule: WriteLine(paper, new SlipElement.Text(new string('-', _options.Columns))); break;
            case SlipElement.Feed feed: paper.Feed(Math.Clamp(feed.Lines, 1, 20)); break;
            case SlipElement.Qr qr: WriteQr(paper, qr); break;
            case SlipElement.Cut: paper.CutHere(); break;
            case SlipElement.Picture picture: WritePicture(paper, picture); break;
            default: throw new UnreachableException();
        }
    }

    private void WriteText(SlipWriter paper, SlipElement.Text text)
    {
        // A size that leaves no room for one Hanzi in a line cannot be printed.
        var width = Math.Clamp(text.Width, 1, Math.Min(8, _options.Columns / 2));
        var sized = text with { Width = width, Height = Math.Clamp(text.Height, 1, 8) };
        foreach (var line in LineBreaks.Wrap(_drawing.Drawable(sized.Value.Normalize()), _options.Columns / width, _charset.Columns))
        {
            WriteLine(paper, sized with { Value = line });
        }
    }

    private void WritePair(SlipWriter paper, SlipElement.Pair pair)
    {
        var (left, right) = (PrinterCharset.Clean(_drawing.Drawable(pair.Left.Normalize())), PrinterCharset.Clean(_drawing.Drawable(pair.Right.Normalize())));
        var gap = _options.Columns - _charset.Columns(left) - _charset.Columns(right);
        if (gap >= 1)
        {
            WriteLine(paper, new SlipElement.Text(left + new string(' ', gap) + right, Bold: pair.Bold));
            return;
        }

        WriteText(paper, new SlipElement.Text(left, Bold: pair.Bold));
        WriteText(paper, new SlipElement.Text(right, SlipAlign.Right, Bold: pair.Bold));
    }

    private void WriteLine(SlipWriter paper, SlipElement.Text line)
    {
        if (line.Value.EnumerateRunes().All(rune => _charset.Encode(rune).Length > 0)) paper.Line(line);
        else paper.Picture(_drawing.Draw(line, _options.Dots));
    }

    private void WriteQr(SlipWriter paper, SlipElement.Qr qr)
    {
        var content = PrinterCharset.Clean(qr.Content);
        var module = Math.Clamp(qr.Module, 1, 16);
        if (_options.Qr == EscPosQr.None || Encoding.UTF8.GetByteCount(content) is 0 or > QrLimit) WriteText(paper, new SlipElement.Text(content));
        else if (_options.Qr == EscPosQr.Raster) paper.Picture(Raster.Qr(content, module, _options.Dots));
        else paper.Qr(content, FittingModule(content, module));
    }

    // In bands: small printers have little memory for one picture.
    private void WritePicture(SlipWriter paper, SlipElement.Picture picture)
    {
        var whole = Dither.Draw(picture.Image, picture.Align, _options.Dots);
        for (var top = 0; top < whole.Height; top += BandRows)
        {
            var band = new Raster(whole.Width, Math.Min(BandRows, whole.Height - top));
            whole.Bits.AsSpan(top * whole.Stride, band.Bits.Length).CopyTo(band.Bits);
            paper.Picture(band);
        }
    }

    // A printer leaves out a code that is wider than the paper, without a word.
    private int FittingModule(string content, int module) => Math.Max(1, Math.Min(module, _options.Dots / Raster.QrModules(content).Count));
}
