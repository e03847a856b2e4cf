namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>
/// The numbers of ZVT that we use. Source: Verband der Terminalhersteller, ECR-Interface ZVT-Protocol, PA00P015 revision 13.07 (commands, bitmaps, error
/// messages) and PA00P016 revision 04 (transport).
/// </summary>
internal static class ZvtProtocol
{
    // Host to terminal, PA00P015 chapter 2.
    public const ushort StatusEnquiry = 0x0501, Register = 0x0600, Authorise = 0x0601, LogOff = 0x0602, RepeatReceipt = 0x0620, Reverse = 0x0630,
        EndOfDay = 0x0650, Diagnose = 0x0670, AbortByHost = 0x06B0;

    // Terminal to host, PA00P015 chapter 3.
    public const ushort Status = 0x040F, Intermediate = 0x04FF, Completion = 0x060F, AbortByTerminal = 0x061E, PrintLine = 0x06D1, PrintBlock = 0x06D3;

    // Answers; 84 00 is as good as 80 00.
    public const ushort Accepted = 0x8000, AcceptedToo = 0x8400, Wait = 0x849C, NotIssued = 0x8466, NotKnown = 0x8483;

    // Bitmaps, PA00P015 chapter "Summary of utilised BMPs".
    public const byte BmpTimeout = 0x01, BmpMostStatuses = 0x02, BmpService = 0x03, BmpAmount = 0x04, BmpTlv = 0x06, BmpTrace = 0x0B, BmpStatusByte = 0x19,
        BmpCardNumber = 0x22, BmpResult = 0x27, BmpTerminalId = 0x29, BmpOriginalTrace = 0x37, BmpAuthorisation = 0x3B, BmpCurrency = 0x49, BmpTotals = 0x60,
        BmpReceipt = 0x87, BmpCardName = 0x8B, BmpSoftware = 0xF0;

    // Tags within BMP 06, PA00P015 chapter "TLV-Container".
    public const int TagLine = 0x07, TagCommand = 0x0A, TagLines = 0x25, TagCommands = 0x26, TagReceiptType = 0x1F07;

    /// <summary>Service byte of 06 20: status information only, and of the last payment whether it was repeated before or not. devices.md, "query".</summary>
    public const byte LastStatusOnly = 0x03;

    /// <summary>Status byte of the completion of 06 00: bit 2 of the manual, "diagnosis necessary".</summary>
    public const byte DiagnosisNecessary = 0x02;

    public static Apdu Yes { get; } = Apdu.Of(Accepted);

    /// <summary>84 9C 00: the host has not issued yet, repeat the status in two seconds.</summary>
    public static Apdu NotYet { get; } = Apdu.Of(Wait);

    /// <summary>84 66 00: the host could not issue, take the payment back.</summary>
    public static Apdu TakeBack { get; } = Apdu.Of(NotIssued);

    public static Apdu CannotDo { get; } = Apdu.Of(NotKnown);
}

/// <summary>Result codes that decide something; the words for all of them are in <see cref="ResultText"/>.</summary>
internal static class ZvtResult
{
    public const byte Done = 0x00, NotRegistered = 0x6B, Aborted = 0x6C, WrongCurrency = 0x6F, NotPossible = 0x83, Busy = 0x9C, AlreadyReversed = 0xB4,
        DiagnosisRequired = 0xC2, PrinterNotReady = 0xCC, CardInserted = 0xDC, EndOfDayDue = 0xF0;
}
