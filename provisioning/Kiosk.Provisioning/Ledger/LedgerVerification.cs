using System.Globalization;
using System.Text.Json;
using Kiosk.Journal;

namespace Kiosk.Provisioning.Ledger;

/// <summary><c>kioskctl ledger verify</c>.</summary>
internal sealed class LedgerVerification(TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <summary>A ledger of many years on a small board.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const int TellEvery = 50_000;

    /// <param name="head">A hash on paper, or null.</param>
    public async Task<int> RunAsync(string dataDirectory, string? head, CancellationToken cancel)
    {
        var check = await HostAsync(dataDirectory, head, cancel) ?? File(dataDirectory, head, cancel);
        if (check.BrokenAt is { } seq)
        {
            await output.WriteLineAsync(Text($"BROKEN at entry {seq}: {check.Trouble}. {check.Entries} entries before it are as they were written."));
            return ExitCode.NotAsWritten;
        }

        await output.WriteLineAsync(Text($"{check.Entries} entries, each as it was written. Hash of the last: {check.Head}"));
        if (head is null) return ExitCode.Fine;

        await output.WriteLineAsync(check.FoundAt is { } at
            ? Text($"The hash on paper is that of entry {at}: nothing up to it was changed or taken away since.")
            : "NO ENTRY has the hash on paper: entries were taken away from the end, or it is of another terminal, or it was copied wrongly.");
        return check.FoundAt is null ? ExitCode.NotAsWritten : ExitCode.Fine;
    }

    private async Task<LedgerCheck?> HostAsync(string dataDirectory, string? head, CancellationToken cancel)
    {
        using var host = new HostSocket(dataDirectory, Patience);
        if (await host.AskAsync("/control/ledger?after=0&limit=1", cancel) is null) return null;

        await errors.WriteLineAsync("the running host verifies its ledger; this may take a while");
        var answer = await host.AskAsync($"/control/ledger/verify{(head is null ? "" : $"?head={head}")}", cancel) ?? throw new Trouble(ExitCode.Unavailable, "The host stopped meanwhile: try again.");
        try
        {
            return answer.Deserialize<LedgerCheck>(Json.Shape);
        }
        catch (JsonException otherwise)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host's answer is not understood ({otherwise.Message}): is it of another version than kioskctl?", otherwise);
        }
    }

    private LedgerCheck File(string dataDirectory, string? head, CancellationToken cancel)
    {
        using var journal = LedgerSource.Open(dataDirectory, time);
        var told = 0L;
        void Tell(long entries)
        {
            if (entries - told < TellEvery) return;
            told = entries;
            errors.WriteLine(Text($"{entries} entries seen"));
        }

        try
        {
            return journal.VerifyLedger(Tell, cancel, head);
        }
        catch (JournalUnavailableException unavailable)
        {
            throw new Trouble(ExitCode.NoInput, unavailable.Message, unavailable);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
