using System.Collections.Immutable;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>How a half-printed slip is taken out of the printer's buffer.</summary>
public enum EscPosClear
{
    /// <summary>It cannot be: the printer finishes the slip by itself.</summary>
    None,

    /// <summary>DLE ENQ 2: only after an error of the cutter.</summary>
    Enq,

    /// <summary>DLE DC4 function 8, which is answered.</summary>
    Dc4,
}

/// <summary>How the printer tells its state.</summary>
public enum EscPosStatus
{
    /// <summary>Not at all: slips are presumed printed.</summary>
    None,

    /// <summary>Asked once after connecting: one that answers is <see cref="DleEot"/> from then on, one that does not is <see cref="None"/>.</summary>
    Auto,

    /// <summary>DLE EOT, asked every two seconds. No answer is a fault.</summary>
    DleEot,

    /// <summary>DLE EOT and, between questions, automatic status back.</summary>
    Asb,
}

/// <summary>How the printer confirms that a slip came out.</summary>
public enum EscPosMarker
{
    None,

    /// <summary>GS r 1: its answer has no number.</summary>
    GsR,

    /// <summary>GS ( H function 48: its answer names the slip. Newer Epson models.</summary>
    GsH,
}

/// <summary>What the printer's own fonts hold. The rest is sent as raster lines.</summary>
public enum EscPosCharset
{
    Ascii,
    Gb18030,
    Big5,
}

public enum EscPosQr
{
    /// <summary>The content as text.</summary>
    None,

    /// <summary>GS ( k.</summary>
    Native,

    /// <summary>GS v 0.</summary>
    Raster,
}

/// <summary>What the driver knows of one printer: its model's profile with the settings of hall.json over it.</summary>
/// <param name="Columns">Characters of 12 dots in a line.</param>
/// <param name="Dots">Printable width.</param>
/// <param name="Dpi">Dots per inch along the paper.</param>
/// <param name="PrintTimeout">From the first byte of a slip to the answer of its marker.</param>
/// <param name="ReplyTimeout">For an answer to a question, and for a write of one.</param>
/// <param name="Fonts">Font files for raster lines, first match wins; <c>path#n</c> is the nth face of a collection.</param>
public sealed record EscPosOptions(
    string Profile,
    int Columns,
    int Dots,
    int Dpi,
    EscPosStatus Status,
    EscPosMarker Marker,
    EscPosClear Clear,
    EscPosCharset Charset,
    EscPosQr Qr,
    TimeSpan PrintTimeout,
    TimeSpan ReplyTimeout,
    ImmutableArray<string> Fonts)
{
    /// <summary>A new roll. Where the settings do not say: 80 m on paper of 80 mm, 30 m on paper of 58 mm, as such rolls are sold (80 × 80 and 57 × 50).</summary>
    public double RollMetres { get => field > 0 ? field : Dots > 432 ? 80 : 30; init; }

    public static EscPosOptions Default => EscPosProfiles.All[EscPosProfiles.Default];
}
