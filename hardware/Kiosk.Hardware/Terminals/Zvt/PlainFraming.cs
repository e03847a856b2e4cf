namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>TCP: one message behind the other, in pieces of any size (PA00P016, chapter TCP/IP).</summary>
internal sealed class PlainFraming : IZvtFraming
{
    private readonly List<byte> _arrived = [];

    public bool Acknowledges => false;

    public bool Midway => _arrived.Count > 0;

    public byte[] Wrap(Apdu message) => message.ToBytes();

    public WireSign? Receive(byte value)
    {
        _arrived.Add(value);

        // The length stands in the header: it need not be worked out from the whole message for each byte.
        Span<byte> header = stackalloc byte[Apdu.LongestHeader];
        for (var place = 0; place < Math.Min(_arrived.Count, header.Length); place++) header[place] = _arrived[place];
        if (_arrived.Count != Apdu.LengthOf(header[..Math.Min(_arrived.Count, header.Length)])) return null;
        var whole = Apdu.Read(_arrived.ToArray());
        _arrived.Clear();
        return new WireSign.Message(whole);
    }

    public void Forget() => _arrived.Clear();
}
