namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>What an event without an item is about.</summary>
internal enum CcTalkMeaning
{
    /// <summary>Refused, inhibited, a bar code: nothing of worth was moved.</summary>
    Nothing,
    Returned,
    PulledBack,
    Jam,
    Fraud,
    BoxRemoved,
    BoxInserted,
    BoxFull,
    BoxWell,
    Broken,

    /// <summary>Something was kept of which the device does not know the value.</summary>
    KeptUnknown,
}

/// <summary>Part 3 of the specification: table 2 (coin events), table 3 (self-check), table 7 (bill events).</summary>
internal static class CcTalkCodes
{
    public static CcTalkMeaning OfBillEvent(byte code) => code switch
    {
        1 => CcTalkMeaning.Returned,
        6 or 7 or 15 or 16 => CcTalkMeaning.Jam,
        8 => CcTalkMeaning.PulledBack,
        9 or 17 or 18 => CcTalkMeaning.Fraud,
        10 => CcTalkMeaning.BoxWell,
        11 => CcTalkMeaning.BoxRemoved,
        12 => CcTalkMeaning.BoxInserted,
        13 or 19 or 255 => CcTalkMeaning.Broken,
        14 => CcTalkMeaning.BoxFull,
        21 => CcTalkMeaning.KeptUnknown,
        _ => CcTalkMeaning.Nothing,
    };

    public static CcTalkMeaning OfCoinEvent(byte code) => code switch
    {
        // Credit sensor timed out or blocked, sorter, reject and manifold sensors blocked: a coin is where it cannot fall on.
        6 or 7 or 14 or 15 or 26 or 31 or 32 => CcTalkMeaning.Jam,

        // Out of sequence, backwards, too fast or slow over the credit sensor, on a string, too early; light from outside.
        16 or 17 or 18 or 19 or 20 or 23 or 40 => CcTalkMeaning.Fraud,
        29 or 30 or 35 or 255 => CcTalkMeaning.Broken,
        36 => CcTalkMeaning.KeptUnknown,
        _ => CcTalkMeaning.Nothing,
    };

    /// <returns>Null: all is well.</returns>
    public static DeviceFault? OfSelfCheck(byte code) => code switch
    {
        0 => null,
        20 or 41 => DeviceFault.FraudAttempt,
        39 or 253 => DeviceFault.Jam,
        44 => DeviceFault.CashBoxRemoved,
        45 => DeviceFault.CashBoxFull,
        33 or 34 => DeviceFault.AutoRecoverable,
        51 => DeviceFault.CoverOpen,
        _ => DeviceFault.Unrecoverable,
    };
}
