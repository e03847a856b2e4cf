using System.Globalization;
using System.Text.Json;
using Kiosk.Journal;

namespace Kiosk.Provisioning.Log;

/// <summary><c>kioskctl log</c>: asks the running host, and opens the file only where none runs, for two must not have it open.</summary>
internal sealed class LogCommand(TextWriter output, TextWriter errors, TimeProvider time)
{
    private const int Page = 1000;

    private static readonly TimeSpan FollowEvery = TimeSpan.FromSeconds(1);

    /// <summary>The last event shown.</summary>
    private (int? Epoch, long Seq) _shown;

    public async Task<int> RunAsync(string dataDirectory, long after, bool follow, bool json, CancellationToken cancel)
    {
        _shown = (null, after);
        using var host = new HostSocket(dataDirectory);
        var running = await ShowHostAsync(host, json, cancel);
        if (!running) await ShowFileAsync(dataDirectory, follow, json);
        if (!follow) return ExitCode.Fine;

        try
        {
            await FollowAsync(host, dataDirectory, running, json, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Ctrl-C is how following ends.
        }

        return ExitCode.Fine;
    }

    private async Task FollowAsync(HostSocket host, string dataDirectory, bool running, bool json, CancellationToken cancel)
    {
        if (!running) await errors.WriteLineAsync($"no host runs in {dataDirectory}; waiting for one");
        while (true)
        {
            await Task.Delay(FollowEvery, time, cancel);
            var here = await TryHostAsync(host, json, cancel);
            if (here != running) await errors.WriteLineAsync(here ? "the host runs" : "the host is gone; waiting for it");
            running = here;
        }
    }

    /// <summary>A host that is stopping or starting may break off: that is "gone", not the end of following.</summary>
    private async Task<bool> TryHostAsync(HostSocket host, bool json, CancellationToken cancel)
    {
        try
        {
            // Asked each time: a host that was replaced between two looks was never seen to go.
            if (!await SameLifeAsync(host, cancel)) _shown = (null, 0);
            return await ShowHostAsync(host, json, cancel);
        }
        catch (Trouble gone) when (gone.ExitCode == ExitCode.Unavailable)
        {
            return false;
        }
    }

    /// <summary>Whether the journal still holds the event shown last; a rescued one counts from 1 again.</summary>
    private async Task<bool> SameLifeAsync(HostSocket host, CancellationToken cancel)
    {
        if (_shown.Epoch is not { } epoch) return true;
        return await host.AskAsync(Address(_shown.Seq - 1, 1), cancel) is not { } answer
            || LogEntry.OfHost(answer) is [var entry, ..] && entry.Epoch == epoch && entry.Seq == _shown.Seq;
    }

    /// <returns>False where no host runs.</returns>
    private async Task<bool> ShowHostAsync(HostSocket host, bool json, CancellationToken cancel)
    {
        while (true)
        {
            if (await host.AskAsync(Address(_shown.Seq, Page), cancel) is not { } answer) return false;

            var entries = LogEntry.OfHost(answer);
            await ShowAsync(entries, json);
            if (entries.Count < Page) return true;
        }
    }

    /// <param name="mayBeMissing">Following may begin before the first host.</param>
    private async Task ShowFileAsync(string dataDirectory, bool mayBeMissing, bool json)
    {
        // SqliteJournal.Open would make what is missing.
        if (!File.Exists(Path.Combine(dataDirectory, SqliteJournal.FileName)))
        {
            if (mayBeMissing) return;
            throw new Trouble(ExitCode.NoInput, Directory.Exists(dataDirectory)
                ? $"There is no journal in {dataDirectory}: no host has run there yet. Name another directory with --data DIR."
                : $"There is no directory {dataDirectory}. Name the host's data directory with --data DIR.");
        }

        try
        {
            using var journal = SqliteJournal.Open(dataDirectory, time: time);
            while (true)
            {
                var page = journal.Read(_shown.Seq, Page);
                await ShowAsync([.. page.Select(LogEntry.Of)], json);
                if (page.Count < Page) return;
            }
        }
        catch (Exception refused) when (refused is JournalRefusedException or JournalUnavailableException)
        {
            throw new Trouble(ExitCode.NoInput, refused.Message, refused);
        }
    }

    private async Task ShowAsync(IReadOnlyList<LogEntry> entries, bool json)
    {
        foreach (var entry in entries)
        {
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(entry, Json.Shape) : Line(entry, time.LocalTimeZone));
            _shown = (entry.Epoch, entry.Seq);
        }

        await output.FlushAsync();
    }

    internal static string Line(LogEntry entry, TimeZoneInfo zone) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeZoneInfo.ConvertTime(entry.At, zone):yyyy-MM-dd HH:mm:ss}  {entry.Seq,6}  {entry.Words()}  ({(entry.Who is { } who ? $"{who}, " : "")}{entry.Source})");

    private static string Address(long after, int limit) => string.Create(CultureInfo.InvariantCulture, $"/control/log?after={Math.Max(0, after)}&limit={limit}");
}
