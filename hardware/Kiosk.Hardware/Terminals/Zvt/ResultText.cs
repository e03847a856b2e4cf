using System.Collections.Frozen;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Result and status codes in words for the technician (PA00P015, chapters "Error-Messages" and "Terminal Status Codes").</summary>
internal static class ResultText
{
    private static readonly FrozenDictionary<byte, string> Words = new Dictionary<byte, string>
    {
        [0x51] = "initialisation required", [0x64] = "card not readable", [0x65] = "no card data", [0x66] = "processing error", [0x6A] = "turnover file full",
        [0x6B] = "not registered", [0x6C] = "aborted by time-out or key", [0x6F] = "wrong currency", [0x72] = "chip error", [0x77] = "end of day not possible",
        [0x78] = "card expired", [0x7D] = "communication error", [0x83] = "function not possible", [0x85] = "key missing", [0x89] = "PIN pad defective",
        [0x9A] = "protocol error", [0x9B] = "line to the card network is down", [0x9C] = "busy", [0xA0] = "receiver not ready",
        [0xA1] = "card network does not answer", [0xA3] = "no connection to the card network", [0xB1] = "memory full", [0xB2] = "merchant journal full",
        [0xB4] = "already reversed", [0xB5] = "reversal not possible", [0xBF] = "supply voltage too low", [0xC2] = "diagnosis required",
        [0xC3] = "amount above the limit", [0xC5] = "payment method not supported", [0xC6] = "currency not supported", [0xC8] = "amount too small",
        [0xCC] = "printer not ready", [0xDC] = "card inserted", [0xDF] = "out of order", [0xE0] = "remote maintenance", [0xE1] = "card not removed",
        [0xE2] = "card reader defective", [0xE4] = "terminal must be activated", [0xED] = "PIN pad defective", [0xF0] = "end of day due",
        [0xFC] = "a device of the terminal is missing or defective", [0xFF] = "system error",
    }.ToFrozenDictionary();

    /// <summary>As <c>6B not registered</c>; codes below 64h are of the card's bank.</summary>
    public static string Of(byte code) => Words.TryGetValue(code, out var words) ? $"{code:X2} {words}" : code is > 0 and < 0x64 ? $"{code:X2} of the bank" : $"{code:X2}";
}
