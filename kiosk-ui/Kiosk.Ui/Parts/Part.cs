using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Parts;

/// <summary>
/// A piece of a screen that the host replaces by itself when it changed. Its content stands between two comments, so that
/// the host can cut it out of the rendered screen: one component serves the first page and every update. Parts do not nest.
/// </summary>
public sealed class Part : ComponentBase
{
    public const string Begin = "<!--part ", BeginEnd = "-->", End = "<!--/part-->";

    /// <summary>Unique on the page; letters, digits and hyphens.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter]
    public string Tag { get; set; } = "div";

    [Parameter]
    public string? Class { get; set; }

    /// <summary><c>polite</c> or <c>assertive</c> where a screen reader is to speak a change.</summary>
    [Parameter]
    public string? Speak { get; set; }

    [Parameter]
    public string? Label { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, Tag);
        builder.AddAttribute(1, "id", Id);
        builder.AddAttribute(2, "class", Class);
        builder.AddAttribute(3, "aria-live", Speak);
        builder.AddAttribute(4, "aria-label", Label);
        builder.AddMarkupContent(5, Begin + Id + BeginEnd);
        builder.AddContent(6, ChildContent);
        builder.AddMarkupContent(7, End);
        builder.CloseElement();
    }

    /// <summary>The parts of a rendered screen: id → content.</summary>
    public static IReadOnlyDictionary<string, string> Cut(string html)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = html.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = html.IndexOf(Begin, at, StringComparison.Ordinal))
        {
            var idEnd = html.IndexOf(BeginEnd, at, StringComparison.Ordinal);
            var content = idEnd + BeginEnd.Length;
            var end = html.IndexOf(End, content, StringComparison.Ordinal);
            parts.Add(html[(at + Begin.Length)..idEnd], html[content..end]);
            at = end;
        }

        return parts;
    }
}
