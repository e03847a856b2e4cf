using System.Net;
using Kiosk.Domain.Hall;
using Kiosk.Journal;

namespace Kiosk.Provisioning.Store;

/// <summary><c>kioskctl store forget</c>, on the hall's board: asks the running host, and changes the journal itself where none runs.</summary>
internal sealed class StoreForget(TextWriter output, TimeProvider time)
{
    private const string Source = "kioskctl";

    public async Task<int> RunAsync(string data, CancellationToken cancel)
    {
        // Opening the journal would make it.
        if (!Directory.Exists(data)) throw new Trouble(ExitCode.NoInput, $"There is no directory {data}. Name the host's data directory with --data DIR.");

        using var host = new HostSocket(data);
        if (await host.TellAsync("/control/store/forget", new { }, cancel) is { } answer) Check(answer);
        else Offline(data);
        await output.WriteLineAsync("the store is forgotten: until a store acknowledges again, what the broker has taken counts as reported");
        return ExitCode.Fine;
    }

    private static void Check((HttpStatusCode Status, string Said) answer)
    {
        if ((int)answer.Status < 300) return;
        throw new Trouble(answer.Status is HttpStatusCode.Conflict ? ExitCode.Usage : ExitCode.Unavailable, answer.Said);
    }

    private void Offline(string data)
    {
        try
        {
            using var journal = SqliteJournal.Open(data, time: time);
            if (journal.Cursor(ReportedPlaces.StoreWord) is not (> 0 and var seq))
                throw new Trouble(ExitCode.Usage, "No store has acknowledged anything here since the last one was forgotten: there is none to forget.");

            // The fact first, as in the host: what the journal does not take is not done.
            var last = journal.LastSeq > 0 && journal.Read(journal.LastSeq - 1, 1) is [var recorded, ..] ? recorded.At : DateTimeOffset.MinValue;
            var now = time.GetUtcNow();
            journal.Append([new(now > last ? now : last, new HallEvent.StoreForgotten(seq), null, Source)]);
            journal.SaveCursor(ReportedPlaces.StoreWord, 0);
        }
        catch (Exception refused) when (refused is JournalRefusedException or JournalUnavailableException)
        {
            throw new Trouble(ExitCode.NoInput, refused.Message, refused);
        }
    }
}
