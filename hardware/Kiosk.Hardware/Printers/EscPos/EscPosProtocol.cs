namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>The bytes of ESC/POS that we use. Source: Epson's ESC/POS reference; deviations of other makes are in the README.</summary>
internal static class EscPosProtocol
{
    public const byte Nul = 0, Eot = 0x04, Enq = 0x05, LineFeed = 0x0A, Dle = 0x10, Dc4 = 0x14, Xon = 0x11, Xoff = 0x13,
        Esc = 0x1B, Fs = 0x1C, Gs = 0x1D;

    /// <summary>DLE EOT n: which of the four status bytes is asked for.</summary>
    public const byte PrinterStatus = 1, OfflineCause = 2, ErrorCause = 3, PaperSensors = 4;

    /// <summary>DLE DC4 function 8 with its fixed arguments: throw away what is buffered and say so.</summary>
    public static ReadOnlySpan<byte> ClearBuffers => [Dle, Dc4, 8, 1, 3, 20, 1, 6, 2, 8];

    public static ReadOnlySpan<byte> Cleared => [0x37, 0x25, 0x00];

    /// <summary>DLE ENQ 2: recover from an error of the cutter and throw away what is buffered.</summary>
    public static ReadOnlySpan<byte> RecoverAndClear => [Dle, Enq, 2];

    /// <summary>GS a: report drawer, offline, error and paper by itself.</summary>
    public static ReadOnlySpan<byte> EnableStatusBack => [Gs, (byte)'a', 0x0F];

    /// <summary>First byte of an answer of several, and the second where it names a slip.</summary>
    public const byte BlockHeader = 0x37, SlipNamed = 0x22;

    /// <summary>GS r 1: waits its turn in the buffer, and is answered with the paper sensors.</summary>
    public static ReadOnlySpan<byte> Marker => [Gs, (byte)'r', 1];

    /// <summary>GS ( H function 48: waits its turn in the buffer, and is answered with <see cref="Named"/>.</summary>
    /// <param name="id">Four bytes from 20h to 7Eh.</param>
    public static byte[] NamedMarker(ReadOnlySpan<byte> id) => [Gs, (byte)'(', (byte)'H', 6, 0, 48, 48, .. id];

    public static byte[] Named(ReadOnlySpan<byte> id) => [BlockHeader, SlipNamed, .. id, Nul];

    /// <summary>GS V 66 0: feed to the cutter and cut.</summary>
    public static ReadOnlySpan<byte> Cut => [Gs, (byte)'V', 66, 0];

    public static byte[] Ask(byte n) => [Dle, Eot, n];

    /// <summary>A reply to DLE EOT n.</summary>
    public static bool IsStatus(byte value) => (value & 0x93) == 0x12;

    /// <summary>The first of four bytes that the printer sends by itself.</summary>
    public static bool IsStatusBack(byte value) => (value & 0x93) == 0x10;

    /// <summary>Bytes two to four of them, and the reply to GS r.</summary>
    public static bool IsSensors(byte value) => (value & 0x90) == 0;
}
