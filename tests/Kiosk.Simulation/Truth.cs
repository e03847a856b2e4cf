using System.Net.Http.Json;
using System.Text.Json;

namespace Kiosk.Simulation;

/// <summary>What the journal says, read event by event, against what clients were told.</summary>
internal sealed class Truth
{
    private const int Page = 1000;

    private readonly Dictionary<string, (string? Ticket, string? Number)> _byKey = [];
    private readonly Dictionary<char, int> _lastSerial = [];
    private readonly HashSet<string> _called = [], _sent = [];
    private long _seq;

    public int Issued { get; private set; }

    public int Called => _called.Count;

    public List<string> Mistakes { get; } = [];

    /// <summary>Reads on from where it stopped.</summary>
    public async Task ReadAsync(HttpClient control, CancellationToken cancel)
    {
        while (true)
        {
            var page = (await control.GetFromJsonAsync<JsonElement[]>($"/control/log?after={_seq}&limit={Page}", cancel))!;
            foreach (var recorded in page) Take(recorded);
            if (page.Length < Page) return;
        }
    }

    /// <summary>Every acknowledged answer must stand in the journal under its key, with the ticket that the client was told.</summary>
    public void Check(Acknowledged answer)
    {
        if (!_byKey.TryGetValue(answer.Ask.Key, out var fact)) Mistakes.Add($"{answer.Ask.Path} {answer.Ask.Key} was acknowledged ({answer.Number}) and is not in the journal");
        else if (fact.Ticket != answer.Ticket || fact.Number != answer.Number) Mistakes.Add($"{answer.Ask.Path} {answer.Ask.Key} was told {answer.Number}, the journal has {fact.Number}");
    }

    private void Take(JsonElement recorded)
    {
        var seq = recorded.GetProperty("seq").GetInt64();
        if (seq != _seq + 1) Mistakes.Add($"event {seq} follows event {_seq}");
        _seq = seq;

        var (type, data) = (recorded.GetProperty("type").GetString()!, recorded.GetProperty("data"));
        if (recorded.GetProperty("request").GetString()?.Split(' ') is [var first, ..] && !_byKey.TryAdd(_key = first, (null, null))) Mistakes.Add($"request {first} was carried out twice");
        switch (type)
        {
            case "ticket-issued":
                Issue(data.GetProperty("number").GetString()!);
                _byKey[_key!] = (data.GetProperty("ticket").GetString(), data.GetProperty("number").GetString());
                break;
            case "ticket-called":
                if (!_called.Add(data.GetProperty("ticket").GetString()!)) Mistakes.Add($"{data.GetProperty("number")} was called twice");
                _byKey[_key!] = (data.GetProperty("ticket").GetString(), data.GetProperty("number").GetString());
                break;
            case "slip-requeued":
                _sent.Remove($"{data.GetProperty("ticket")}/{data.GetProperty("copy")}");
                break;
            case "slip-sending":
                if (!_sent.Add($"{data.GetProperty("ticket")}/{data.GetProperty("copy")}")) Mistakes.Add($"the slip of {data.GetProperty("number")} was sent twice");
                break;
        }
    }

    // Events of one decision follow each other; the first of them carries the request.
    private string? _key;

    private void Issue(string number)
    {
        var (letter, serial) = (number[0], int.Parse(number[1..], System.Globalization.CultureInfo.InvariantCulture));
        var last = _lastSerial.GetValueOrDefault(letter);
        if (serial != last + 1) Mistakes.Add($"{number} follows {letter}{last:000}");
        _lastSerial[letter] = serial;
        Issued++;
    }
}
