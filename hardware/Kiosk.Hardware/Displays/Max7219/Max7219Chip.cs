using static Kiosk.Hardware.Displays.Max7219.Max7219Protocol;

namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>One chip, from its registers to its lamps, as the data sheet has it.</summary>
internal sealed class Max7219Chip
{
    /// <summary>Code B font: 0 to 9, dash, E, H, L, P, blank.</summary>
    private static readonly byte[] CodeB = [0x7E, 0x30, 0x6D, 0x79, 0x33, 0x5B, 0x5F, 0x70, 0x7F, 0x7B, 0x01, 0x4F, 0x37, 0x0E, 0x67, 0x00];

    private readonly byte[] _registers = new byte[16];

    public bool On => (_registers[Shutdown] & 1) != 0 || Test;

    public bool Test => (_registers[DisplayTest] & 1) != 0;

    public int Intensity => Test ? 15 : _registers[Max7219Protocol.Intensity] & 15;

    /// <summary>Power comes: control registers are reset, so the chip is shut down, but the digits hold anything.</summary>
    public void PowerUp(Random random)
    {
        Array.Clear(_registers);
        random.NextBytes(_registers.AsSpan(FirstDigit, Digits));
    }

    public void Latch(byte register, byte data)
    {
        // The upper half of the address byte is not looked at.
        if ((register & 15) != NoOp) _registers[register & 15] = data;
    }

    public void FlipBit(Random random) => _registers[random.Next(FirstDigit, 16)] ^= (byte)(1 << random.Next(8));

    /// <summary>Lit segments of a digit register, 1 to 8.</summary>
    public byte Lit(int register)
    {
        if (Test) return SevenSegments.All;
        var digit = register - FirstDigit;
        if (!On || digit > (_registers[ScanLimit] & 7)) return 0;
        var data = _registers[register];
        return (_registers[DecodeMode] >> digit & 1) == 0 ? data : (byte)((data & SevenSegments.DecimalPoint) | CodeB[data & 15]);
    }
}
