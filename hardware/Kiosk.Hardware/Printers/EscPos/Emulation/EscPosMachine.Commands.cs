using System.Text;
using static Kiosk.Hardware.Printers.EscPos.EscPosProtocol;

namespace Kiosk.Hardware.Printers.EscPos.Emulation;

/// <summary>The commands that wait their turn in the buffer.</summary>
internal sealed partial class EscPosMachine
{
    private const int DotsPerLine = 30;

    private static readonly Encoding Latin = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    private readonly PrinterCharset _charset = new(options.Charset);
    private readonly Encoding? _multibyte = PrinterCharset.Multibyte(options.Charset);
    private readonly List<PrintedRun> _line = [];
    private SlipAlign _align;
    private int _width = 1, _height = 1, _module = 3;
    private bool _bold, _inverse, _hanzi;
    private string _symbol = "";

    /// <summary>Carries out the first command.</summary>
    /// <returns>Its length; 0 if it is not complete yet.</returns>
    private int Take(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [LineFeed, ..] => Done(1, EndLine),
        [Esc or Gs or Fs] => 0,
        [Esc, ..] => TakeEsc(bytes),
        [Gs, ..] => TakeGs(bytes),
        [Fs, (byte)'&', ..] => Done(2, () => _hanzi = _multibyte is not null),
        [Fs, (byte)'.', ..] => Done(2, () => _hanzi = false),
        [Fs, (byte)'!', var n, ..] => Done(3, () => (_width, _height) = ((n & 0x04) != 0 ? 2 : 1, (n & 0x08) != 0 ? 2 : 1)),
        [Fs, (byte)'!'] => 0,
        [>= 0x81, ..] when _hanzi => TakeHanzi(bytes),
        [>= 0x20 and var letter, ..] => Done(1, () => Type(Latin.GetString([letter]), 1)),
        _ => Complain(),
    };

    private int TakeEsc(ReadOnlySpan<byte> bytes)
    {
        switch (bytes[1])
        {
            case (byte)'@': return Done(2, Initialise);
            case (byte)'2': return 2;
            case (byte)'p': return bytes.Length < 5 ? 0 : 5;
            case (byte)'c': return bytes.Length < 4 ? 0 : 4;
        }

        if (bytes.Length < 3) return 0;
        var n = bytes[2];
        switch (bytes[1])
        {
            case (byte)'a': _align = (SlipAlign)(n % '0' % 3); return 3;
            case (byte)'E': _bold = (n & 1) != 0; return 3;
            case (byte)'d':
                EndLine();
                for (var i = 1; i < n; i++) EndLine();
                return 3;
            case (byte)'J': return Done(3, EndLine);
            case (byte)'-' or (byte)'M' or (byte)'3' or (byte)'t' or (byte)'!': return 3;
            default: return Complain();
        }
    }

    private int TakeGs(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 3) return 0;
        var n = bytes[2];
        switch (bytes[1])
        {
            case (byte)'B': _inverse = (n & 1) != 0; return 3;
            case (byte)'!': (_width, _height) = ((n >> 4) + 1, (n & 7) + 1); return 3;
            case (byte)'a': return Done(3, () => ReportBack(n));
            case (byte)'r': return Done(3, () => reply([(byte)((Paper.NearEnd ? 0x03 : 0) | (Paper.Out ? 0x0C : 0))]));
            case (byte)'L' or (byte)'W': return bytes.Length < 4 ? 0 : 4;
            case (byte)'V' when n is 65 or 66: return bytes.Length < 4 ? 0 : Cut(4);
            case (byte)'V': return Cut(3);
            case (byte)'v': return TakePicture(bytes);
            case (byte)'(': return TakeLong(bytes);
            default: return Complain();
        }
    }

    private int TakePicture(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8) return 0;
        var (stride, rows) = (bytes[4] | (bytes[5] << 8), bytes[6] | (bytes[7] << 8));
        var length = 8 + (stride * rows);
        if (bytes.Length < length) return 0;
        var raster = new Raster(stride * 8, rows);
        bytes[8..length].CopyTo(raster.Bits);
        Paper.Print(new PrintedLine.Picture(raster), (rows + DotsPerLine - 1) / DotsPerLine);
        return length;
    }

    private int TakeLong(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 5) return 0;
        var length = 5 + (bytes[3] | (bytes[4] << 8));
        if (bytes.Length < length) return 0;
        switch (bytes[5..length])
        {
            case [48, 48, var a, var b, var c, var d] when bytes[2] == 'H': reply(Named([a, b, c, d])); break;
            case [49, 67, var module]: _module = module; break;
            case [49, 80, 48, .. var data]: _symbol = Encoding.UTF8.GetString(data); break;
            case [49, 81, 48] when _symbol.Length > 0: PrintSymbol(); break;
        }

        return length;
    }

    private void PrintSymbol()
    {
        var size = Raster.QrModules(_symbol).Count * _module;

        // A code that does not fit is left out, as real printers do.
        if (size <= options.Dots) Paper.Print(new PrintedLine.Qr(_align, _symbol, _module), (size + DotsPerLine - 1) / DotsPerLine);
    }

    private int TakeHanzi(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return 0;
        Type(_multibyte!.GetString(bytes[..2]), 2);
        return 2;
    }

    private void Type(string text, int columns)
    {
        var used = _line.Sum(run => _charset.Columns(run.Text) * run.Width);
        if (used + (columns * _width) > options.Columns) EndLine();
        var run = new PrintedRun(text, _width, _height, _bold, _inverse);
        if (_line.Count > 0 && _line[^1] with { Text = text } == run) _line[^1] = run with { Text = _line[^1].Text + text };
        else _line.Add(run);
    }

    private void EndLine()
    {
        Paper.Print(new PrintedLine.Text(_align, [.. _line]), _line.Select(run => run.Height).DefaultIfEmpty(1).Max());
        _line.Clear();
    }

    private int Cut(int length)
    {
        CutterError = BladeStuck;
        if (CutterError) return 0;
        if (_line.Count > 0) EndLine();
        Paper.Cut();
        return length;
    }

    private void ReportBack(byte mask)
    {
        _statusBackMask = mask;
        _lastStatusBack = [];
        TellStatus();
    }

    // Chinese mode is on after a reset in printers that have the font: the driver has to switch it off.
    private void Initialise()
    {
        _line.Clear();
        (_align, _width, _height, _module) = (SlipAlign.Left, 1, 1, 3);
        (_bold, _inverse, _hanzi) = (false, false, _multibyte is not null);
        _statusBackMask = 0;
    }

    private int Complain()
    {
        Unknown++;
        return 1;
    }

    private static int Done(int length, Action work)
    {
        work();
        return length;
    }
}
