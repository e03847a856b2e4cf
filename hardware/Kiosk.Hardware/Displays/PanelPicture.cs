using System.Text.Json.Nodes;

namespace Kiosk.Hardware.Displays;

/// <summary>
/// A panel as its emulator looks at it: <c>dots</c>, <c>segments</c> or neither (then <c>places</c>), with <c>panel</c>, <c>text</c> and <c>intensity</c>.
/// </summary>
internal static class PanelPicture
{
    public static string ToSvg(JsonObject panel)
    {
        var (intensity, text) = (panel["intensity"]!.GetValue<int>(), panel["text"]!.GetValue<string>());
        var label = $"{panel["panel"]}: {text}";
        return panel switch
        {
            _ when panel["dots"] is JsonArray dots => DotMatrixPicture.ToSvg(DotField.Parse([.. dots.Select(line => line!.GetValue<string>())]), intensity, label),
            _ when panel["segments"] is JsonArray digits => SevenSegmentPicture.ToSvg([.. digits.Select(digit => (byte)digit!.GetValue<int>())], intensity, label),
            _ => TextPicture.ToSvg(text, panel["places"]!.GetValue<int>(), intensity, label),
        };
    }
}
