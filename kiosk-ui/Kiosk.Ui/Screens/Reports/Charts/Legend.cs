namespace Kiosk.Ui.Screens.Reports.Charts;

/// <summary>What the lines and areas of a chart stand for: a sample of each above the picture, all of one size, and its words behind it.</summary>
/// <param name="middle">How far down the samples lie.</param>
internal sealed class Legend(Drawing drawing, double middle, double width, double height)
{
    private const int Gap = 8, BelowMiddle = 6;

    /// <summary>Of a chart whose lines have marks.</summary>
    public static Legend OfCurves(Drawing drawing) => new(drawing, 11, 36, 16);

    /// <summary>Of a chart whose lines are steps.</summary>
    public static Legend OfSteps(Drawing drawing) => new(drawing, 13, 26, 14);

    public Legend Line(double x, string css, string words)
    {
        drawing.Line(x, middle, x + width, middle, css);
        return Words(x + width + Gap, words);
    }

    /// <summary>A line with a mark at each figure.</summary>
    public Legend Curve(double x, string css, bool square, string words)
    {
        drawing.Line(x, middle, x + width, middle, css).Dot(x + (width / 2), middle, css + "-dot", square);
        return Words(x + width + Gap, words);
    }

    public Legend Area(double x, string css, string fill, string words)
    {
        Box(x, css, fill);
        return Words(x + width + Gap, words);
    }

    /// <summary>An area with a line in it.</summary>
    public Legend Band(double x, string css, string fill, string line, string words)
    {
        Box(x, css, fill);
        return Line(x, line, words);
    }

    /// <summary>A sign that stands over a place.</summary>
    public Legend Mark(double x, string sign, string css, string words)
    {
        drawing.Text(x, middle + BelowMiddle, sign, css, "middle");
        return Words(x + 12, words);
    }

    public Legend Cross(double x, string css, string words)
    {
        drawing.Cross(x, middle, css);
        return Words(x + 14, words);
    }

    private Legend Words(double x, string words)
    {
        drawing.Text(x, middle + BelowMiddle, words, "legend");
        return this;
    }

    private void Box(double x, string css, string fill) => drawing.Rect(x, middle - (height / 2), width, height, css, fill);
}
