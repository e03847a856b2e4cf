namespace Kiosk.Hardware.Printers.Templates;

/// <summary>One line of a template's <c>paper</c>.</summary>
internal abstract record SlipStatement
{
    private SlipStatement() { }

    /// <param name="Style">A text without a value.</param>
    public sealed record Text(SlipElement.Text Style, SlipContent Content) : SlipStatement;

    public sealed record Pair(SlipContent Left, SlipContent Right, bool Bold) : SlipStatement;

    public sealed record Qr(SlipContent Content, int Module) : SlipStatement;

    /// <summary>The same on every slip: rule, feed, logo.</summary>
    public sealed record Fixed(SlipElement Element) : SlipStatement;

    public sealed record If(string Field, bool Not, IReadOnlyList<SlipStatement> Body) : SlipStatement;
}

/// <summary>Text with holes.</summary>
internal sealed record SlipContent(IReadOnlyList<SlipContent.Part> Parts)
{
    public string Fill(IReadOnlyDictionary<string, string> words, IReadOnlyDictionary<string, string> fields) => string.Concat(Parts.Select(part => part.Kind switch
    {
        PartKind.Field => fields[part.Value],
        PartKind.Word => words[part.Value],
        _ => part.Value,
    }));

    public bool Has(string field) => Parts.Any(part => part.Kind == PartKind.Field && part.Value == field);

    public enum PartKind
    {
        Literal,
        Field,
        Word,
    }

    public sealed record Part(PartKind Kind, string Value);
}
