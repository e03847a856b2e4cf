using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Kiosk.Hardware.Printers.Templates;

/// <summary>Reads a template and lists every mistake in it. Its language is described in <c>provisioning/slips/README.md</c>.</summary>
public sealed partial class SlipTemplateReader
{
    /// <summary>A template is a page of text; whatever is longer is another file.</summary>
    public const int MaxSigns = 6_000;

    /// <summary>More than half a metre of paper is no ticket, and would not come out before the printer is given up.</summary>
    private const int MostLines = 150, MostLogos = 3;

    private const string CopyField = "copy";

    private const int LongestText = 200, DeepestIf = 4;
    private const string Parts = "words, paper";

    private readonly SlipKind _kind;
    private readonly List<SlipMistake> _mistakes = [];
    private readonly List<(string Language, IReadOnlyDictionary<string, string> Words)> _words = [];
    private readonly SlipStatementReader _statements;
    private readonly List<SlipStatement> _paper = [];
    private readonly Stack<(int Line, string Field, bool Not, List<SlipStatement> Body)> _open = new();
    private Dictionary<string, string>? _current;
    private bool _inPaper;

    private SlipTemplateReader(SlipKind kind, Func<string, (SlipImage? Image, string? Mistake)> picture)
    {
        _kind = kind;
        _statements = new SlipStatementReader(kind, _words, picture, _mistakes);
    }

    /// <param name="kind">What is expected; null: what its first line says.</param>
    /// <param name="picture">The picture of a file name that stands beside the template, or what is wrong with it.</param>
    /// <param name="mistakes">Every one, in the order of the lines; empty if all is well.</param>
    public static bool TryRead(
        string text, SlipKind? kind, Func<string, (SlipImage? Image, string? Mistake)> picture, [NotNullWhen(true)] out SlipTemplate? template, out IReadOnlyList<SlipMistake> mistakes)
    {
        (template, mistakes) = (null, []);
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n').Select((line, index) => (Number: index + 1, Text: line.Trim()))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        var allowed = kind is null ? string.Join(", ", SlipKind.All.Select(known => $"slip {known.Id}")) : $"slip {kind.Id}";
        if (text.Length > MaxSigns) mistakes = [new(0, $"has {text.Length} signs; allowed: up to {MaxSigns}")];
        else if (lines is [] || !lines[0].Text.StartsWith("slip ", StringComparison.Ordinal)) mistakes = [new(lines is [] ? 0 : lines[0].Number, $"the first line says what it is; allowed: {allowed}")];
        else if (SlipKind.Find(lines[0].Text[5..].Trim()) is not { } named || (kind is not null && named != kind)) mistakes = [new(lines[0].Number, $"\"{lines[0].Text}\" is not expected; allowed: {allowed}")];
        else
        {
            var reader = new SlipTemplateReader(named, picture);
            foreach (var (number, line) in lines.Skip(1)) reader.Read(number, line);
            reader.Finish(lines[^1].Number);
            mistakes = [.. reader._mistakes.OrderBy(mistake => mistake.Line)];
            if (mistakes is []) template = new SlipTemplate(named, text, reader._words, reader._paper);
        }

        return template is not null;
    }

    private List<SlipStatement> Body => _open.TryPeek(out var open) ? open.Body : _paper;

    private void Read(int number, string line)
    {
        if (line == "paper") BeginPaper(number);
        else if (!_inPaper && WordsLine().Match(line) is { Success: true } words) BeginWords(number, words.Groups[1].Value);
        else if (_inPaper) ReadStatement(number, line);
        else if (_current is not null) ReadWord(number, line);
        else Refuse(number, $"\"{line}\" belongs to no part; allowed here: {Parts}");
    }

    private void BeginWords(int number, string language)
    {
        if (!LanguageTag().IsMatch(language)) Refuse(number, $"\"{language}\" is no language; allowed: a tag as zh-CN, zh-TW or en");
        if (_words.Any(known => known.Language == language)) Refuse(number, $"words for {language} stand here twice; leave one");
        _current = [];
        _words.Add((language, _current));
    }

    private void ReadWord(int number, string line)
    {
        if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var text] || !Name().IsMatch(name) || text.Length is 0 or > LongestText)
            Refuse(number, $"\"{Cut(line)}\" is no word; allowed: name = text, with a name of a-z and - and up to {LongestText} signs of text; or words LANGUAGE, paper");
        else if (!_current!.TryAdd(name, text))
            Refuse(number, $"the word \"{name}\" stands here twice; leave one");
    }

    private void BeginPaper(int number)
    {
        if (_inPaper) Refuse(number, "\"paper\" stands here twice; leave one");
        _inPaper = true;
        foreach (var (language, words) in _words)
        {
            var missing = _words[0].Words.Keys.Except(words.Keys).ToList();
            if (missing.Count > 0) Refuse(number, $"words {language} lacks {string.Join(", ", missing)}, which words {_words[0].Language} has");
            var extra = words.Keys.Except(_words[0].Words.Keys).ToList();
            if (extra.Count > 0) Refuse(number, $"words {language} has {string.Join(", ", extra)}, which words {_words[0].Language} lacks");
        }
    }

    private void ReadStatement(int number, string line)
    {
        switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["end"]:
                if (_open.TryPop(out var closed)) Body.Add(new SlipStatement.If(closed.Field, closed.Not, closed.Body));
                else Refuse(number, "\"end\" closes no \"if\"");
                break;
            case ["if", var field]: Begin(number, field, not: false); break;
            case ["if", "not", var field]: Begin(number, field, not: true); break;
            case ["if", ..]: Refuse(number, "\"if\" asks for one field; allowed: if FIELD, if not FIELD"); break;
            default:
                if (_statements.Read(number, line, _open.Where(open => !open.Not).Select(open => open.Field).ToHashSet()) is { } statement) Body.Add(statement);
                break;
        }
    }

    // Opened also where it is wrong: one mistake should not make a second of its "end".
    private void Begin(int number, string field, bool not)
    {
        var optional = _kind.Fields.Where(known => known.MayBeEmpty).Select(known => known.Name).ToList();
        if (!optional.Contains(field)) Refuse(number, $"\"if\" cannot ask for \"{field}\"; allowed: {string.Join(", ", optional)}");
        if (_open.Count >= DeepestIf) Refuse(number, $"\"if\" stands {_open.Count + 1} deep; allowed: up to {DeepestIf}");
        _open.Push((number, field, not, []));
    }

    private void Finish(int last)
    {
        foreach (var open in _open) Refuse(open.Line, $"\"if {(open.Not ? "not " : "")}{open.Field}\" has no \"end\"");
        if (!_inPaper) Refuse(last, $"has no \"paper\"; allowed: {Parts}");
        else if (_paper.Count == 0 && _mistakes.Count == 0) Refuse(last, "prints nothing: \"paper\" is empty");
        if (_mistakes.Count > 0) return;

        // A number that is not on paper, or a copy that cannot be told from the original, would hold for every customer at once.
        foreach (var field in _kind.Printed.Where(field => !Prints(_paper, field))) Refuse(last, $"does not print {{{field}}} on every {_kind.Id}: put it outside of \"if\"");
        if (!Prints(_paper, CopyField) && !_paper.OfType<SlipStatement.If>().Any(part => part is { Field: CopyField, Not: false } && Prints(part.Body, CopyField)))
            Refuse(last, $"does not print {{{CopyField}}}: without it a copy cannot be told from the original; put it between \"if {CopyField}\" and \"end\"");
        var (lines, logos) = (_paper.Sum(LinesOf), _paper.Sum(LogosOf));
        if (lines > MostLines) Refuse(last, $"takes {lines} lines of paper; allowed: up to {MostLines}");
        if (logos > MostLogos) Refuse(last, $"has {logos} logos; allowed: up to {MostLogos}");
    }

    private static bool Prints(IEnumerable<SlipStatement> body, string field) => body.Any(statement => statement switch
    {
        SlipStatement.Text text => text.Content.Has(field),
        SlipStatement.Pair pair => pair.Left.Has(field) || pair.Right.Has(field),
        _ => false,
    });

    private static int LinesOf(SlipStatement statement) => statement switch
    {
        SlipStatement.Text text => text.Style.Height,
        SlipStatement.Fixed { Element: SlipElement.Feed feed } => feed.Lines,
        SlipStatement.If part => part.Body.Sum(LinesOf),
        _ => 1,
    };

    private static int LogosOf(SlipStatement statement) => statement switch
    {
        SlipStatement.Fixed { Element: SlipElement.Picture } => 1,
        SlipStatement.If part => part.Body.Sum(LogosOf),
        _ => 0,
    };

    private void Refuse(int line, string message) => _mistakes.Add(new SlipMistake(line, message));

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"^words\s+([^\s=]+)$")]
    private static partial Regex WordsLine();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^[a-z][a-z-]{0,29}$")]
    private static partial Regex Name();
}
