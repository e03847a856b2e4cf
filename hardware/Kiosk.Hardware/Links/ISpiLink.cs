namespace Kiosk.Hardware.Links;

/// <summary>A chip select of an SPI bus: spidev, or an emulated chain.</summary>
internal interface ISpiLink : IDisposable
{
    /// <summary>One transfer: chip select falls, the bytes go out first bit first, chip select rises. At most 4096 bytes.</summary>
    /// <exception cref="DeviceLostException"/>
    void Transfer(ReadOnlySpan<byte> bytes);
}
