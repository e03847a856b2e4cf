using System.Globalization;
using System.Net;
using System.Text.Json;
using Kiosk.Domain.Staff;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Provisioning.Staff;

/// <summary><c>kioskctl staff</c>: accounts, asked of the running host, and changed in the file under the data directory's lock where none runs.</summary>
internal sealed class StaffCommand(TextWriter output, TimeProvider time)
{
    private const string Source = "kioskctl";

    public async Task<int> ListAsync(string data, bool json, CancellationToken cancel)
    {
        // Opening a journal would make it.
        if (!Directory.Exists(data)) throw new Trouble(ExitCode.NoInput, $"There is no directory {data}. Name the host's data directory with --data DIR.");

        using var host = new HostSocket(data);
        var rows = await host.AskAsync("/control/staff", cancel) is { } answer ? OfHost(answer) : Offline(data, (_, file) => Rows(file.Read()));
        if (json)
        {
            foreach (var row in rows) await output.WriteLineAsync(JsonSerializer.Serialize(row, Json.Shape));
            return ExitCode.Fine;
        }

        if (rows.Count == 0) await output.WriteLineAsync("no accounts; make the first with kioskctl staff add USER --role manager");
        var widest = rows.Select(row => row.User.Length).Append(4).Max();
        foreach (var row in rows) await output.WriteLineAsync($"{row.User.PadRight(widest)}  {row.Role,-10}  {Said(row)}".TrimEnd());
        return ExitCode.Fine;
    }

    public Task<int> AddAsync(string data, string user, StaffRole role, string pin, CancellationToken cancel) => DoAsync(
        data, user, "add", new { role = StaffAccount.Word(role), pin }, book => StaffChange.Add(book, user, role, pin, PinHash.Iterations2026), $"{user} can sign in as {StaffAccount.Word(role)}", cancel);

    public Task<int> PinAsync(string data, string user, string pin, CancellationToken cancel) => DoAsync(
        data, user, "pin", new { pin }, book => StaffChange.SetPin(book, user, pin, PinHash.Iterations2026), $"{user} has a new PIN", cancel);

    public Task<int> RoleAsync(string data, string user, StaffRole role, CancellationToken cancel) => DoAsync(
        data, user, "role", new { role = StaffAccount.Word(role) }, book => StaffChange.SetRole(book, user, role), $"{user} is {StaffAccount.Word(role)} now", cancel);

    public Task<int> UnlockAsync(string data, string user, CancellationToken cancel) => DoAsync(
        data, user, "unlock", new { }, book => StaffChange.Unlock(book, user), $"{user} can sign in again", cancel);

    public Task<int> RemoveAsync(string data, string user, CancellationToken cancel) => DoAsync(
        data, user, "remove", new { }, book => StaffChange.Remove(book, user), $"{user} is removed", cancel);

    private async Task<int> DoAsync(string data, string user, string order, object body, Func<StaffBook, StaffChange> change, string done, CancellationToken cancel)
    {
        using var host = new HostSocket(data);
        if (await host.TellAsync($"/control/staff/{Uri.EscapeDataString(user)}/{order}", body, cancel) is { } answer) Check(answer);
        else Offline(data, (journal, file) => Change(journal, file, change));
        await output.WriteLineAsync(done);
        return ExitCode.Fine;
    }

    private static void Check((HttpStatusCode Status, string Said) answer)
    {
        if ((int)answer.Status < 300) return;
        throw new Trouble(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict ? ExitCode.Usage : ExitCode.Unavailable, answer.Said);
    }

    // The fact first, as in the host: what the journal does not take is not done.
    private bool Change(SqliteJournal journal, StaffFile file, Func<StaffBook, StaffChange> change)
    {
        var changed = change(file.Read());
        if (changed.Refused is { } why) throw new Trouble(ExitCode.Usage, why);

        var last = journal.LastSeq > 0 && journal.Read(journal.LastSeq - 1, 1) is [var recorded, ..] ? recorded.At : DateTimeOffset.MinValue;
        var now = time.GetUtcNow();
        journal.Append([new(now > last ? now : last, changed.Fact!, null, Source)]);
        file.Write(changed.Book!);
        return true;
    }

    private T Offline<T>(string data, Func<SqliteJournal, StaffFile, T> work)
    {
        try
        {
            using var journal = SqliteJournal.Open(data, time: time);
            return work(journal, new StaffFile(data));
        }
        catch (Exception refused) when (refused is JournalRefusedException or JournalUnavailableException)
        {
            throw new Trouble(ExitCode.NoInput, refused.Message, refused);
        }
    }

    private static List<StaffRow> Rows(StaffBook book) =>
        [.. book.Accounts.Where(account => !account.Removed).OrderBy(account => account.User, StringComparer.Ordinal).Select(account => new StaffRow(account.User, StaffAccount.Word(account.Role), account.LockedUntil, account.LastSignIn))];

    private static List<StaffRow> OfHost(JsonElement answer)
    {
        try
        {
            return answer.Deserialize<List<StaffRow>>(Json.Shape) ?? throw new JsonException("null instead of a list");
        }
        catch (JsonException otherwise)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host's accounts are not understood ({otherwise.Message}): is it of another version than kioskctl?", otherwise);
        }
    }

    private string Said(StaffRow row)
    {
        var last = row.LastSignIn is { } at ? "last " + TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "never signed in";
        return row.LockedUntil > time.GetUtcNow() ? $"{last}, locked until {TimeZoneInfo.ConvertTime(row.LockedUntil.Value, time.LocalTimeZone).ToString("HH:mm", CultureInfo.InvariantCulture)}" : last;
    }
}

/// <summary>An account as the host's <c>GET /control/staff</c> gives it.</summary>
internal sealed record StaffRow(string User, string Role, DateTimeOffset? LockedUntil, DateTimeOffset? LastSignIn);
