namespace Kiosk.Hardware.Cash.Ssp;

/// <summary>Bytes to frames, on both ends of the line. A lone 7F begins a frame wherever it comes; one that breaks off is forgotten.</summary>
internal sealed class SspReceiver
{
    private readonly List<byte> _bytes = [];
    private bool _inside, _half;

    /// <summary>Frames that broke off or had a wrong checksum.</summary>
    public int BadFrames { get; private set; }

    /// <returns>The frame that this byte ends, if it does.</returns>
    public SspFrame? Take(byte value)
    {
        if (value == SspFrame.Start && !_half)
        {
            // The next byte tells: another 7F is one of the data, anything else begins a frame.
            _half = true;
            return null;
        }

        if (_half && value != SspFrame.Start) Begin();
        _half = false;
        return _inside ? Add(value) : null;
    }

    public void Forget()
    {
        _bytes.Clear();
        (_inside, _half) = (false, false);
    }

    private void Begin()
    {
        if (_inside) BadFrames++;
        _bytes.Clear();
        _inside = true;
    }

    private SspFrame? Add(byte value)
    {
        _bytes.Add(value);
        if (_bytes.Count < 2 || _bytes.Count < _bytes[1] + 4) return null;

        var frame = SspFrame.Read([.. _bytes]);
        if (frame is null) BadFrames++;
        Forget();
        return frame;
    }
}
