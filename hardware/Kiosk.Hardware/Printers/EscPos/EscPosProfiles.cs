using System.Collections.Immutable;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>Models that are known. Where a model comes with several character sets the profile names the one it is sold with in its region.</summary>
public static class EscPosProfiles
{
    public const string Default = "generic-80";

    private static readonly ImmutableArray<string> SystemFonts =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc#2",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    ];

    private static readonly EscPosOptions Generic = new(
        Default, 48, 576, 203, EscPosStatus.Auto, EscPosMarker.GsR, EscPosClear.None, EscPosCharset.Gb18030, EscPosQr.Native,
        TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(2), SystemFonts);

    private static readonly EscPosOptions Epson = Generic with { Status = EscPosStatus.Asb, Clear = EscPosClear.Dc4, Charset = EscPosCharset.Ascii };

    private static readonly EscPosOptions Clone = Generic with { Status = EscPosStatus.DleEot };

    public static ImmutableSortedDictionary<string, EscPosOptions> All { get; } = new[]
    {
        Generic,
        Generic with { Profile = "generic-58", Columns = 32, Dots = 384 },
        Epson with { Profile = "epson-tm-t20" },
        Epson with { Profile = "epson-tm-t88", Columns = 42, Dots = 512, Dpi = 180 },
        Epson with { Profile = "epson-tm-t82-gb18030", Charset = EscPosCharset.Gb18030 },
        Epson with { Profile = "epson-tm-t82-big5", Charset = EscPosCharset.Big5 },
        Clone with { Profile = "xprinter-80" },
        Clone with { Profile = "xprinter-58", Columns = 32, Dots = 384, Qr = EscPosQr.Raster },
    }.ToImmutableSortedDictionary(profile => profile.Profile, profile => profile, StringComparer.Ordinal);
}
