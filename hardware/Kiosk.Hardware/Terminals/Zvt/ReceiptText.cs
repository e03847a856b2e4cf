using System.Text;
using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Lines for a receipt that the terminal lets the host print; card numbers in them are masked.</summary>
internal sealed record ReceiptText(CardReceiptKind Kind, IReadOnlyList<string> Lines)
{
    /// <summary>Tag 1F07: 1 is the merchant's, 2 the customer's, 3 of administration.</summary>
    private const byte CustomersReceipt = 2;

    /// <summary>Attribute of 06 D1 for an empty feed: the number of lines follows instead of a text.</summary>
    private const byte Feed = 0xFF;

    /// <summary>The character set of terminals without an agreed other one.</summary>
    private static readonly Encoding Letters = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    /// <param name="message">06 D1 or 06 D3.</param>
    /// <returns>Null where it is malformed.</returns>
    public static ReceiptText? Read(Apdu message) => message.Command == PrintLine ? ReadLine(message.Data) : ReadBlock(message.Data);

    public static byte[] Write(string line) => Letters.GetBytes(line);

    /// <summary>06 D1 attribute text. It does not say whose receipt it is; the terminal sends the customer's only, or both behind each other.</summary>
    private static ReceiptText? ReadLine(byte[] data) => data switch
    {
        [] => null,
        [Feed, var lines] => new(CardReceiptKind.Customer, [.. Enumerable.Repeat("", lines)]),
        [_, .. var text] => new(CardReceiptKind.Customer, [Masked(text)]),
    };

    /// <summary>06 D3: BMP 06 with the type of receipt and its lines.</summary>
    private static ReceiptText? ReadBlock(byte[] data)
    {
        if (BmpReader.Read(data) is not { } fields || !fields.TryGetValue(BmpTlv, out var container) || TlvReader.Read(container) is not { } elements) return null;
        var kind = elements.Any(element => element is (TagReceiptType, [CustomersReceipt])) ? CardReceiptKind.Customer : CardReceiptKind.Merchant;
        var lines = new List<string>();
        foreach (var (_, block) in elements.Where(element => element.Tag == TagLines))
        {
            if (TlvReader.Read(block) is not { } texts) return null;
            lines.AddRange(texts.Where(text => text.Tag == TagLine).Select(text => Masked(text.Value)));
        }

        return new ReceiptText(kind, lines);
    }

    private static string Masked(byte[] text) => CardNumber.Mask(Letters.GetString(text).TrimEnd('\0', '\r', '\n'));
}
