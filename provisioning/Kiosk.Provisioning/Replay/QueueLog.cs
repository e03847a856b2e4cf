using System.Globalization;
using System.IO.Compression;

namespace Kiosk.Provisioning.Replay;

/// <summary>
/// Logs of real halls, one event per row: <c>hall,day,time,event,service,ticket,priority,counter</c>, comma-separated, plain or gzip. Days are <c>20260105</c> or <c>2026-01-05</c>, times are
/// seconds from midnight, events are issued, called, finished, left, opened, closed and staffed. Rows are taken in the order of the file.
/// </summary>
internal sealed class QueueLog : IDisposable
{
    private const string Header = "hall,day,time,event,service,ticket,priority,counter";
    private const int Fields = 8;

    /// <summary>A day of a hall that closes after midnight.</summary>
    private const double LastSecond = 2 * 86_400;

    private static readonly string[] Words = [.. Enum.GetNames<LogEvent>().Select(name => name.ToLowerInvariant())];
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Dictionary<string, string> _texts = [];

    private QueueLog(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Bytes of the file, as it lies on the disk.</summary>
    public long Length => _file.Length;

    /// <summary>How many of them were read so far.</summary>
    public long Position => _file.Position;

    /// <exception cref="Trouble">There is no such file, or it may not be read.</exception>
    public static QueueLog Open(string path)
    {
        try
        {
            return new(path, File.OpenRead(path));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new Trouble(ExitCode.NoInput, $"{path} cannot be read: {refused.Message}", refused);
        }
    }

    /// <summary>All rows, once.</summary>
    /// <exception cref="Trouble">A row is not as the format says; the message names line, field and what is allowed.</exception>
    public IEnumerable<LogRow> Rows()
    {
        using var reader = Reader();
        long line = 1;
        if (Next(reader) is not { } header || header.Trim() != Header) throw Wrong(line, $"the first line must be \"{Header}\"");
        while (Next(reader) is { } text)
        {
            line++;
            if (text.Length > 0) yield return Row(line, text, last: reader.Peek() < 0);
        }

        if (line == 1) throw Wrong(line, "there are no rows behind the header");
    }

    public void Dispose() => _file.Dispose();

    private StreamReader Reader()
    {
        var packed = _file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B;
        _file.Position = 0;
        return new(packed ? new GZipStream(_file, CompressionMode.Decompress) : _file);
    }

    private string? Next(StreamReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new Trouble(ExitCode.NoInput, $"{_path} cannot be read to its end: {broken.Message}", broken);
        }
    }

    private LogRow Row(long line, string text, bool last)
    {
        var fields = text.Split(',');
        if (fields.Length != Fields) throw Wrong(line, $"{fields.Length} fields where there must be {Fields} ({Header}){(last ? "; the file ends here, so it may have been cut off" : "")}");
        var kind = Array.IndexOf(Words, fields[3]);
        if (kind < 0) throw Wrong(line, $"event: \"{fields[3]}\" is none of {string.Join(", ", Words)}");
        if (fields[0].Length == 0) throw Wrong(line, "hall: is empty");
        if (!Day(fields[1], out var day)) throw Wrong(line, $"day: \"{fields[1]}\" is no day: write 20260105 or 2026-01-05");
        if (!double.TryParse(fields[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var time) || time > LastSecond)
            throw Wrong(line, $"time: \"{fields[2]}\" must be seconds from midnight, 0 to {LastSecond}");

        var row = new LogRow(line, Once(fields[0]), day, time, (LogEvent)kind, Once(fields[4]), fields[5], Once(fields[6]), Once(fields[7]));
        if (row.Event is LogEvent.Issued or LogEvent.Called or LogEvent.Finished or LogEvent.Left && row.Ticket.Length == 0) throw Wrong(line, $"ticket: is empty, and \"{fields[3]}\" is about one");
        if (row.Event != LogEvent.Staffed) return row;
        if (!int.TryParse(fields[7], NumberStyles.None, CultureInfo.InvariantCulture, out var open)) throw Wrong(line, $"counter: \"{fields[7]}\" must be the number of open counters, 0 or more");
        return row with { Open = open };
    }

    private static bool Day(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    // Few words come again and again.
    private string Once(string text) => _texts.TryGetValue(text, out var known) ? known : _texts[text] = text;

    private Trouble Wrong(long line, string what) => new(ExitCode.BadInput, $"{_path}, line {line}: {what}.");
}
