namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>Numbers of the ccTalk Generic Specification, part 1 (frames), part 2 (headers) and part 3 (tables of codes), version 4.6.</summary>
internal static class CcTalkProtocol
{
    public const byte Host = 1, NotesAddress = 40, CoinsAddress = 2;

    /// <summary>Headers of answers.</summary>
    public const byte Answer = 0, Nak = 5, Busy = 6;

    /// <summary>Headers of questions and orders, part 2.</summary>
    public const byte ResetDevice = 1, RequestBillOperatingMode = 152, ModifyBillOperatingMode = 153, RouteBill = 154, RequestCountryScalingFactor = 156, RequestBillId = 157,
        ReadBufferedBillEvents = 159, RequestCoinId = 184, RequestAcceptCounter = 225, RequestMasterInhibit = 227, ModifyMasterInhibit = 228, ReadBufferedCredit = 229,
        RequestInhibit = 230, ModifyInhibit = 231, PerformSelfCheck = 232, RequestProductCode = 244, RequestCategory = 245, RequestManufacturer = 246, SimplePoll = 254;

    /// <summary>Header 153: bit 0 stacker, bit 1 escrow.</summary>
    public const byte StackerAndEscrow = 3;

    /// <summary>Header 154.</summary>
    public const byte RouteReturn = 0, RouteStack = 1, RouteWait = 255, EscrowEmpty = 254, RouteFailed = 255;

    /// <summary>Result B of a bill event whose result A is a bill type: header 159, part 3 table 7.</summary>
    public const byte BillStacked = 0, BillInEscrow = 1;

    /// <summary>Headers 159 and 229: events kept; coin and bill types of a two-byte inhibit mask, header 231.</summary>
    public const int EventsKept = 5, Types = 16;

    /// <summary>Header 229: the counter runs from 1 to 255 and then from 1 again; 0 is only after power-up or reset.</summary>
    public const int CounterRound = 255;
}
