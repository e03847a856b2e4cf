namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>What the card terminal shows, for the customer who looks at this screen (ZVT specification, intermediate status information 04 FF).</summary>
internal static class CardShows
{
    private const int AndRemoveCard = 0x40;

    /// <summary>Key of a sentence. Codes 41h to 5Dh are those of 01h to 1Dh, with "please remove card".</summary>
    public static string Sentence(int? code) => code switch
    {
        null => "pay.card.follow",
        >= 0x41 and <= 0x5D => RemoveAfter(code.Value - AndRemoveCard),
        0x00 => "pay.card.amount",
        0x01 or 0x02 or 0x0F => "pay.card.pad",
        0x04 or 0xD2 or 0xD3 => "pay.card.bank",
        0x05 or 0x06 => "pay.card.wait",
        0x03 or 0x07 or 0x08 or 0x10 => "pay.card.not-admitted",
        0x09 => "pay.card.expired",
        0x0A => "pay.card.insert",
        0x0B => "pay.card.remove",
        0x0C or 0x19 => "pay.card.unreadable",
        0x0E or 0x17 or 0x28 or 0x29 or 0x2B or 0x2C => "pay.card.wait",
        0x14 or 0x16 => "pay.card.limit",
        0x15 => "pay.card.wrong-pin",
        0x18 => "pay.card.pin-blocked",
        0x1B or 0x1C => "pay.card.approved",
        0x1D or 0x0D or 0x12 or 0x13 => "pay.card.declined",
        0xE0 => "pay.card.choose",
        0xE1 => "pay.card.language",
        _ => "pay.card.follow",
    };

    private static string RemoveAfter(int code) => Sentence(code) switch
    {
        "pay.card.approved" => "pay.card.approved-remove",
        "pay.card.wait" or "pay.card.bank" or "pay.card.pad" or "pay.card.follow" or "pay.card.remove" or "pay.card.insert" => "pay.card.remove",
        var refused => refused + "-remove",
    };
}
