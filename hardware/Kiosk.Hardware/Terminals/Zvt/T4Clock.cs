namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>How long the terminal may be silent within an operation (PA00P016, T4): from the acknowledgement, and anew from each 04 FF and 04 0F.</summary>
internal sealed class T4Clock(TimeSpan patience, TimeProvider time)
{
    private long _since = time.GetTimestamp();
    private TimeSpan? _told;

    public TimeSpan Left => (_told ?? patience) - time.GetElapsedTime(_since);

    public void Restart() => (_since, _told) = (time.GetTimestamp(), null);

    /// <param name="intermediate">Data of 04 FF: its second byte, if any, is the patience in minutes, BCD; 0 is the usual one.</param>
    public void Restart(byte[] intermediate)
    {
        Restart();
        if (intermediate is [_, > 0, ..] && Bcd.Read(intermediate.AsSpan(1, 1)) is { } minutes) _told = TimeSpan.FromMinutes(minutes);
    }
}
