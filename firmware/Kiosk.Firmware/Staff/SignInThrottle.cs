using System.Net;
using System.Net.Sockets;

namespace Kiosk.Firmware.Staff;

/// <summary>Wrong PINs that one address, and all together, may try before attempts are refused unseen. Right ones are not counted.</summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Wrong attempts of one address within <see cref="Window"/>.</summary>
    public const int PerAddress = 30;

    /// <summary>Of all addresses together.</summary>
    public const int Together = 120;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset At, string From)> _wrong = new();

    /// <summary>How long that address has to wait, or null.</summary>
    public TimeSpan? Wait(string from)
    {
        lock (_gate)
        {
            var now = Forget();
            var own = _wrong.Where(attempt => attempt.From == from).ToList();
            if (own.Count >= PerAddress) return own[^PerAddress].At + Window - now;
            return _wrong.Count >= Together ? _wrong.Peek().At + Window - now : null;
        }
    }

    public void Wrong(string from)
    {
        lock (_gate)
        {
            Forget();
            _wrong.Enqueue((time.GetUtcNow(), from));
            if (_wrong.Count > Together) _wrong.Dequeue();
        }
    }

    /// <summary>One house of IPv6 has as many addresses as it likes.</summary>
    public static string Key(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address) ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private DateTimeOffset Forget()
    {
        var now = time.GetUtcNow();
        while (_wrong.TryPeek(out var oldest) && oldest.At + Window <= now) _wrong.Dequeue();
        return now;
    }
}
