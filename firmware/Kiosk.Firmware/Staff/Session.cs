using Kiosk.Domain.Hall;
using Kiosk.Domain.Staff;

namespace Kiosk.Firmware.Staff;

/// <summary>Somebody signed in at one browser or program.</summary>
/// <param name="Counter">Where they sat down with it, or null.</param>
/// <param name="Ends">Whatever happens: a day's work later.</param>
/// <param name="LastPress">Of a key, a form, a page; an open stream does not count.</param>
internal sealed record Session(string User, StaffRole Role, CounterId? Counter, DateTimeOffset Since, DateTimeOffset Ends, DateTimeOffset LastPress)
{
    /// <summary>Cancelled when the session ends: streams that were opened with it end too.</summary>
    public CancellationTokenSource Over { get; } = new();
}

/// <summary>What a token stands for.</summary>
internal abstract record Found
{
    private Found() { }

    public sealed record Here(Session Session) : Found;

    /// <summary>There was such a session.</summary>
    public sealed record Expired : Found;

    /// <summary>Forged, or of before a restart.</summary>
    public sealed record Unknown : Found;
}
