using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kiosk.Provisioning.Store;

/// <summary><c>kioskctl store export</c>: a copy's events as lines. It only reads, also while a copy is being made.</summary>
internal sealed class StoreExport(TextWriter output)
{
    private const int Page = 1000;

    public const string Head = "hall,epoch,seq,ts,type,number,service,counter,data";

    /// <param name="csv">A table; else the payloads as the hall sent them, one each line.</param>
    public async Task<int> RunAsync(string? hall, string? db, bool csv, CancellationToken cancel)
    {
        using var file = StoreFile.OpenToRead(db ?? (hall is null ? OnlyFile() : StorePlaces.Of(HallFinder.Checked(hall))));
        hall ??= OnlyHall(file);
        if (csv) await output.WriteLineAsync(Head);
        var (place, last) = (default(CopyPlace), file.Rows.Place(hall));
        while (place != last)
        {
            foreach (var one in file.Rows.Read(hall, place, last, Page))
            {
                cancel.ThrowIfCancellationRequested();
                await output.WriteLineAsync(csv ? Row(hall, one) : Encoding.UTF8.GetString(one.Body));
                place = one.Place;
            }
        }

        await output.FlushAsync(cancel);
        return ExitCode.Fine;
    }

    private static string OnlyFile() => Directory.Exists(StorePlaces.Folder) && Directory.GetFiles(StorePlaces.Folder, "store-*.db") is [var only]
        ? only
        : throw new Trouble(ExitCode.Usage, $"{StorePlaces.Folder} does not have exactly one copy: name the hall with --hall ID, or the file with --db FILE.");

    private static string OnlyHall(StoreFile file) => file.Rows.Halls() switch
    {
        [var only] => only,
        [] => throw new Trouble(ExitCode.NoInput, $"{file.Path} has no events yet."),
        var several => throw new Trouble(ExitCode.Usage, $"{file.Path} has several halls: {string.Join(", ", several)}. Name one with --hall ID."),
    };

    private static string Row(string hall, CopyEvent one)
    {
        using var body = JsonDocument.Parse(one.Body);
        var data = body.RootElement.GetProperty("data");
        return string.Join(',', new[]
        {
            hall, one.Place.Epoch.ToString(CultureInfo.InvariantCulture), one.Place.Seq.ToString(CultureInfo.InvariantCulture),
            body.RootElement.GetProperty("ts").GetString()!, one.Type, Member(data, "number"), Member(data, "service"), Member(data, "counter"), data.GetRawText(),
        }.Select(Quoted));
    }

    private static string Member(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value.ToString() : "";

    // RFC 4180. A cell that a spreadsheet would take for a formula is a text to it.
    private static string Quoted(string cell)
    {
        if (cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@') cell = "'" + cell;
        return cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
