namespace Kiosk.Firmware.Books;

/// <summary>Wakes the screens where something changed that is neither the hall nor a device nor a ticket machine: a running check, a minute that is over.</summary>
internal sealed class ScreenPulse
{
    /// <summary>Raised on any thread. Handlers must not block.</summary>
    public event Action? Raised;

    public void Raise() => Raised?.Invoke();
}
