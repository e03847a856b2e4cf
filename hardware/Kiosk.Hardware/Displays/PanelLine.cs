using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Displays;

/// <summary>A byte link on which panels listen: a serial port, an RS-485 adapter, or a network port with one behind it.</summary>
/// <param name="gap">Quiet time between two frames, so that each panel sees where one begins.</param>
internal sealed class PanelLine(ByteLink link, ByteLinkAddress address, TimeSpan gap, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The kernel takes a frame at once; only a link that nobody reads any more makes us wait.</summary>
    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(10);

    /// <summary>Start bit, eight bits of data and parity, two stop bits: the slowest framing.</summary>
    private const int BitsPerByte = 11;

    private long? _quietSince;
    private TimeSpan _busyFor;

    public static IReadOnlyList<string> Schemes { get; } = ["tcp", "serial"];

    /// <summary>The mistakes of a link, if any.</summary>
    public static IEnumerable<SettingMistake> Check(DeviceSettings settings)
    {
        if (settings.Emulated) yield break;
        if (!ByteLinkAddress.TryParse(settings.Link, out var address, out var message)) yield return new("link", message);
        else if (address is not (ByteLinkAddress.Tcp or ByteLinkAddress.Serial))
            yield return new("link", $"\"{settings.Link}\" is a printer's link; allowed: serial:///dev/ttyUSB0?baud=9600&framing=8N1, tcp://host:port, emulated:");
    }

    /// <param name="emulated">Where the emulator listens; null for the link of the settings, which have been checked.</param>
    /// <exception cref="DeviceLostException">It cannot be opened now.</exception>
    public static async Task<PanelLine> OpenAsync(DeviceSettings settings, ByteLinkAddress? emulated, TimeSpan gap, TimeProvider time, CancellationToken cancel)
    {
        var address = emulated ?? (ByteLinkAddress.TryParse(settings.Link, out var parsed, out var message) ? parsed : throw new ArgumentException(message, nameof(settings)));
        return new PanelLine(await address.OpenAsync(time, cancel).ConfigureAwait(false), address, gap, time);
    }

    /// <exception cref="DeviceLostException">The link is gone, or did not take the frame in time.</exception>
    public async ValueTask SendAsync(byte[] frame, CancellationToken cancel)
    {
        await QuietAsync(cancel).ConfigureAwait(false);
        try
        {
            await link.WriteAsync(frame, WritePatience, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new DeviceLostException(DeviceFault.Silent, late.Message, late);
        }
        finally
        {
            // The kernel has taken it; on the wire it takes as long as it is.
            (_quietSince, _busyFor) = (time.GetTimestamp(), OnTheWire(frame.Length));
        }
    }

    /// <summary>Reads and forgets what the panels say, to hear of a link that is gone before the next frame is due.</summary>
    public async Task ListenAsync(CancellationToken cancel)
    {
        var forgotten = new byte[256];
        while (true) await link.ReadAsync(forgotten, Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => link.DisposeAsync();

    private async ValueTask QuietAsync(CancellationToken cancel)
    {
        if (gap == TimeSpan.Zero || _quietSince is not { } since) return;
        var left = _busyFor + gap - time.GetElapsedTime(since);

        // Delays count whole milliseconds, and cut off the rest.
        if (left > TimeSpan.Zero) await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancel).ConfigureAwait(false);
    }

    private TimeSpan OnTheWire(int bytes) => address switch
    {
        ByteLinkAddress.Serial port => OnTheWire(bytes, port.Settings),
        ByteLinkAddress.UsbSerial port => OnTheWire(bytes, port.Settings),
        _ => TimeSpan.Zero,
    };

    private static TimeSpan OnTheWire(int bytes, SerialSettings line) => TimeSpan.FromSeconds((double)bytes * BitsPerByte / line.Baud);
}
