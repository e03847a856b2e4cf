using System.Text.Json.Nodes;

namespace Kiosk.Hardware.Printers.EscPos.Emulation;

/// <summary>The roll and what hangs out of the printer.</summary>
internal sealed class PaperStrip
{
    public const int SlipLimit = 20, LineLimit = 2000;

    private readonly LinkedList<IReadOnlyList<PrintedLine>> _slips = new();
    private List<PrintedLine> _hanging = [];

    /// <summary>Lines left on the roll.</summary>
    public int Left { get; private set; } = int.MaxValue;

    public bool NearEnd { get; set; }

    public bool Out => Left <= 0;

    /// <summary>Slips cut or torn off since the start.</summary>
    public int SlipCount { get; private set; }

    public void Print(PrintedLine line, int lines)
    {
        if (_hanging.Count < LineLimit) _hanging.Add(line);
        Feed(lines);
    }

    public void Feed(int lines)
    {
        if (Left != int.MaxValue) Left = Math.Max(0, Left - lines);
    }

    public void Cut()
    {
        // A blank piece falls on the floor.
        if (_hanging.Count == 0) return;
        _slips.AddLast(_hanging);
        if (_slips.Count > SlipLimit) _slips.RemoveFirst();
        _hanging = [];
        SlipCount++;
    }

    /// <summary>A new roll. What hangs out of the printer was on the old one, and falls.</summary>
    public void Load(int lines)
    {
        if (Out && lines > 0 && _hanging.Count > 0)
        {
            _hanging.Add(new PrintedLine.Torn());
            Cut();
        }

        Left = lines;
    }

    public void Clear()
    {
        _slips.Clear();
        _hanging = [];
        (Left, NearEnd) = (int.MaxValue, false);
    }

    public JsonArray Slips() => new([.. _slips.Select(slip => (JsonNode)Lines(slip))]);

    public JsonArray Hanging() => Lines(_hanging);

    private static JsonArray Lines(IEnumerable<PrintedLine> lines) => new([.. lines.Select(line => (JsonNode)line.ToJson())]);
}
