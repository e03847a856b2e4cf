using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiosk.Domain.Reports;

/// <summary>Reports as they are kept and as the API shows them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DayReport))]
[JsonSerializable(typeof(PeriodReport))]
[JsonSerializable(typeof(OutlookSheet))]
[JsonSerializable(typeof(IReadOnlyList<DateOnly>))]
public sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>Hanzi as Hanzi. Never put into a page as it is.</summary>
    public static ReportJson Wire { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] Bytes(DayReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Wire.DayReport);

    /// <returns>Null where a newer version wrote it.</returns>
    /// <exception cref="JsonException">It is none.</exception>
    public static DayReport? Read(ReadOnlySpan<byte> kept)
    {
        var report = JsonSerializer.Deserialize(kept, Wire.DayReport);
        return report?.V == Reports.DayReport.Version ? report : null;
    }
}
