using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>Panels as registers of a chain of chips.</summary>
internal sealed class Max7219Wire(Max7219Options options, ISpiLink link) : IPanelWire
{
    private bool _begun;

    public IReadOnlyList<int> Panels => options.Panels;

    public ValueTask<DeviceHealth> RefreshAsync(PanelPage page, CancellationToken cancel)
    {
        var chips = Chips(page);
        Send(_begun
            ? Max7219Protocol.Refresh(options, chips, page.Brightness, page.LampTest)
            : Max7219Protocol.Start(options, chips, page.Brightness, page.LampTest));
        _begun = true;
        return new(DeviceHealth.Ok);
    }

    public ValueTask<DeviceHealth> ChangeAsync(PanelPage page, IReadOnlyList<bool> changed, CancellationToken cancel)
    {
        Send(Max7219Protocol.Content(options, Chips(page), [.. changed.SelectMany(panel => Enumerable.Repeat(panel, options.ChipsPerPanel))]));
        return new(DeviceHealth.Ok);
    }

    public ValueTask DisposeAsync()
    {
        link.Dispose();
        return ValueTask.CompletedTask;
    }

    private byte[][] Chips(PanelPage page) => [.. page.Sights.SelectMany(sight => options.Matrix is { } matrix
        ? matrix.Chips(matrix.Dots(sight))
        : [SevenSegments.RightAligned(sight.Line(Max7219Protocol.Digits), Max7219Protocol.Digits)])];

    private void Send(IEnumerable<byte[]> frames)
    {
        foreach (var frame in frames) link.Transfer(frame);
    }
}
