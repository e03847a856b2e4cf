using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Journal;

namespace Kiosk.Firmware.Devices.Paper;

/// <summary>The rolls of the board on disk, <c>paper.json</c> in the data directory: replaced as a whole, so it is always one or the other. Why not the journal: decision 0016.</summary>
internal sealed partial class PaperFile(string directory, ILogger log)
{
    public const string Name = "paper.json";

    private readonly string _path = Path.Combine(directory, Name);
    private string? _trouble;

    public Dictionary<string, PaperRoll> Read()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize(File.ReadAllBytes(_path), PaperJson.Default.DictionaryStringPaperRoll) ?? [] : [];
        }
        catch (Exception damaged) when (damaged is IOException or UnauthorizedAccessException or JsonException)
        {
            // Counting begins anew; the next roll that is loaded is known again.
            LogLost(log, _path, damaged.Message);
            return [];
        }
    }

    /// <returns>False where it could not be written: the count is kept in memory and tried again.</returns>
    public bool Write(Dictionary<string, PaperRoll> rolls)
    {
        try
        {
            DurableFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(rolls, PaperJson.Default.DictionaryStringPaperRoll));
            _trouble = null;
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            if (_trouble != failed.Message) LogNotWritten(log, _path, failed.Message);
            _trouble = failed.Message;
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Path} cannot be read, paper is counted anew: {Reason}")]
    private static partial void LogLost(ILogger log, string path, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Path} cannot be written, a restart would forget the latest slips: {Reason}")]
    private static partial void LogNotWritten(ILogger log, string path, string reason);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, PaperRoll>))]
internal sealed partial class PaperJson : JsonSerializerContext;
