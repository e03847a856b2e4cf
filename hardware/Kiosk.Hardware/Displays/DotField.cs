namespace Kiosk.Hardware.Displays;

/// <summary>A rectangle of lamps, each lit or not. Row 0 is the top one, column 0 the leftmost.</summary>
public sealed class DotField(int rows, int columns)
{
    private readonly bool[,] _lit = new bool[rows, columns];

    public int Rows => rows;

    public int Columns => columns;

    public bool this[int row, int column]
    {
        get => _lit[row, column];
        set => _lit[row, column] = value;
    }

    /// <summary>One text a row, top one first: <c>#</c> is lit, <c>.</c> is not.</summary>
    public IReadOnlyList<string> Lines() =>
        [.. Enumerable.Range(0, rows).Select(row => string.Concat(Enumerable.Range(0, columns).Select(column => _lit[row, column] ? '#' : '.')))];

    public static DotField Parse(IReadOnlyList<string> lines)
    {
        var field = new DotField(lines.Count, lines[0].Length);
        for (var row = 0; row < field.Rows; row++)
        {
            for (var column = 0; column < field.Columns; column++) field[row, column] = lines[row][column] == '#';
        }

        return field;
    }
}
