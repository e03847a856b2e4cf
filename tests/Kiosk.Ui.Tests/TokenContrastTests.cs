using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kiosk.Ui.Tests;

/// <summary>Contrast by WCAG 2.2 of the colours that stand on each other, read from the style sheet that browsers get.</summary>
public sealed partial class TokenContrastTests
{
    private static readonly string Sheet = Encoding.UTF8.GetString(Asset.Find("tokens.css")!.Content.Span);

    private static readonly (string On, string Under)[] Text =
    [
        ("ink", "ground"), ("ink", "surface"), ("ink-soft", "ground"), ("ink-soft", "surface"), ("on-brand", "brand"),
        ("on-brand-soft", "brand-soft"), ("on-brand-soft", "surface"), ("good", "good-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"),
    ];

    private static readonly (string On, string Under)[] Controls = [("edge", "surface"), ("edge", "ground"), ("brand", "surface"), ("focus", "surface"), ("focus", "ground")];

    [Theory]
    [InlineData(":root", 4.5, 3)]
    [InlineData(".hall", 4.5, 3)]
    [InlineData(".contrast", 7, 3)]
    public void Text_and_controls_stand_out_in_every_theme(string theme, double text, double controls)
    {
        var tokens = Tokens(":root").Concat(theme == ":root" ? [] : Tokens(theme)).GroupBy(t => t.Name).ToDictionary(g => g.Key, g => g.Last().Colour);

        var poor = Text.Where(pair => Ratio(tokens[pair.On], tokens[pair.Under]) < text)
            .Concat(Controls.Where(pair => Ratio(tokens[pair.On], tokens[pair.Under]) < controls))
            .Select(pair => $"{pair.On} on {pair.Under}: {Ratio(tokens[pair.On], tokens[pair.Under]):0.00}");
        Assert.Empty(poor);
    }

    [Fact]
    public void Black_on_white_has_the_ratio_of_the_standard() => Assert.Equal(21, Ratio("000000", "ffffff"), 2);

    private static IEnumerable<(string Name, string Colour)> Tokens(string theme)
    {
        var from = Sheet.IndexOf(theme + " {", StringComparison.Ordinal);
        var block = Sheet[from..Sheet.IndexOf('}', from)];
        return Token().Matches(block).Select(match => (match.Groups[1].Value, match.Groups[2].Value));
    }

    private static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) => (0.2126 * Channel(colour, 0)) + (0.7152 * Channel(colour, 2)) + (0.0722 * Channel(colour, 4));

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"--([a-z-]+):\s*#([0-9a-f]{6});")]
    private static partial Regex Token();
}
