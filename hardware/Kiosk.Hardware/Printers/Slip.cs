namespace Kiosk.Hardware.Printers;

public enum SlipAlign
{
    Left,
    Centre,
    Right,
}

/// <summary>What goes on paper, top to bottom. The printer cuts after the last element.</summary>
public sealed record Slip(params IReadOnlyList<SlipElement> Elements);

public abstract record SlipElement
{
    private SlipElement() { }

    /// <param name="Width">1 to 8 times the normal width of a character.</param>
    /// <param name="Height">1 to 8 times the normal height.</param>
    public sealed record Text(string Value, SlipAlign Align = SlipAlign.Left, int Width = 1, int Height = 1, bool Bold = false, bool Inverse = false) : SlipElement;

    /// <summary>Left text and right text on one line, as on a receipt.</summary>
    public sealed record Pair(string Left, string Right, bool Bold = false) : SlipElement;

    /// <summary>A line across the paper.</summary>
    public sealed record Rule : SlipElement;

    /// <param name="Lines">1 to 20 lines of paper.</param>
    public sealed record Feed(int Lines = 1) : SlipElement;

    /// <summary>Feeds to the blade and cuts: what follows is a piece of paper of its own.</summary>
    public sealed record Cut : SlipElement;

    /// <param name="Module">Width of a module in dots, 1 to 16.</param>
    public sealed record Qr(string Content, int Module = 6) : SlipElement;

    /// <summary>A logo: printed dot by dot, smaller where it is wider than the paper.</summary>
    public sealed record Picture(SlipImage Image, SlipAlign Align = SlipAlign.Centre) : SlipElement;
}
