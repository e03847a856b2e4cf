using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Serial line: <c>10 02 message 10 03 crcLo crcHi</c>, 10h in the message doubled, each frame answered with 06h or 15h (PA00P016, chapter RS232).</summary>
internal sealed class DleFraming : IZvtFraming
{
    public const byte Ack = 0x06, Nak = 0x15;

    private const byte Dle = 0x10, Stx = 0x02, Etx = 0x03;

    /// <summary>The longest message that the length field allows.</summary>
    private const int Longest = Apdu.LongestHeader + 0xFFFF;

    private readonly List<byte> _message = [];
    private Place _place;
    private byte _crcLow;

    private enum Place
    {
        Outside,
        OutsideDle,
        Inside,
        InsideDle,
        CrcLow,
        CrcHigh,
    }

    public bool Acknowledges => true;

    public bool Midway => _place != Place.Outside;

    public byte[] Wrap(Apdu message)
    {
        var bytes = message.ToBytes();
        var crc = Crc16.Kermit.Of([.. bytes, Etx]);
        return [Dle, Stx, .. bytes.SelectMany(value => value == Dle ? new[] { Dle, Dle } : [value]), Dle, Etx, (byte)crc, (byte)(crc >> 8)];
    }

    public WireSign? Receive(byte value)
    {
        switch (_place, value)
        {
            case (Place.Outside, Dle): _place = Place.OutsideDle; return null;
            case (Place.Outside, Ack): return new WireSign.Ack();
            case (Place.Outside, Nak): return new WireSign.Nak();
            case (Place.Outside, _): return null;
            case (Place.OutsideDle or Place.InsideDle, Stx): _message.Clear(); _place = Place.Inside; return null;
            case (Place.OutsideDle, _): _place = Place.Outside; return null;
            case (Place.Inside, Dle): _place = Place.InsideDle; return null;
            case (Place.Inside, _): return Add(value);
            case (Place.InsideDle, Dle): _place = Place.Inside; return Add(value);
            case (Place.InsideDle, Etx): _place = Place.CrcLow; return null;
            case (Place.CrcLow, _): (_crcLow, _place) = (value, Place.CrcHigh); return null;
            case (Place.CrcHigh, _): return End((ushort)(_crcLow | (value << 8)));
            default: return Damaged();
        }
    }

    public void Forget()
    {
        _message.Clear();
        _place = Place.Outside;
    }

    private WireSign.Damaged? Add(byte value)
    {
        _message.Add(value);
        return _message.Count <= Longest ? null : Damaged();
    }

    private WireSign End(ushort crc)
    {
        var bytes = _message.ToArray();
        if (Crc16.Kermit.Of([.. bytes, Etx]) != crc || Apdu.LengthOf(bytes) != bytes.Length) return Damaged();
        Forget();
        return new WireSign.Message(Apdu.Read(bytes));
    }

    private WireSign.Damaged Damaged()
    {
        Forget();
        return new WireSign.Damaged();
    }
}
