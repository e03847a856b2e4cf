using System.Diagnostics;

namespace Kiosk.Hardware.Printers.Templates;

/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record SlipMistake(int Line, string Message)
{
    public override string ToString() => Line == 0 ? Message : $"line {Line}: {Message}";
}

/// <summary>How a slip looks, as a hall writes it: see <c>provisioning/slips/README.md</c>.</summary>
public sealed class SlipTemplate
{
    private readonly IReadOnlyList<(string Language, IReadOnlyDictionary<string, string> Words)> _words;
    private readonly IReadOnlyList<SlipStatement> _paper;

    internal SlipTemplate(
        SlipKind kind, string source, IReadOnlyList<(string Language, IReadOnlyDictionary<string, string> Words)> words, IReadOnlyList<SlipStatement> paper)
    {
        (Kind, Source, _words, _paper) = (kind, source, words, paper);
    }

    public SlipKind Kind { get; }

    /// <summary>The text that it was read from.</summary>
    public string Source { get; }

    /// <summary>That it has words for, in its order.</summary>
    public IEnumerable<string> Languages => _words.Select(words => words.Language);

    /// <summary>The slip in one language; one that the template does not know is printed with its English words or, without, its first.</summary>
    /// <param name="fields">A value for every field of the kind; empty where there is none.</param>
    public Slip Compose(string language, IReadOnlyDictionary<string, string> fields)
    {
        var words = (Of(language) ?? Of("en") ?? _words.Select(known => known.Words).FirstOrDefault()) ?? new Dictionary<string, string>();
        return new Slip([.. Elements(_paper, words, fields)]);
    }

    private IReadOnlyDictionary<string, string>? Of(string language) =>
        _words.FirstOrDefault(words => words.Language.Equals(language, StringComparison.OrdinalIgnoreCase)).Words;

    private static IEnumerable<SlipElement> Elements(IReadOnlyList<SlipStatement> paper, IReadOnlyDictionary<string, string> words, IReadOnlyDictionary<string, string> fields) =>
        paper.SelectMany<SlipStatement, SlipElement>(statement => statement switch
        {
            SlipStatement.Text text => [text.Style with { Value = text.Content.Fill(words, fields) }],
            SlipStatement.Pair pair => [new SlipElement.Pair(pair.Left.Fill(words, fields), pair.Right.Fill(words, fields), pair.Bold)],
            SlipStatement.Qr qr => [new SlipElement.Qr(qr.Content.Fill(words, fields), qr.Module)],
            SlipStatement.Fixed same => [same.Element],
            SlipStatement.If condition => fields[condition.Field].Length > 0 != condition.Not ? Elements(condition.Body, words, fields) : [],
            _ => throw new UnreachableException(),
        });
}
