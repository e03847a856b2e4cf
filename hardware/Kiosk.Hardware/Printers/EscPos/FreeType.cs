using System.Runtime.InteropServices;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>What raster lines need of libfreetype. Structures follow freetype.h; C's long is a pointer wide on every Linux.</summary>
internal static unsafe partial class FreeType
{
    private const string Library = "libfreetype.so.6";

    /// <summary>FT_LOAD_RENDER with FT_LOAD_TARGET_MONO: hinted for black and white, one bit per dot.</summary>
    public const int RenderMono = 4 | (2 << 16);

    [StructLayout(LayoutKind.Sequential)]
    public struct Face
    {
        public nint FaceCount, FaceIndex, FaceFlags, StyleFlags, GlyphCount;
        public nint FamilyName, StyleName;
        public int FixedSizeCount;
        public nint FixedSizes;
        public int CharmapCount;
        public nint Charmaps;
        public nint GenericData, GenericFinalizer;
        public nint BoxLeft, BoxBottom, BoxRight, BoxTop;
        public ushort UnitsPerEm;
        public short Ascender, Descender, Height, MaxAdvanceWidth, MaxAdvanceHeight, UnderlinePosition, UnderlineThickness;
        public GlyphSlot* Glyph;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GlyphSlot
    {
        public nint Library, Face, Next;
        public uint GlyphIndex;
        public nint GenericData, GenericFinalizer;
        public nint MetricsWidth, MetricsHeight, BearingX, BearingY, Advance, VerticalBearingX, VerticalBearingY, VerticalAdvance;
        public nint LinearAdvance, LinearVerticalAdvance;
        public nint AdvanceX, AdvanceY;
        public int Format;
        public Bitmap Bitmap;
        public int BitmapLeft, BitmapTop;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Bitmap
    {
        public uint Rows, Width;
        public int Pitch;
        public byte* Buffer;
        public ushort Grays;
        public byte PixelMode, PaletteMode;
        public nint Palette;
    }

    [LibraryImport(Library, EntryPoint = "FT_Init_FreeType")]
    public static partial int Init(out nint library);

    [LibraryImport(Library, EntryPoint = "FT_New_Face", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NewFace(nint library, string path, nint index, out Face* face);

    [LibraryImport(Library, EntryPoint = "FT_Set_Pixel_Sizes")]
    public static partial int SetPixelSizes(Face* face, uint width, uint height);

    [LibraryImport(Library, EntryPoint = "FT_Get_Char_Index")]
    public static partial uint CharIndex(Face* face, nuint code);

    [LibraryImport(Library, EntryPoint = "FT_Load_Glyph")]
    public static partial int LoadGlyph(Face* face, uint glyph, int flags);
}
