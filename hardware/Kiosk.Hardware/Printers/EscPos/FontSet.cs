using System.Globalization;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>The font files that could be opened. Kept for the life of the process, as drawing is rare and the files are large.</summary>
/// <remarks>FreeType is not thread safe: one drawing at a time.</remarks>
internal sealed unsafe class FontSet
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Faces = [];
    private static nint _library;

    private readonly List<nint> _faces = [];

    public FontSet(IEnumerable<string> files)
    {
        lock (Gate)
        {
            try
            {
                if (_library == 0 && FreeType.Init(out _library) != 0) Trouble = "libfreetype.so.6 does not start";
                foreach (var file in Trouble.Length == 0 ? files : []) Add(file);
                if (Trouble.Length == 0 && _faces.Count == 0) Trouble = "no font file for raster text";
            }
            catch (DllNotFoundException)
            {
                Trouble = "libfreetype.so.6 is not installed";
            }
        }
    }

    /// <summary>Empty, or why characters beyond the printer's own fonts are printed as U+XXXX.</summary>
    public string Trouble { get; } = "";

    public bool Has(int code)
    {
        lock (Gate) return FaceOf(code) != null;
    }

    /// <summary>Draws one character black into a picture.</summary>
    /// <param name="left">Left edge of its cell.</param>
    /// <param name="baseline">Row of its base line.</param>
    public void Draw(Raster raster, int code, int left, int baseline, int cellWidth, int pixelWidth, int pixelHeight)
    {
        lock (Gate)
        {
            var face = FaceOf(code);
            if (face == null || FreeType.SetPixelSizes(face, (uint)pixelWidth, (uint)pixelHeight) != 0
                || FreeType.LoadGlyph(face, FreeType.CharIndex(face, (nuint)code), FreeType.RenderMono) != 0)
            {
                return;
            }

            ref readonly var glyph = ref *face->Glyph;
            var slack = Math.Max(0, (cellWidth - (int)(glyph.AdvanceX >> 6)) / 2);
            for (var y = 0; y < glyph.Bitmap.Rows; y++)
            {
                var row = glyph.Bitmap.Buffer + (y * glyph.Bitmap.Pitch);
                for (var x = 0; x < glyph.Bitmap.Width; x++)
                {
                    if ((row[x >> 3] & (0x80 >> (x & 7))) != 0) raster[left + slack + glyph.BitmapLeft + x, baseline - glyph.BitmapTop + y] = true;
                }
            }
        }
    }

    private FreeType.Face* FaceOf(int code)
    {
        foreach (var candidate in _faces)
        {
            var face = (FreeType.Face*)candidate;
            if (FreeType.CharIndex(face, (nuint)code) != 0) return face;
        }

        return null;
    }

    private void Add(string file)
    {
        if (!Faces.TryGetValue(file, out var face))
        {
            var hash = file.LastIndexOf('#');
            var (path, index) = hash >= 0 && int.TryParse(file.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var nth)
                ? (file[..hash], nth)
                : (file, 0);
            if (FreeType.NewFace(_library, path, index, out var opened) != 0) return;
            Faces[file] = face = (nint)opened;
        }

        _faces.Add(face);
    }
}
