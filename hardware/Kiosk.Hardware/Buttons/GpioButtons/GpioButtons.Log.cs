using Microsoft.Extensions.Logging;

namespace Kiosk.Hardware.Buttons.GpioButtons;

internal static partial class GpioButtonsLog
{
    [LoggerMessage(LogLevel.Error, "Press of {Key} at panel {Panel} dropped: {Limit} presses wait already")]
    public static partial void PressDropped(this ILogger log, int panel, PanelKey key, int limit);

    [LoggerMessage(LogLevel.Warning, "Edges of line {Line} were lost; its level is read again and nothing is taken for a press")]
    public static partial void EdgesLost(this ILogger log, string line);
}
