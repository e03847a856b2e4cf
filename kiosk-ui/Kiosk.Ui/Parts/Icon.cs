using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Parts;

/// <summary>A line drawing of 24 × 24 units in the colour of the text around it. Always beside words, so hidden from screen readers.</summary>
public sealed class Icon : ComponentBase
{
    private static readonly Dictionary<string, string> Drawings = new(StringComparer.Ordinal)
    {
        ["ticket"] = """<path d="M4 5h16v5a2 2 0 0 0 0 4v5H4v-5a2 2 0 0 0 0-4z"/><path d="M14 5v3m0 3v2m0 3v3"/>""",
        ["printer"] = """<path d="M7 9V3h10v6M7 17H4V9h16v8h-3"/><path d="M7 14h10v7H7z"/>""",
        ["check"] = """<path d="M4 12.5 9.5 18 20 6.5"/>""",
        ["alert"] = """<path d="M12 3 22 20.5H2z"/><path d="M12 9.5v5m0 2.6v.4"/>""",
        ["stop"] = """<circle cx="12" cy="12" r="9"/><path d="M6 6l12 12"/>""",
        ["question"] = """<circle cx="12" cy="12" r="9"/><path d="M9 9.5a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2m0 2.4v.4"/>""",
        ["people"] = """<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 2.800-6.500 6.500-6.500s6.500 2.500 6.500 6.500"/><path d="M16 4.800a3.500 3.500 0 0 1 0 6.400M18 14c2.200.8 3.500 3 3.500 6"/>""",
        ["clock"] = """<circle cx="12" cy="12" r="9"/><path d="M12 6.500V12l4 2.500"/>""",
        ["arrow"] = """<path d="M3 12h17m-7-7 7 7-7 7"/>""",
        ["back"] = """<path d="M21 12H4m7-7-7 7 7 7"/>""",
        ["type"] = """<path d="M2 20 7.500 5 13 20M4 15h7"/><path d="M15 20l3.500-9 3.500 9m-5.700-3h4.400"/>""",
        ["contrast"] = """<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor"/>""",
        ["next"] = """<path d="M4 5l9 7-9 7zM18 5v14"/>""",
        ["recall"] = """<path d="M4 9v6h4l5 4V5L8 9z"/><path d="M16.500 8.500a5 5 0 0 1 0 7M19 6a8.500 8.500 0 0 1 0 12"/>""",
        ["begin"] = """<path d="M6 4l13 8-13 8z"/>""",
        ["finish"] = """<circle cx="12" cy="12" r="9"/><path d="M7.500 12.500l3 3 6-7"/>""",
        ["no-show"] = """<circle cx="10" cy="8" r="4"/><path d="M2.500 21c0-4.500 3-7 7.500-7 1.500 0 2.800.3 4 .8M16 16l5 5m0-5-5 5"/>""",
        ["hold"] = """<path d="M6 3h12M6 21h12M7 3c0 5 10 5 10 9s-10 4-10 9M17 3c0 5-10 5-10 9s10 4 10 9"/>""",
        ["transfer"] = """<path d="M3 8h15m-4-4 4 4-4 4M21 16H6m4-4-4 4 4 4"/>""",
        ["pause"] = """<path d="M8 4v16M16 4v16"/>""",
        ["resume"] = """<path d="M4 12a8 8 0 1 0 2.500-5.800M4 4v4h4"/>""",
        ["open"] = """<path d="M5 21V3h9v18M3 21h18M14 6h5v15"/><path d="M11 12v.5"/>""",
        ["close"] = """<path d="M6 6l12 12M18 6 6 18"/>""",
        ["screen"] = """<path d="M3 4h18v12H3zM8 21h8M12 16v5"/>""",
        ["keys"] = """<path d="M4 4h16v16H4z"/><path d="M8 8h2v2H8zm6 0h2v2h-2zM8 14h2v2H8zm6 0h2v2h-2z"/>""",
        ["device"] = """<path d="M7 7h10v10H7z"/><path d="M10 3v4m4-4v4m-4 10v4m4-4v4M3 10h4m-4 4h4m10-4h4m-4 4h4"/>""",
        ["phone"] = """<path d="M7 2.500h10v19H7zM11 18.500h2"/>""",
        ["offline"] = """<path d="M3 9a13 13 0 0 1 6-3.200M21 9a13 13 0 0 0-7-3.500M6.500 13a8 8 0 0 1 3-2M17.500 13a8 8 0 0 0-2-1.500M12 18.500v.5M3 3l18 18"/>""",
        ["star"] = """<path d="M12 3l2.700 5.800 6.300.8-4.600 4.300 1.200 6.200-5.600-3-5.600 3 1.200-6.200L3 9.600l6.300-.8z"/>""",
        ["calendar"] = """<path d="M4 6h16v14H4zM4 10.500h16M8 3v5m8-5v5"/><path d="M9 15l2.200 2.200 4-4.400"/>""",
        ["erase"] = """<path d="M8.500 5H21v14H8.500L3 12z"/><path d="M11.500 9.500l5 5m0-5-5 5"/>""",
        ["guide"] = """<circle cx="12" cy="5" r="2.500"/><path d="M12 8.500V15m0 0-3 6m3-6 3 6M5 12l7-3 7 3"/>""",
        ["chart"] = """<path d="M4 20V4m0 16h17M8.500 16v-5m4.500 5V7m4.500 9v-7"/>""",
        ["book"] = """<path d="M4 4h6a2 2 0 0 1 2 2v14a2 2 0 0 0-2-2H4zM20 4h-6a2 2 0 0 0-2 2v14a2 2 0 0 1 2-2h6z"/>""",
        ["card"] = """<path d="M2.500 5.500h19v13h-19zM2.500 10h19"/><path d="M6 14.500h4"/>""",
        ["cash"] = """<path d="M2 6.500h20v11H2z"/><circle cx="12" cy="12" r="2.800"/><path d="M5.500 9.500v.2m13 4.800v.2"/>""",
        ["receipt"] = """<path d="M5 2.500v19l2.300-1.500 2.400 1.500 2.300-1.500 2.300 1.500 2.400-1.500 2.300 1.500v-19z"/><path d="M8.500 8h7m-7 4h7"/>""",
        ["lamp"] = """<path d="M9 18h6m-5 3h4M12 3a6 6 0 0 0-3.500 10.900c.5.400.8 1.200.8 2.100h5.400c0-.9.300-1.700.8-2.100A6 6 0 0 0 12 3z"/>""",
    };

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(
        0,
        $"""<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{Drawings[Name]}</svg>""");
}
