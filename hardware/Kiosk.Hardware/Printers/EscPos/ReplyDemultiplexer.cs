using static Kiosk.Hardware.Printers.EscPos.EscPosProtocol;

namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>What a printer may say, told apart.</summary>
internal abstract record PrinterReply
{
    private PrinterReply() { }

    /// <summary>To DLE EOT.</summary>
    public sealed record Status(byte Value) : PrinterReply;

    /// <summary>To GS r.</summary>
    public sealed record Marker : PrinterReply;

    /// <summary>To DLE DC4 function 8.</summary>
    public sealed record Cleared : PrinterReply;

    public sealed record StatusBack(PrinterCondition Condition) : PrinterReply;

    public sealed record Garbage(byte Value) : PrinterReply;
}

/// <summary>Tells one stream of bytes apart into replies. The answer to GS r and to DLE DC4 look like other bytes: they are only known while one is awaited.</summary>
internal sealed class ReplyDemultiplexer
{
    private readonly byte[] _back = new byte[4];
    private readonly List<byte> _block = [];
    private int _backCount;

    /// <summary>An answer to GS r.</summary>
    public bool MarkerAwaited { get; set; }

    /// <summary>The whole answer to GS ( H; null if none is awaited. One with another name is that of an earlier slip.</summary>
    public byte[]? NamedMarkerAwaited { get; set; }

    public bool ClearedAwaited { get; set; }

    /// <summary>Null while the byte is part of something longer, or flow control.</summary>
    public PrinterReply? Take(byte value)
    {
        if (value is Xon or Xoff) return null;
        if (_block.Count > 0 || (value == BlockHeader && (ClearedAwaited || NamedMarkerAwaited is not null))) return TakeBlock(value);
        if (IsStatus(value)) return new PrinterReply.Status(value);
        if (IsStatusBack(value))
        {
            (_back[0], _backCount) = (value, 1);
            return null;
        }

        if (!IsSensors(value))
        {
            _backCount = 0;
            return new PrinterReply.Garbage(value);
        }

        if (_backCount > 0) return TakeStatusBack(value);
        if (!MarkerAwaited) return new PrinterReply.Garbage(value);
        MarkerAwaited = false;
        return new PrinterReply.Marker();
    }

    private PrinterReply.StatusBack? TakeStatusBack(byte value)
    {
        _back[_backCount++] = value;
        if (_backCount < _back.Length) return null;
        _backCount = 0;
        return new PrinterReply.StatusBack(PrinterCondition.FromStatusBack(_back));
    }

    private PrinterReply? TakeBlock(byte value)
    {
        _block.Add(value);
        var wanted = _block is [_, SlipNamed, ..] ? Named([0, 0, 0, 0]).Length : Cleared.Length;
        if (_block.Count < wanted) return null;

        var block = _block.ToArray();
        _block.Clear();
        if (ClearedAwaited && Cleared.SequenceEqual(block))
        {
            ClearedAwaited = false;
            return new PrinterReply.Cleared();
        }

        if (NamedMarkerAwaited is null || !NamedMarkerAwaited.AsSpan().SequenceEqual(block)) return new PrinterReply.Garbage(value);
        NamedMarkerAwaited = null;
        return new PrinterReply.Marker();
    }
}
