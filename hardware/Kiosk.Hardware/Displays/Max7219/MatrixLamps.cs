namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>Which lamps of a row of modules are lit, seen from the front: from each lamp back to the chip that feeds it.</summary>
internal static class MatrixLamps
{
    private const int Last = MatrixLayout.Side - 1;

    public static DotField Of(ReadOnlySpan<Max7219Chip> chips, MatrixLayout layout, bool powered)
    {
        var lamps = new DotField(MatrixLayout.Side, chips.Length * MatrixLayout.Side);
        for (var row = 0; powered && row < lamps.Rows; row++)
        {
            for (var column = 0; column < lamps.Columns; column++)
            {
                var module = column / MatrixLayout.Side;
                var chip = chips[layout.FirstAtRight ? chips.Length - 1 - module : module];
                var (digit, bit) = Feed(layout, row, column % MatrixLayout.Side);
                lamps[row, column] = (chip.Lit(digit + Max7219Protocol.FirstDigit) >> bit & 1) == 1;
            }
        }

        return lamps;
    }

    /// <summary>Turns the module back to where FC-16 stands: then a row is a digit, and the left column bit 7.</summary>
    private static (int Digit, int Bit) Feed(MatrixLayout layout, int row, int column)
    {
        for (var turned = layout.Rotation; turned > 0; turned -= 90) (row, column) = (Last - column, row);
        return (row, layout.Mirrored ? column : Last - column);
    }
}
