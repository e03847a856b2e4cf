using Microsoft.Win32.SafeHandles;
using static Kiosk.Hardware.Links.KernelCalls;

namespace Kiosk.Hardware.Links;

/// <summary>Mode 0, eight bits, most significant bit first. Source: Documentation/spi/spidev.rst and <c>linux/spi/spidev.h</c>.</summary>
internal sealed class SpiLink : ISpiLink
{
    /// <summary>What a MAX7219 allows.</summary>
    public const int FastestHz = 10_000_000;

    private const nuint SetMode = 0x40016B01, SetBitsPerWord = 0x40016B03, SetSpeed = 0x40046B04;
    private readonly SafeFileHandle _file;
    private readonly string _path;

    private SpiLink(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    /// <param name="path">As <c>/dev/spidev0.0</c>.</param>
    /// <param name="speedHz">1 to <see cref="FastestHz"/>; the controller takes the next one below that it can do.</param>
    /// <exception cref="DeviceLostException">No such node, it may not be opened, or it is no spidev.</exception>
    public static unsafe SpiLink Open(string path, int speedHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speedHz, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speedHz, FastestHz);
        var file = OpenNode(path, ReadWrite | CloseOnExec);
        var link = new SpiLink(path, file);
        try
        {
            if (file.IsInvalid) throw Failure($"open {path}");
            byte mode = 0, bits = 8;
            var speed = (uint)speedHz;
            if (Control(file, SetMode, &mode) < 0) throw Failure($"mode 0 of {path}");
            if (Control(file, SetBitsPerWord, &bits) < 0) throw Failure($"8 bits per word of {path}");
            if (Control(file, SetSpeed, &speed) < 0) throw Failure($"{speedHz} Hz of {path}");
            return link;
        }
        catch (DeviceLostException)
        {
            link.Dispose();
            throw;
        }
    }

    public unsafe void Transfer(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            // spidev makes one message of one write: chip select stays low from the first to the last byte.
            var written = Write(_file, first, bytes.Length);
            if (written < 0) throw Failure($"write {_path}");
            if (written != bytes.Length) throw new DeviceLostException(DeviceFault.Broken, $"write {_path}: {written} of {bytes.Length} bytes");
        }
    }

    public void Dispose() => _file.Dispose();
}
