namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>The latest frame of one screen, and who looks at it.</summary>
internal sealed class LiveScreen(ScreenAddress address)
{
    private readonly Lock _gate = new();

    /// <summary>What browsers that have a version lack, as it goes over the wire: rendered once for all that lack the same.</summary>
    private readonly Dictionary<long, byte[]> _events = [];

    private VersionedFrame _latest = VersionedFrame.None;

    public ScreenAddress Address { get; } = address;

    /// <summary>Streams that have a place at it; guarded by the lock of <see cref="LiveScreens"/>, as <see cref="Viewers"/>.</summary>
    public int Joined { get; set; }

    public List<Viewer> Viewers { get; } = [];

    /// <summary>What to send to somebody who has the version <paramref name="seen"/>, and the version that they have then. Null: nothing.</summary>
    public (byte[] Event, long Version, bool Gone)? After(long seen)
    {
        lock (_gate)
        {
            if (_latest.Version <= seen) return null;
            if (!_events.TryGetValue(seen, out var text)) _events.Add(seen, text = LiveEvents.Of(_latest, seen));
            return (text, _latest.Version, _latest.Frame is null);
        }
    }

    /// <param name="frame">Null: the screen is no more (its ticket ended with the day).</param>
    /// <returns>Whether it is another than before.</returns>
    public bool Show(Frame? frame)
    {
        lock (_gate)
        {
            var next = _latest.Then(frame);
            if (ReferenceEquals(next, _latest)) return false;

            _latest = next;
            _events.Clear();
            return true;
        }
    }
}
