using System.Globalization;
using Kiosk.Ui.Screens.Reports.Charts;

namespace Kiosk.Ui.Screens.Promises;

/// <summary>Days side by side, each with its own place, and how high the picture reaches.</summary>
internal sealed class DayAxis(Drawing drawing, IReadOnlyList<DateOnly> days, int top)
{
    private const int Left = 84, Right = 12, Top = 34, Bottom = 30, MostNames = 16;

    private readonly double _top = Math.Max(1, top);

    public double Slot => (double)(drawing.Width - Left - Right) / Math.Max(1, days.Count);

    public double End => drawing.Width - Right;

    /// <summary>The middle of a day's place.</summary>
    public double X(int index) => Left + ((index + 0.5) * Slot);

    public double Y(double value) => Top + ((1 - (value / _top)) * (drawing.Height - Top - Bottom));

    /// <param name="label">Of a value on the upright axis.</param>
    public void Draw(int step, Func<int, string> label)
    {
        for (var value = 0; value <= _top; value += step)
        {
            drawing.Line(Left, Y(value), End, Y(value), value == 0 ? "axis" : "grid").Text(Left - 8, Y(value) + 5, label(value), "tick", "end");
        }

        var every = Math.Max(1, (int)Math.Ceiling((double)days.Count / MostNames));
        for (var index = 0; index < days.Count; index += every)
        {
            drawing.Text(X(index), drawing.Height - Bottom + 20, days[index].ToString("MM-dd", CultureInfo.InvariantCulture), "tick", "middle");
        }
    }

    /// <summary>A line with a mark at each day; it breaks where a day has no figure.</summary>
    public void Curve(IReadOnlyList<double?> values, string css, Func<int, bool> square)
    {
        var run = new List<(double X, double Y)>();
        for (var index = 0; index <= values.Count; index++)
        {
            if (index < values.Count && values[index] is { } value)
            {
                run.Add((X(index), Y(value)));
                continue;
            }

            drawing.Path(run, css);
            run.Clear();
        }

        for (var index = 0; index < values.Count; index++)
        {
            if (values[index] is { } value) drawing.Dot(X(index), Y(value), css + "-dot", square(index));
        }
    }
}
