namespace Kiosk.Provisioning.Replay;

internal static class ReplayPlot
{
    public static void Write(string file, string title, ReplayFigures figures) => throw new NotSupportedException(file + title + figures);
}
