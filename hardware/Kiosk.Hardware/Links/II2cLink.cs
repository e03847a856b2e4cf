namespace Kiosk.Hardware.Links;

/// <summary>Why a chip on the bus did not take a message. The bus itself is well.</summary>
/// <param name="Detail">Names bus and address, as <c>write /dev/i2c-1 at 0x70: EREMOTEIO, no acknowledgement</c>.</param>
internal sealed record I2cRefusal(DeviceFault Fault, string Detail);

/// <summary>An I2C bus: i2c-dev, or an emulated one.</summary>
internal interface II2cLink : IDisposable
{
    /// <summary>One message: start, address, the bytes, stop.</summary>
    /// <param name="address">Seven bits, 0x08 to 0x77.</param>
    /// <returns>Null when the chip acknowledged all of it.</returns>
    /// <exception cref="DeviceLostException">The bus is gone.</exception>
    I2cRefusal? Write(int address, ReadOnlySpan<byte> bytes);
}
