namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>What a validator tells when it is polled. GA138, event tables of NV9USB, NV11, NV200.</summary>
internal enum SspEventCode : byte
{
    ChannelsDisabled = 0xB5,
    Initialising = 0xB6,
    Stacking = 0xCC,
    NotePathOpen = 0xE0,
    ClearedToFront = 0xE1,
    ClearedToCashBox = 0xE2,
    CashBoxRemoved = 0xE3,
    CashBoxReplaced = 0xE4,
    BarCodeValidated = 0xE5,
    FraudAttempt = 0xE6,
    StackerFull = 0xE7,
    Disabled = 0xE8,
    UnsafeJam = 0xE9,
    SafeJam = 0xEA,
    Stacked = 0xEB,
    Rejected = 0xEC,
    Rejecting = 0xED,
    Credit = 0xEE,
    Read = 0xEF,
    Reset = 0xF1,
}

/// <param name="Channel">1 and up; 0 where there is none, or the validator does not know the note.</param>
internal readonly record struct SspEvent(SspEventCode Code, int Channel = 0)
{
    /// <summary>A validator that is polled with acknowledgement repeats these until EVENT ACK, also over a loss of power.</summary>
    public bool WantsAck => Code is SspEventCode.Credit or SspEventCode.ClearedToFront or SspEventCode.ClearedToCashBox or SspEventCode.FraudAttempt;

    private static bool HasChannel(SspEventCode code) =>
        code is SspEventCode.Read or SspEventCode.Credit or SspEventCode.ClearedToFront or SspEventCode.ClearedToCashBox or SspEventCode.FraudAttempt;

    /// <summary>The events of an answer to a poll, oldest first.</summary>
    /// <param name="arguments">Behind OK.</param>
    /// <param name="stray">The first byte that is no known event: how long it is nobody knows, so that the rest cannot be read. Null if all was.</param>
    public static IReadOnlyList<SspEvent> Read(ReadOnlySpan<byte> arguments, out byte? stray)
    {
        var events = new List<SspEvent>();
        for (var at = 0; at < arguments.Length; at++)
        {
            var code = (SspEventCode)arguments[at];
            stray = arguments[at];
            if (!Enum.IsDefined(code)) return events;
            if (!HasChannel(code)) events.Add(new SspEvent(code));
            else if (++at < arguments.Length) events.Add(new SspEvent(code, arguments[at]));
            else return events;
        }

        stray = null;
        return events;
    }

    public byte[] ToBytes() => HasChannel(Code) ? [(byte)Code, (byte)Channel] : [(byte)Code];

    public override string ToString() => Channel == 0 ? $"{Code} ({(byte)Code:X2}h)" : $"{Code} ({(byte)Code:X2}h) channel {Channel}";
}
