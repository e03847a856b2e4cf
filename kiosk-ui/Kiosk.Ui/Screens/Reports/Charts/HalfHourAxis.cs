using Kiosk.Domain.Reports;

namespace Kiosk.Ui.Screens.Reports.Charts;

/// <summary>The half hours of a report side by side, without gaps, and how high the picture reaches.</summary>
internal sealed class HalfHourAxis
{
    private const int Left = 64, Right = 12, Top = 34, Bottom = 30, Most = 60;

    /// <summary>A place on the axis; null where nothing happened in that half hour.</summary>
    public IReadOnlyList<(string From, HalfHourFigures? Figures)> Places { get; }

    private readonly Drawing _drawing;
    private readonly int _top;

    public HalfHourAxis(Drawing drawing, IReadOnlyList<HalfHourFigures> halves, int top)
    {
        (_drawing, _top) = (drawing, Math.Max(1, top));
        Places = Fill(halves);
    }

    public double Slot => (double)(_drawing.Width - Left - Right) / Math.Max(1, Places.Count);

    public double X(int index) => Left + (index * Slot);

    public double Y(double value) => Top + ((1 - (value / _top)) * (_drawing.Height - Top - Bottom));

    public double Base => _drawing.Height - Bottom;

    public double End => _drawing.Width - Right;

    /// <param name="label">Of a value on the upright axis.</param>
    public void Draw(int step, Func<int, string> label)
    {
        for (var value = 0; value <= _top; value += step)
        {
            _drawing.Line(Left, Y(value), End, Y(value), value == 0 ? "axis" : "grid").Text(Left - 8, Y(value) + 5, label(value), "tick", "end");
        }

        var every = Math.Max(1, (int)Math.Ceiling(Places.Count / 14.0));
        for (var index = 0; index < Places.Count; index += every) _drawing.Text(X(index), Base + 20, Places[index].From, "tick", "middle");
    }

    // A business day that runs through the night would make the bars too thin: then only those that are there.
    private static List<(string From, HalfHourFigures? Figures)> Fill(IReadOnlyList<HalfHourFigures> halves)
    {
        var places = new List<(string From, HalfHourFigures? Figures)>();
        foreach (var half in halves)
        {
            if (places.Count > 0 && places[^1].Figures is { } last)
            {
                var missing = ((half.Minute - last.Minute) / 30) - 1;
                for (var n = 1; n <= missing && missing + halves.Count <= Most; n++) places.Add((half with { Minute = last.Minute + (n * 30) } is { From: var from } ? from : "", null));
            }

            places.Add((half.From, half));
        }

        return places;
    }
}
