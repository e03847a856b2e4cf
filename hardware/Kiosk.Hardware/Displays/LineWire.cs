namespace Kiosk.Hardware.Displays;

/// <summary>Panels that listen on one byte link, told one after the other: that a frame was taken is all that is known of them.</summary>
internal abstract class LineWire(IReadOnlyList<int> panels, PanelLine line) : IPanelWire
{
    public IReadOnlyList<int> Panels => panels;

    public virtual bool FlashesByItself => false;

    protected PanelLine Line => line;

    public abstract ValueTask<DeviceHealth> RefreshAsync(PanelPage page, CancellationToken cancel);

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

    /// <summary>Writes one panel's content.</summary>
    /// <param name="panel">Its place in <see cref="Panels"/>.</param>
    protected abstract ValueTask WriteAsync(PanelPage page, int panel, CancellationToken cancel);
}
