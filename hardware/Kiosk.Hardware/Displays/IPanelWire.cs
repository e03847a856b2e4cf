namespace Kiosk.Hardware.Displays;

/// <summary>
/// The bytes of one kind of panel: what <see cref="PanelDisplay"/> does not know. It is called by one caller at a time, and never after it was
/// disposed.
/// </summary>
internal interface IPanelWire : IAsyncDisposable
{
    IReadOnlyList<int> Panels { get; }

    /// <summary>Panels blink by themselves when <see cref="PanelSight.Flash"/> says so; otherwise the display writes each half of a flash.</summary>
    bool FlashesByItself => false;

    /// <summary>Everything again, so that a panel that lost its power or its mind is healed, without a flicker on those that are well.</summary>
    /// <returns>Degraded when some of the panels did not take it.</returns>
    /// <exception cref="DeviceLostException">None of them can be reached.</exception>
    ValueTask<DeviceHealth> RefreshAsync(PanelPage page, CancellationToken cancel);

    /// <summary>What changed only.</summary>
    /// <param name="changed">One for each panel.</param>
    /// <exception cref="DeviceLostException"/>
    ValueTask<DeviceHealth> ChangeAsync(PanelPage page, IReadOnlyList<bool> changed, CancellationToken cancel);

    /// <summary>Ends with <see cref="DeviceLostException"/> when the link is gone, where a link can tell without being written to.</summary>
    Task ListenAsync(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, cancel);
}
