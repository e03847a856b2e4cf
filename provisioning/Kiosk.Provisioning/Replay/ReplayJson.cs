using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiosk.Provisioning.Replay;

/// <summary>A replay's figures for programs.</summary>
internal static partial class ReplayJson
{
    public static string Of(ReplayFigures figures) => JsonSerializer.Serialize(
        new Shape(Score(figures.All), figures.Halls.ToDictionary(pair => pair.Key, pair => Score(pair.Value)), Score(figures.WithZeros)), Wire.Default.Shape);

    private static ScoreShape Score(ReplayScore of) => new(
        of.Scored, of.Mae, of.NaiveMae, of.Ratio, of.Bias, of.Coverage50, of.Coverage90, of.Width50, of.Width90, of.LastServedMae, of.HeadOfLineMae, of.MeanWait);

    /// <param name="WithZeros">Those who did not wait are counted as well.</param>
    internal sealed record Shape(ScoreShape Overall, IReadOnlyDictionary<string, ScoreShape> Halls, ScoreShape WithZeros);

    /// <summary>Seconds; ratio and coverage are parts of 1.</summary>
    internal sealed record ScoreShape(
        int Scored, double Mae, double NaiveMae, double Ratio, double Bias, double Coverage50, double Coverage90, double Width50, double Width90, double LastServedMae, double HeadOfLineMae, double MeanWait);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(Shape))]
    private sealed partial class Wire : JsonSerializerContext;
}
