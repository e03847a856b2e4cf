using Kiosk.Domain.Hall;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kiosk.Ui.Screens.Feedback;

/// <summary>A drawn face in the colour of the text around it. Words stand beside it, so it is hidden from screen readers.</summary>
public sealed class Face : ComponentBase
{
    [Parameter, EditorRequired]
    public Rating Rating { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(
        0,
        $"""<svg class="face" viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" aria-hidden="true" focusable="false"><circle cx="24" cy="24" r="20"/><circle cx="17" cy="19" r="1.500" fill="currentColor"/><circle cx="31" cy="19" r="1.500" fill="currentColor"/><path d="{Mouth}"/></svg>""");

    private string Mouth => Rating switch
    {
        Rating.Satisfied => "M14 28c2.500 5 6 7 10 7s7.500-2 10-7",
        Rating.Neutral => "M15 31h18",
        _ => "M14 34c2.500-5 6-7 10-7s7.500 2 10 7",
    };
}
