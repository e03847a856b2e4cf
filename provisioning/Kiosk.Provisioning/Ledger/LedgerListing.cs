using System.Text.Json;
using Kiosk.Provisioning.Log;

namespace Kiosk.Provisioning.Ledger;

/// <summary><c>kioskctl ledger list</c>.</summary>
internal sealed class LedgerListing(TextWriter output, TimeProvider time)
{
    /// <param name="day">Local; null: all.</param>
    public async Task<int> RunAsync(string dataDirectory, DateOnly? day, bool json, CancellationToken cancel)
    {
        await foreach (var entry in LedgerSource.EntriesAsync(dataDirectory, time, cancel))
        {
            var local = TimeZoneInfo.ConvertTime(entry.At, time.LocalTimeZone);
            if (day is { } only && DateOnly.FromDateTime(local.DateTime) != only) continue;
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(entry, Json.Shape) : LogCommand.Line(entry, time.LocalTimeZone));
        }

        return ExitCode.Fine;
    }
}
