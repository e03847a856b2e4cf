using System.Text.Json.Nodes;

namespace Kiosk.Hardware.Displays;

/// <summary>A panel as its emulator looks at it: <c>dots</c> or <c>segments</c>, with <c>panel</c>, <c>text</c> and <c>intensity</c>.</summary>
internal static class PanelPicture
{
    public static string ToSvg(JsonObject panel)
    {
        var (intensity, label) = (panel["intensity"]!.GetValue<int>(), $"{panel["panel"]}: {panel["text"]}");
        return panel["dots"] is JsonArray dots
            ? DotMatrixPicture.ToSvg(DotField.Parse([.. dots.Select(line => line!.GetValue<string>())]), intensity, label)
            : SevenSegmentPicture.ToSvg([.. panel["segments"]!.AsArray().Select(digit => (byte)digit!.GetValue<int>())], intensity, label);
    }
}
