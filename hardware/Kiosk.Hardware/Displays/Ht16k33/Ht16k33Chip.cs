namespace Kiosk.Hardware.Displays.Ht16k33;

/// <summary>One chip, from the messages on the bus to its rows, as the data sheet has it.</summary>
internal sealed class Ht16k33Chip
{
    private readonly byte[] _memory = new byte[16];
    private bool _oscillator, _display;

    public int Intensity { get; private set; }

    public bool On => _oscillator && _display;

    /// <summary>Does not acknowledge its address.</summary>
    public bool Silent { get; set; }

    public bool Powered { get; set; } = true;

    /// <summary>Power comes: standby, display off, full brightness, and anything in the memory.</summary>
    public void PowerUp(Random random)
    {
        (_oscillator, _display, Intensity, Powered) = (false, false, 15, true);
        random.NextBytes(_memory);
    }

    public void Receive(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty) return;
        switch (message[0] & 0xF0)
        {
            case 0x00: Store(message[0] & 0x0F, message[1..]); break;
            case 0x20: _oscillator = (message[0] & 1) != 0; break;
            case 0x80: _display = (message[0] & 1) != 0; break;
            case 0xE0: Intensity = message[0] & 0x0F; break;
        }
    }

    public void FlipBit(Random random) => _memory[random.Next(_memory.Length)] ^= (byte)(1 << random.Next(8));

    /// <summary>Lit rows of a byte of memory: bit n is row n.</summary>
    public byte Lit(int place) => Powered && On ? _memory[place] : (byte)0;

    // The pointer goes round at the end of the memory.
    private void Store(int pointer, ReadOnlySpan<byte> data)
    {
        foreach (var value in data) _memory[pointer++ & 0x0F] = value;
    }
}
