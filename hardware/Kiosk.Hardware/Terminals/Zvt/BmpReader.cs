using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;
namespace Kiosk.Hardware.Terminals.Zvt;


/// <summary>Takes the bitmaps of a message apart (PA00P015, chapter "Summary of utilised BMPs").</summary>
internal static class BmpReader
{
    private const int Ll = -2, Lll = -3, Tlv = -1;

    /// <summary>The fixed length of each, or how its length is written.</summary>
    private static readonly Dictionary<byte, int> Lengths = new()
    {
        [BmpTimeout] = 1, [BmpMostStatuses] = 1, [BmpService] = 1, [BmpAmount] = 6, [0x05] = 1, [BmpTlv] = Tlv, [BmpTrace] = 3, [0x0C] = 3, [0x0D] = 2,
        [0x0E] = 2, [0x17] = 2, [BmpStatusByte] = 1, [BmpCardNumber] = Ll, [0x23] = Ll, [0x24] = Lll, [BmpResult] = 1, [BmpTerminalId] = 4, [0x2A] = 15,
        [0x2D] = Ll, [0x2E] = Lll, [BmpOriginalTrace] = 3, [0x3A] = 2, [BmpAuthorisation] = 8, [0x3C] = Lll, [0x3D] = 3, [BmpCurrency] = 2,
        [BmpTotals] = Lll, [BmpReceipt] = 2, [0x88] = 3, [0x8A] = 1, [BmpCardName] = Ll, [0x8C] = 1, [0x92] = Lll, [0x9A] = Lll, [0xA0] = 1, [0xA7] = Ll,
        [0xAA] = 3, [0xAF] = Lll, [0xBA] = 5, [0xD0] = 1, [0xD1] = Ll, [0xD2] = 1, [0xD3] = 1, [BmpSoftware] = Lll,
    };

    /// <summary>Tracks, chip data, CVC and PIN blocks, and texts in which a number may stand: nobody needs them here.</summary>
    private static readonly HashSet<byte> Secret = [0x23, 0x24, 0x2D, 0x2E, 0x3A, 0x3C, 0x3D, 0x92, 0x9A, 0xA7, 0xAF, 0xD1];

    /// <summary>
    /// The fields up to the first one that is not known: its length is not known either, and newer terminals put their new ones at the end. A card number
    /// comes out as the last four digits or less, in the letters of <see cref="CardNumber.OfBmp"/>.
    /// </summary>
    /// <returns>Null where a field does not fit into the data, or comes twice.</returns>
    public static IReadOnlyDictionary<byte, byte[]>? Read(ReadOnlySpan<byte> data)
    {
        var fields = new Dictionary<byte, byte[]>();
        while (!data.IsEmpty)
        {
            var id = data[0];
            if (!Lengths.TryGetValue(id, out var kind)) return fields;
            data = data[1..];
            if (LengthOf(kind, ref data) is not { } length || length > data.Length) return null;
            if (!fields.TryAdd(id, Keep(id, data[..length]))) return null;
            data = data[length..];
        }

        return fields;
    }

    private static byte[] Keep(byte id, ReadOnlySpan<byte> value) =>
        Secret.Contains(id) ? [] : id == BmpCardNumber ? System.Text.Encoding.UTF8.GetBytes(CardNumber.OfBmp(value)) : value.ToArray();

    private static int? LengthOf(int kind, ref ReadOnlySpan<byte> data) => kind switch
    {
        Tlv => TlvReader.LengthAt(ref data),
        < 0 => DigitsAt(-kind, ref data),
        _ => kind,
    };

    /// <summary>LL-Var, LLL-Var: a digit in the low half of each byte, the high half F.</summary>
    private static int? DigitsAt(int digits, ref ReadOnlySpan<byte> data)
    {
        if (data.Length < digits) return null;
        var length = 0;
        foreach (var digit in data[..digits])
        {
            if ((digit & 0xF0) != 0xF0 || (digit & 15) > 9) return null;
            length = (length * 10) + (digit & 15);
        }

        data = data[digits..];
        return length;
    }
}
