using Kiosk.Domain.Reports;
using Kiosk.Ui.Screens.Reports.Charts;

namespace Kiosk.Ui.Screens.Forecast;

/// <summary>The half hours of a forecast side by side; a pause between them is one empty place.</summary>
internal sealed class OutlookAxis
{
    private const int Left = 64, Right = 12, Top = 40, Bottom = 30, MostLabels = 14;

    private readonly Drawing _drawing;
    private readonly int _top;
    private readonly List<(OutlookHalf Half, int Place)> _places = [];
    private readonly int _count;

    public OutlookAxis(Drawing drawing, IReadOnlyList<OutlookHalf> halves, int top)
    {
        (_drawing, _top) = (drawing, Math.Max(1, top));
        for (var index = 0; index < halves.Count; index++)
        {
            if (index > 0 && halves[index].Minute - halves[index - 1].Minute > 30) _count++;
            _places.Add((halves[index], _count++));
        }
    }

    public double Slot => (double)(_drawing.Width - Left - Right) / Math.Max(1, _count);

    public double Base => _drawing.Height - Bottom;

    public double X(int index) => Left + (_places[index].Place * Slot);

    public double Y(double value) => Top + ((1 - (value / _top)) * (_drawing.Height - Top - Bottom));

    public void Draw(int step)
    {
        for (var value = 0; value <= _top; value += step)
        {
            _drawing.Line(Left, Y(value), _drawing.Width - Right, Y(value), value == 0 ? "axis" : "grid")
                .Text(Left - 8, Y(value) + 5, value.ToString(System.Globalization.CultureInfo.InvariantCulture), "tick", "end");
        }

        var every = Math.Max(1, (int)Math.Ceiling(_places.Count / (double)MostLabels));
        for (var index = 0; index < _places.Count; index += every) _drawing.Text(X(index), Base + 20, _places[index].Half.From, "tick", "middle");
    }

    /// <summary>A line that keeps its height for each half hour; it breaks where there is no figure or a pause.</summary>
    public void Steps(string css, Func<OutlookHalf, double?> of)
    {
        var run = new List<(double X, double Y)>();
        for (var index = 0; index <= _places.Count; index++)
        {
            var value = index < _places.Count ? of(_places[index].Half) : null;
            if (value is null || (index > 0 && run.Count > 0 && _places[index].Place > _places[index - 1].Place + 1))
            {
                _drawing.Path([.. run], css);
                run.Clear();
            }

            if (value is not { } height) continue;
            run.Add((X(index), Y(height)));
            run.Add((X(index) + Slot, Y(height)));
        }
    }
}
