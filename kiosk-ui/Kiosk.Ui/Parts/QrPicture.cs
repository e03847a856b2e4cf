using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using QRCoder;

namespace Kiosk.Ui.Parts;

/// <summary>A QR code as one SVG path, dark on white whatever the colours around it are: phones read it so.</summary>
public sealed class QrPicture : ComponentBase
{
    /// <summary>At most 300 signs.</summary>
    [Parameter, EditorRequired]
    public required string Content { get; set; }

    /// <summary>What it leads to, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        using var code = QRCodeGenerator.GenerateQrCode(Content, QRCodeGenerator.ECCLevel.M);
        var size = code.ModuleMatrix.Count.ToString(CultureInfo.InvariantCulture);
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", "qr");
        builder.AddAttribute(2, "viewBox", $"0 0 {size} {size}");
        builder.AddAttribute(3, "shape-rendering", "crispEdges");
        builder.AddAttribute(4, "role", "img");
        builder.AddAttribute(5, "aria-label", Label);
        builder.AddMarkupContent(6, $"""<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{Path(code)}"/>""");
        builder.CloseElement();
    }

    // The matrix brings its quiet zone of four modules with it. Dark modules that touch in a row become one stroke.
    private static string Path(QRCodeData code)
    {
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < row.Count; x++)
            {
                if (!row[x]) continue;
                var from = x;
                while (x < row.Count && row[x]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1H{from}z");
            }
        }

        return path.ToString();
    }
}
