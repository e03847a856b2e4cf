namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>How the 8 × 8 modules of a panel are mounted.</summary>
/// <param name="Modules">In one row.</param>
/// <param name="Rotation">Degrees by which each module is turned clockwise: 0 has digit register 1 at the top and segment DP at the left, as FC-16.</param>
/// <param name="Mirrored">Segment DP is at the right before it is turned.</param>
/// <param name="FirstAtRight">The module nearest to the host is the rightmost one.</param>
internal sealed record MatrixLayout(int Modules, int Rotation, bool Mirrored, bool FirstAtRight)
{
    public const int Side = 8;

    public DotField Dots(PanelSight sight)
    {
        var columns = Modules * Side;
        var text = sight.Sign == PanelSign.Paused ? DotFont.Pause.ToString() : sight.Line(DotFont.Places(columns));
        return DotFont.RightAligned(text, Side, columns);
    }

    /// <summary>Registers 1 to 8 of each chip of the panel, the nearest chip first.</summary>
    public byte[][] Chips(DotField dots) => [.. Enumerable.Range(0, Modules).Select(chip =>
    {
        var left = Side * (FirstAtRight ? Modules - 1 - chip : chip);
        var registers = new byte[Side];
        for (var digit = 0; digit < Side; digit++)
        {
            for (var segment = 0; segment < Side; segment++)
            {
                var (row, column) = Place(digit, segment);
                if (dots[row, left + column]) registers[digit] |= (byte)(0x80 >> segment);
            }
        }

        return registers;
    })];

    /// <param name="segment">0 is DP, 7 is G.</param>
    private (int Row, int Column) Place(int digit, int segment)
    {
        const int Last = Side - 1;
        var across = Mirrored ? Last - segment : segment;
        return Rotation switch
        {
            90 => (across, Last - digit),
            180 => (Last - digit, Last - across),
            270 => (Last - across, digit),
            _ => (digit, across),
        };
    }
}
