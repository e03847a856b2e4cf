namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>
/// The words of ITL's Smiley Secure Protocol for banknote validators. Source: ITL GA138, "SSP Protocol Manual" 2.2: general description and transport
/// layer (frames, sequence bit), generic responses, command and event tables of NV9USB, NV11 and NV200.
/// </summary>
internal static class SspProtocol
{
    /// <summary>Commands.</summary>
    public const byte SetInhibits = 0x02, SetupRequest = 0x05, HostProtocolVersion = 0x06, Poll = 0x07, Reject = 0x08, Disable = 0x09, Enable = 0x0A,
        SerialNumber = 0x0C, Sync = 0x11, Hold = 0x18, PollWithAck = 0x56, EventAck = 0x57, GetCounters = 0x58;

    /// <summary>Generic responses.</summary>
    public const byte Ok = 0xF0, UnknownCommand = 0xF2, WrongParameters = 0xF3, OutOfRange = 0xF4, CannotBeProcessed = 0xF5, SoftwareError = 0xF6,
        Fail = 0xF8, KeyNotSet = 0xFA;

    /// <summary>The oldest protocol version with a cash box switch, and the newest whose events this driver knows.</summary>
    public const int OldestVersion = 4, NewestVersion = 7;

    /// <summary>A validator takes one away from the bus of up to 127; 0 is the only one on most lines.</summary>
    public const int MostAddress = 0x7D;

    /// <summary>From this version on SETUP REQUEST has currency and value of each channel in full.</summary>
    public const int FullChannelsVersion = 6;

    /// <summary>An enabled validator that is not asked for so long disables itself, and one that holds a note gives it back.</summary>
    public static TimeSpan PollWithin { get; } = TimeSpan.FromSeconds(5);

    public static string NameOf(byte response) => response switch
    {
        Ok => "OK",
        UnknownCommand => "COMMAND NOT KNOWN",
        WrongParameters => "WRONG NO PARAMETERS",
        OutOfRange => "PARAMETER OUT OF RANGE",
        CannotBeProcessed => "COMMAND CANNOT BE PROCESSED",
        SoftwareError => "SOFTWARE ERROR",
        Fail => "FAIL",
        KeyNotSet => "KEY NOT SET: the validator wants encryption, which this driver does not speak",
        _ => $"{response:X2}h",
    };
}
