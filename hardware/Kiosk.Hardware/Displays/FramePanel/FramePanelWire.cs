namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>Panels on a line, told by frames that the options describe.</summary>
internal sealed class FramePanelWire(FramePanelOptions options, PanelLine line) : IPanelWire
{
    private readonly FrameWriter _frames = new(options);

    public IReadOnlyList<int> Panels { get; } = [.. options.Panels.Select(panel => panel.Panel)];

    public async ValueTask<DeviceHealth> RefreshAsync(PanelPage page, CancellationToken cancel)
    {
        for (var panel = 0; panel < Panels.Count; panel++)
        {
            var address = options.Panels[panel].Address;
            if (options.BrightnessFrame is { } dim) await line.SendAsync(_frames.Brightness(dim, address, page.Brightness), cancel);
            await WriteAsync(page, panel, cancel);
        }

        return DeviceHealth.Ok;
    }

    public async ValueTask<DeviceHealth> ChangeAsync(PanelPage page, IReadOnlyList<bool> changed, CancellationToken cancel)
    {
        for (var panel = 0; panel < Panels.Count; panel++)
        {
            if (changed[panel]) await WriteAsync(page, panel, cancel);
        }

        return DeviceHealth.Ok;
    }

    public Task ListenAsync(CancellationToken cancel) => line.ListenAsync(cancel);

    public ValueTask DisposeAsync() => line.DisposeAsync();

    private ValueTask WriteAsync(PanelPage page, int panel, CancellationToken cancel)
    {
        var (sight, address) = (page.Sights[panel], options.Panels[panel].Address);
        if (page.LampTest && options.LampTestFrame is { } test) return line.SendAsync(_frames.LampTest(test, address), cancel);

        var width = options.Text.Width;
        var text = page.LampTest ? new string('8', width) : sight.Sign == PanelSign.Paused && options.PausedText is { } paused ? paused : sight.Line(width);
        return line.SendAsync(_frames.Show(address, text), cancel);
    }
}
