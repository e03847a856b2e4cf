using System.Text.Json.Nodes;

namespace Kiosk.Hardware.Printers.EscPos.Emulation;

/// <summary>A stretch of text in one style.</summary>
internal sealed record PrintedRun(string Text, int Width, int Height, bool Bold, bool Inverse);

/// <summary>What one can see on emulated paper, top to bottom.</summary>
internal abstract record PrintedLine
{
    private PrintedLine() { }

    public abstract JsonObject ToJson();

    public sealed record Text(SlipAlign Align, IReadOnlyList<PrintedRun> Runs) : PrintedLine
    {
        public override JsonObject ToJson() => new()
        {
            ["align"] = Words(Align),
            ["runs"] = new JsonArray([.. Runs.Select(run => (JsonNode)new JsonObject
            {
                ["text"] = run.Text,
                ["width"] = run.Width,
                ["height"] = run.Height,
                ["bold"] = run.Bold,
                ["inverse"] = run.Inverse,
                ["align"] = Words(Align),
            })]),
        };
    }

    public sealed record Qr(SlipAlign Align, string Content, int Module) : PrintedLine
    {
        public override JsonObject ToJson() => new() { ["align"] = Words(Align), ["qr"] = Content, ["module"] = Module };
    }

    public sealed record Picture(Raster Raster) : PrintedLine
    {
        public override JsonObject ToJson() => new()
        {
            ["raster"] = new JsonObject { ["width"] = Raster.Width, ["height"] = Raster.Height, ["bits"] = Convert.ToBase64String(Raster.Bits) },
        };
    }

    /// <summary>The roll ended here: the slip is broken in two.</summary>
    public sealed record Torn : PrintedLine
    {
        public override JsonObject ToJson() => new() { ["torn"] = true };
    }

    private static string Words(SlipAlign align) => align switch
    {
        SlipAlign.Centre => "centre",
        SlipAlign.Right => "right",
        _ => "left",
    };
}
