namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>Panels on a line, told by frames that the options describe.</summary>
internal sealed class FramePanelWire(FramePanelOptions options, PanelLine line) : LineWire([.. options.Panels.Select(panel => panel.Panel)], line)
{
    private readonly FrameWriter _frames = new(options);

    public override async ValueTask<DeviceHealth> RefreshAsync(PanelPage page, CancellationToken cancel)
    {
        for (var panel = 0; panel < Panels.Count; panel++)
        {
            var address = options.Panels[panel].Address;
            if (options.BrightnessFrame is { } dim) await Line.SendAsync(_frames.Brightness(dim, address, page.Brightness), cancel);
            await WriteAsync(page, panel, cancel);
        }

        return DeviceHealth.Ok;
    }

    protected override ValueTask WriteAsync(PanelPage page, int panel, CancellationToken cancel)
    {
        var (sight, address) = (page.Sights[panel], options.Panels[panel].Address);
        if (page.LampTest && options.LampTestFrame is { } test) return Line.SendAsync(_frames.LampTest(test, address), cancel);

        var width = options.Text.Width;
        var text = page.LampTest ? new string('8', width) : sight.Sign == PanelSign.Paused && options.PausedText is { } paused ? paused : sight.Line(width);
        return Line.SendAsync(_frames.Show(address, text), cancel);
    }
}
