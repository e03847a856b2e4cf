using System.Globalization;
using System.Text.RegularExpressions;

namespace Kiosk.Hardware.Printers.Templates;

/// <summary>Reads one line of <c>paper</c>: words of style, a colon, and what is printed.</summary>
internal sealed partial class SlipStatementReader(
    SlipKind kind, IReadOnlyList<(string Language, IReadOnlyDictionary<string, string> Words)> words, Func<string, (SlipImage? Image, string? Mistake)> picture, List<SlipMistake> mistakes)
{
    private const int LongestText = 200, MostFeed = 20, LargestModule = 16, DefaultModule = 6;
    private const string Known = "text, left, centre, right, bold, inverse, big2x2 (width x height, 1 to 8), pair, rule, feed, qr, logo, if, end";

    private static readonly Dictionary<string, SlipAlign> Aligns = new()
    {
        ["left"] = SlipAlign.Left, ["centre"] = SlipAlign.Centre, ["right"] = SlipAlign.Right,
    };

    /// <param name="present">Fields that an <c>if</c> around it has found not empty.</param>
    /// <returns>Null where there is a mistake.</returns>
    public SlipStatement? Read(int line, string text, IReadOnlySet<string> present)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var head = (colon < 0 ? text : text[..colon]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var content = colon < 0 ? null : text[(colon + 1)..].Trim();
        if (content?.Length > LongestText) return Refuse(line, $"prints {content.Length} signs; allowed: up to {LongestText}");
        return head switch
        {
            [] => Refuse(line, $"has nothing before its colon; allowed: {Known}"),
            ["rule"] when content is null => new SlipStatement.Fixed(new SlipElement.Rule()),
            ["feed"] when content is null => new SlipStatement.Fixed(new SlipElement.Feed()),
            ["feed", var lines] when content is null => Number(line, "feed", lines, MostFeed) is { } count ? new SlipStatement.Fixed(new SlipElement.Feed(count)) : null,
            ["rule" or "feed", ..] => Refuse(line, $"\"{text}\" is not known; allowed: rule, feed, feed 1 to feed {MostFeed}"),
            [var first, ..] when string.IsNullOrEmpty(content) => Refuse(line, Words(first) ? $"\"{text}\" prints nothing: it needs a colon and what is printed" : Unknown(first)),
            ["pair", .. var style] => ReadPair(line, style, content),
            ["qr", .. var size] => ReadQr(line, size, content, present),
            ["logo", .. var place] => ReadLogo(line, place, content),
            _ => ReadText(line, head, content!),
        };
    }

    private SlipStatement? ReadText(int line, string[] style, string content)
    {
        var text = new SlipElement.Text("");
        foreach (var word in style)
        {
            if (word == "text") continue;
            if (word == "bold") text = text with { Bold = true };
            else if (word == "inverse") text = text with { Inverse = true };
            else if (Aligns.TryGetValue(word, out var align)) text = text with { Align = align };
            else if (Big().Match(word) is { Success: true } big) text = text with { Width = big.Groups[1].Value[0] - '0', Height = big.Groups[2].Value[0] - '0' };
            else return Refuse(line, Unknown(word));
        }

        return Content(line, content) is { } parts ? new SlipStatement.Text(text, parts) : null;
    }

    private SlipStatement? ReadPair(int line, string[] style, string content)
    {
        if (style is not ([] or ["bold"])) return Refuse(line, $"a pair is not \"{string.Join(' ', style)}\"; allowed: pair: LEFT | RIGHT, pair bold: LEFT | RIGHT");
        if (content.Split(" | ") is not [var left, var right]) return Refuse(line, "a pair has one \" | \" between left and right");
        var (first, second) = (Content(line, left), Content(line, right));
        return first is null || second is null ? null : new SlipStatement.Pair(first, second, style is ["bold"]);
    }

    private SlipStatement? ReadQr(int line, string[] size, string content, IReadOnlySet<string> present)
    {
        if (size.Length > 1) return Refuse(line, $"\"qr {string.Join(' ', size)}\" is not known; allowed: qr: CONTENT, qr 1: CONTENT to qr {LargestModule}: CONTENT (dots of a module)");
        if ((size is [var dots] ? Number(line, "qr", dots, LargestModule) : DefaultModule) is not { } module || Content(line, content) is not { } parts) return null;
        foreach (var field in parts.Parts.Where(part => part.Kind == SlipContent.PartKind.Field && kind.Field(part.Value)!.MayBeEmpty && !present.Contains(part.Value)))
            return Refuse(line, $"{{{field.Value}}} may be empty, and a code of nothing cannot be read: put it between \"if {field.Value}\" and \"end\"");
        return new SlipStatement.Qr(parts, module);
    }

    private SlipStatement? ReadLogo(int line, string[] place, string content)
    {
        if (place is not ([] or ["left"] or ["centre"] or ["right"])) return Refuse(line, $"a logo is not \"{string.Join(' ', place)}\"; allowed: logo, logo left, logo centre, logo right");
        if (!FileName().IsMatch(content)) return Refuse(line, $"\"{content}\" is no file beside the template; allowed: a name of letters, digits, dot, dash and underline, as logo.png");
        var (image, mistake) = picture(content);
        return image is null
            ? Refuse(line, $"{content} {mistake}")
            : new SlipStatement.Fixed(new SlipElement.Picture(image, place is [var align] ? Aligns[align] : SlipAlign.Centre));
    }

    /// <summary>Text in double quotes keeps the spaces at its ends. Two braces of a kind print one.</summary>
    private SlipContent? Content(int line, string text)
    {
        text = text.Trim();
        if (text is ['"', .. var inner, '"']) text = inner;
        var (parts, before) = (new List<SlipContent.Part>(), mistakes.Count);
        foreach (Match piece in Pieces().Matches(text))
        {
            var value = piece.Value;
            if (value is "{{" or "}}") parts.Add(new(SlipContent.PartKind.Literal, value[..1]));
            else if (value is "{" or "}") Complain(line, "has a brace without its partner; allowed: {field}, or {{ and }} for the signs themselves");
            else if (value[0] != '{') parts.Add(new(SlipContent.PartKind.Literal, value));
            else if (Hole(line, value[1..^1]) is { } hole) parts.Add(hole);
        }

        return mistakes.Count == before ? new SlipContent(parts) : null;
    }

    private SlipContent.Part? Hole(int line, string name)
    {
        if (name.StartsWith("words.", StringComparison.Ordinal))
        {
            var known = words.Count == 0 ? [] : words[0].Words.Keys.ToList();
            if (known.Contains(name["words.".Length..])) return new(SlipContent.PartKind.Word, name["words.".Length..]);
            Complain(line, known.Count == 0 ? $"{{{name}}}: there are no words; add a part \"words LANGUAGE\" before \"paper\"" : $"{{{name}}} is not known; allowed: {string.Join(", ", known.Select(word => $"{{words.{word}}}"))}");
            return null;
        }

        if (kind.Field(name) is not null) return new(SlipContent.PartKind.Field, name);
        Complain(line, $"{{{name}}} is not known on a {kind.Id}; allowed: {string.Join(", ", kind.Fields.Select(field => $"{{{field.Name}}}"))}, {{words.NAME}}");
        return null;
    }

    private int? Number(int line, string what, string text, int most)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        Complain(line, $"\"{what} {text}\" is not allowed; allowed: 1 to {most}");
        return null;
    }

    private static bool Words(string first) => first is "text" or "pair" or "qr" or "logo" or "bold" or "inverse" || Aligns.ContainsKey(first) || Big().IsMatch(first);

    private static string Unknown(string word) => $"\"{(word.Length <= 40 ? word : word[..40] + "…")}\" is not known; allowed: {Known}";

    private SlipStatement? Refuse(int line, string message)
    {
        Complain(line, message);
        return null;
    }

    private void Complain(int line, string message) => mistakes.Add(new SlipMistake(line, message));

    [GeneratedRegex("^big([1-8])x([1-8])$")]
    private static partial Regex Big();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,79}$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+")]
    private static partial Regex Pieces();
}
