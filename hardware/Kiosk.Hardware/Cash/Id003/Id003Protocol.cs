namespace Kiosk.Hardware.Cash.Id003;

/// <summary>
/// The words of JCM's ID-003 in polling mode. Source: ID-003 Communication Specification ID03-001E (revision 05): section 3 (messages), 5 (commands and responses),
/// 6-2-1 (regular status), 6-2-2 (power-up status), 6-2-3 (error status), 6-3 (operation commands), 6-5 to 6-7 (settings).
/// </summary>
internal static class Id003Protocol
{
    /// <summary>Controller to acceptor. ACK has no answer; operations are answered ACK or INVALID COMMAND, settings with themselves.</summary>
    public const byte StatusRequest = 0x11, Reset = 0x40, Stack1 = 0x41, Return = 0x43, Hold = 0x44, Ack = 0x50, CurrencyAssign = 0x8A,
        Denominations = 0xC0, Security = 0xC1, CommunicationMode = 0xC2, Inhibit = 0xC3;

    public const byte InvalidCommand = 0x4B, Enquiry = 0x05;

    /// <summary>Escrow data and bit 0 of the denominations.</summary>
    public const byte FirstDenomination = 0x61;

    /// <summary>Two bytes of bits.</summary>
    public const int MostDenominations = 16;

    /// <summary>Answered to a status request; what is not among them belongs to a recycler or is no status.</summary>
    public static bool IsStatus(byte code) => Enum.IsDefined((Id003Status)code);
}

internal enum Id003Status : byte
{
    Idling = 0x11,
    Accepting = 0x12,

    /// <summary>With the denomination.</summary>
    Escrow = 0x13,
    Stacking = 0x14,

    /// <summary>The credit. Told until it is acknowledged.</summary>
    VendValid = 0x15,
    Stacked = 0x16,

    /// <summary>With the reason.</summary>
    Rejecting = 0x17,
    Returning = 0x18,
    Holding = 0x19,
    Disabled = 0x1A,
    Initializing = 0x1B,

    /// <summary>The three power-up states last until RESET.</summary>
    PowerUp = 0x40,
    PowerUpNoteInAcceptor = 0x41,
    PowerUpNoteInStacker = 0x42,
    StackerFull = 0x43,
    StackerOpen = 0x44,
    JamInAcceptor = 0x45,
    JamInStacker = 0x46,
    Pause = 0x47,
    Cheated = 0x48,

    /// <summary>With the reason.</summary>
    Failure = 0x49,
    CommunicationError = 0x4A,
}
