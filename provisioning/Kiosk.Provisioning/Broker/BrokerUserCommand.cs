using System.Net;
using System.Text.Json;
using Kiosk.Journal;
using Kiosk.Journal.Accounts;

namespace Kiosk.Provisioning.Broker;

/// <summary><c>kioskctl broker user</c>: users of the hall's own broker, asked of the running host, and changed in the file under the data directory's lock where none runs.</summary>
internal sealed class BrokerUserCommand(TextWriter output)
{
    public async Task<int> ListAsync(string data, bool json, CancellationToken cancel)
    {
        // Taking the lock would make it.
        if (!Directory.Exists(data)) throw new Trouble(ExitCode.NoInput, $"There is no directory {data}. Name the host's data directory with --data DIR.");

        using var host = new HostSocket(data);
        var rows = await host.AskAsync("/control/broker/users", cancel) is { } answer ? OfHost(answer) : Offline(data, file => Rows(file.Read()));
        if (json)
        {
            foreach (var row in rows) await output.WriteLineAsync(JsonSerializer.Serialize(row, Json.Shape));
            return ExitCode.Fine;
        }

        if (rows.Count == 0) await output.WriteLineAsync("no users; make the store's with kioskctl broker user add NAME --may store");
        var widest = rows.Select(row => row.Name.Length).Append(4).Max();
        foreach (var row in rows)
            await output.WriteLineAsync($"{row.Name.PadRight(widest)}  {row.May,-5}  {(row.ByCertificate ? "certificate" : "password"),-11}  {(row.Device is { } device ? $"dev/{device}" : "")}".TrimEnd());
        return ExitCode.Fine;
    }

    /// <param name="password">Null: by certificate only.</param>
    /// <param name="generated">Whether to show it: this once, to whoever asked for it.</param>
    public Task<int> AddAsync(string data, string name, BrokerRight may, string? device, string? password, bool generated, CancellationToken cancel) => DoAsync(
        data, name, "add", new { may = BrokerUser.Word(may), device, password }, users => BrokerUsersChange.Add(users, name, may, device, password),
        $"{name} may {Meaning(may, device)}{(password is null ? ", with a certificate of this name" : "")}", generated ? password : null, cancel);

    public Task<int> PasswordAsync(string data, string name, string password, bool generated, CancellationToken cancel) => DoAsync(
        data, name, "password", new { password }, users => BrokerUsersChange.SetPassword(users, name, password), $"{name} has a new password; the old one is refused from now on", generated ? password : null, cancel);

    public Task<int> RemoveAsync(string data, string name, CancellationToken cancel) => DoAsync(
        data, name, "remove", new { }, users => BrokerUsersChange.Remove(users, name), $"{name} is removed", null, cancel);

    private async Task<int> DoAsync(
        string data, string name, string order, object body, Func<BrokerUsers, BrokerUsersChange> change, string done, string? show, CancellationToken cancel)
    {
        using var host = new HostSocket(data);
        if (await host.TellAsync($"/control/broker/users/{Uri.EscapeDataString(name)}/{order}", body, cancel) is { } answer) Check(answer);
        else Offline(data, file => Change(file, change));
        await output.WriteLineAsync(done);
        if (show is not null) await output.WriteLineAsync($"password: {show}   (it is shown this once; put it into a file that only its owner reads)");
        return ExitCode.Fine;
    }

    private static string Meaning(BrokerRight may, string? device) => may switch
    {
        BrokerRight.Store => "read everything, acknowledge, ask for everything again and send commands",
        BrokerRight.Board => $"read and write dev/{device}",
        _ => "read everything",
    };

    private static void Check((HttpStatusCode Status, string Said) answer)
    {
        if ((int)answer.Status < 300) return;
        throw new Trouble(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict ? ExitCode.Usage : ExitCode.Unavailable, answer.Said);
    }

    private static bool Change(BrokerUsersFile file, Func<BrokerUsers, BrokerUsersChange> change)
    {
        var changed = change(file.Read());
        if (changed.Refused is { } why) throw new Trouble(ExitCode.Usage, why);
        file.Write(changed.Users!);
        return true;
    }

    private static T Offline<T>(string data, Func<BrokerUsersFile, T> work)
    {
        try
        {
            using var alone = DataDirectoryLock.Take(data, "kioskctl broker");
            return work(new BrokerUsersFile(data));
        }
        catch (Exception refused) when (refused is JournalRefusedException or JournalUnavailableException)
        {
            throw new Trouble(ExitCode.NoInput, refused.Message, refused);
        }
    }

    private static List<BrokerUserRow> Rows(BrokerUsers users) =>
        [.. users.Users.OrderBy(user => user.Name, StringComparer.Ordinal).Select(user => new BrokerUserRow(user.Name, BrokerUser.Word(user.May), user.Device, user.Password is null))];

    private static List<BrokerUserRow> OfHost(JsonElement answer)
    {
        try
        {
            return [.. (answer.Deserialize<List<BrokerUserRow>>(Json.Shape) ?? throw new JsonException("null instead of a list")).OrderBy(row => row.Name, StringComparer.Ordinal)];
        }
        catch (JsonException otherwise)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host's users are not understood ({otherwise.Message}): is it of another version than kioskctl?", otherwise);
        }
    }
}

/// <summary>A user as the host's <c>GET /control/broker/users</c> gives it.</summary>
internal sealed record BrokerUserRow(string Name, string May, string? Device, bool ByCertificate);
