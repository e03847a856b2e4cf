using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;
using Kiosk.Domain.Waiting.Prediction;

namespace Kiosk.Journal;

/// <summary>
/// What the hall has learned about its waits up to the end of a business day, beside the journal: so that a start does not read months of it. It can always be made again from the journal, and is
/// where it is missing, damaged, or of another version of the method.
/// </summary>
public static partial class LearnedFile
{
    public const string FileName = "waits.json";

    /// <summary>Of the method: numbers learned by another one mean something else.</summary>
    private const int Version = 1;

    /// <exception cref="IOException">The file that was there stands.</exception>
    /// <exception cref="UnauthorizedAccessException">The file that was there stands.</exception>
    public static void Write(string directory, int epoch, LearnedWaits learned) =>
        DurableFile.Write(Path.Combine(directory, FileName), JsonSerializer.SerializeToUtf8Bytes(Shape.Of(epoch, learned), Wire.Default.Shape));

    /// <summary>Null where there is none that can be used.</summary>
    public static LearnedWaits? Read(string directory, int epoch)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(directory, FileName)), Wire.Default.Shape) is { V: Version } shape && shape.Epoch == epoch ? shape.Learned() : null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            // Not an error: it is made again from the journal.
            return null;
        }
    }

    internal sealed record Shape(
        int V, int Epoch, DateOnly Day, double[] Median, double[] Spread, double LikelyStretch, double WholeStretch, double? Usual, double MeanWait, long Waits, Dictionary<string, LineShape> Lines, Dictionary<string, PaceShape> Paces)
    {
        public static Shape Of(int epoch, LearnedWaits learned) => new(
            Version,
            epoch,
            learned.Day,
            [.. learned.Model.Median.Numbers],
            [.. learned.Model.Spread.Hall],
            learned.Model.Spread.LikelyStretch,
            learned.Model.Spread.WholeStretch,
            learned.Model.Usual,
            learned.Model.MeanWait,
            learned.Model.Waits,
            learned.Model.Lines.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => LineShape.Of(pair.Value)),
            learned.Paces.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal).ToDictionary(pair => pair.Key.Value, pair => PaceShape.Of(pair.Value)));

        public LearnedWaits? Learned()
        {
            var lines = Lines.ToDictionary(pair => pair.Key, pair => pair.Value.Line());
            if (MedianRegression.Of(WaitFeatures.Count, Median) is not { } median || Spread.Length != WaitSpread.Start.Hall.Length || lines.Values.Any(line => line is null)) return null;

            var model = new WaitModel
            {
                Median = median,
                Spread = new() { Hall = [.. Spread], LikelyStretch = LikelyStretch, WholeStretch = WholeStretch },
                Lines = lines.ToImmutableDictionary(pair => pair.Key, pair => pair.Value!),
                Usual = Usual,
                MeanWait = MeanWait,
                Waits = Waits,
            };
            return new(Day, model, Paces.ToImmutableDictionary(pair => new ServiceId(pair.Key), pair => pair.Value.Pace));
        }
    }

    internal sealed record LineShape(double[] Median, double[] Spread, int Scored, double Held, bool Shown)
    {
        public static LineShape Of(LearnedLine line) => new([.. line.Median.Numbers], [.. line.Spread], line.Trust.Scored, line.Trust.Held, line.Trust.Shown);

        public LearnedLine? Line() => MedianRegression.Of(WaitFeatures.Count, Median) is { } median && Spread.Length == WaitSpread.StartOfLine.Length
            ? new(median, [.. Spread], new(Scored, Held, Shown))
            : null;
    }

    internal sealed record PaceShape(double Typical, long Served, double ServiceSum, long Gaps, double GapSum)
    {
        [JsonIgnore]
        public LinePace Pace => new(Typical) { Served = Served, ServiceSum = ServiceSum, Gaps = Gaps, GapSum = GapSum };

        public static PaceShape Of(LinePace pace) => new(pace.Typical, pace.Served, pace.ServiceSum, pace.Gaps, pace.GapSum);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Shape))]
    private sealed partial class Wire : JsonSerializerContext;
}
