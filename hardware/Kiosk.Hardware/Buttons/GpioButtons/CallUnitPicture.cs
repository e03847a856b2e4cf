using System.Globalization;
using System.Text;

namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <summary>Call units as one picture: a box for each panel with its keys, filled where they are down, and its lamp.</summary>
internal static class CallUnitPicture
{
    private const int UnitWidth = 150, UnitHeight = 118, Gap = 12, UnitsInARow = 6, KeysInARow = 4, KeyStep = 33;

    public static string ToSvg(IReadOnlyList<(LineKey Key, bool Down)> keys, IReadOnlyList<(PanelLamp Lamp, bool Lit, int Flashes)> lamps)
    {
        var panels = keys.GroupBy(key => key.Key.Panel).OrderBy(panel => panel.Key).ToList();
        var (columns, rows) = (Math.Min(UnitsInARow, panels.Count), (panels.Count + UnitsInARow - 1) / UnitsInARow);
        var (width, height) = ((columns * (UnitWidth + Gap)) + Gap, (rows * (UnitHeight + Gap)) + Gap);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\">");
        foreach (var (panel, place) in panels.Select((panel, place) => (panel, place)))
        {
            var (x, y) = (Gap + (place % UnitsInARow * (UnitWidth + Gap)), Gap + (place / UnitsInARow * (UnitHeight + Gap)));
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({x} {y})\"><rect width=\"{UnitWidth}\" height=\"{UnitHeight}\" rx=\"10\" fill=\"#2f343b\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"14\" y=\"28\" font-size=\"20\" font-weight=\"bold\" fill=\"#e8eaed\">{panel.Key}</text>");
            foreach (var lamp in lamps.Where(lamp => lamp.Lamp.Panel == panel.Key)) Lamp(svg, lamp.Lit);
            foreach (var (key, index) in panel.Select((key, index) => (key, index))) Key(svg, key, index);
            svg.Append("</g>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Lamp(StringBuilder svg, bool lit)
    {
        if (lit) svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{UnitWidth - 22}\" cy=\"21\" r=\"15\" fill=\"#7dff8a\" fill-opacity=\"0.3\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{UnitWidth - 22}\" cy=\"21\" r=\"8\" fill=\"{(lit ? "#7dff8a" : "#1d3a22")}\" stroke=\"#0f1113\"/>");
    }

    private static void Key(StringBuilder svg, (LineKey Key, bool Down) key, int index)
    {
        var (x, y) = (14 + (index % KeysInARow * KeyStep), 44 + (index / KeysInARow * (KeyStep + 2)));
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y + (key.Down ? 3 : 0)}\" width=\"26\" height=\"26\" rx=\"5\" fill=\"{(key.Down ? "#ffb74d" : "#c9ced6")}\" stroke=\"#0f1113\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{key.Key.KeyName}{(key.Down ? " (down)" : "")}</title></rect>");
    }
}
