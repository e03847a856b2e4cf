using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Journal;
using Microsoft.AspNetCore.Http;
using Tool = Kiosk.Provisioning.Kioskctl;

namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class LogTests : IDisposable
{
    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    private Task<DataDirectory.Ran> LogAsync(params string[] more) => DataDirectory.RunAsync(["log", "--data", _data.Path, .. more]);

    private static object Event(int epoch, long seq) => new
    {
        epoch,
        seq,
        at = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero).AddSeconds(seq),
        type = "counter-opened",
        data = new { counter = 3 },
        request = (string?)null,
        source = "api",
    };

    /// <summary>Answers as the host does, from events 1 to <paramref name="last"/>.</summary>
    private static IResult Page(HttpRequest request, int epoch, long last)
    {
        var (after, limit) = (long.Parse(request.Query["after"]!, CultureInfo.InvariantCulture), int.Parse(request.Query["limit"]!, CultureInfo.InvariantCulture));
        return Results.Json(Enumerable.Range(1, limit).Select(n => after + n).TakeWhile(seq => seq <= last).Select(seq => Event(epoch, seq)));
    }

    [Fact]
    public async Task File_is_read_where_no_host_runs()
    {
        _data.WriteJournal(2);

        var ran = await LogAsync();

        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.Equal(
            [
                "2026-01-05 00:30:00       1  business day 2026-01-05 opened  (host)",
                "2026-01-05 00:30:01       2  A001 issued for pay in en, 0 ahead  (kiosk)",
                "2026-01-05 00:30:02       3  A002 issued for pay in en, 1 ahead  (kiosk)",
            ],
            ran.Lines);
    }

    [Fact]
    public async Task Journal_longer_than_a_page_is_shown_whole_and_after_leaves_out_its_beginning()
    {
        _data.WriteJournal(2500);

        Assert.Equal(2501, (await LogAsync()).Lines.Length);
        Assert.StartsWith("A2500", (await LogAsync("--after", "2500")).Lines.Single()[29..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_object_per_line_as_the_host_gives_it()
    {
        _data.WriteJournal(1);

        var line = JsonNode.Parse((await LogAsync("--json")).Lines[1])!.AsObject();

        Assert.Equal(["epoch", "seq", "at", "type", "data", "request", "source", "who"], line.Select(member => member.Key));
        Assert.Equal("ticket-issued", (string)line["type"]!);
        Assert.Equal("r1", (string)line["request"]!);
    }

    [Fact]
    public async Task Running_host_is_asked_page_by_page_and_the_file_left_alone()
    {
        _data.WriteJournal(1);
        using var held = SqliteJournal.Open(_data.Path, "the host");
        await using var host = await _data.HostAsync(request => Page(request, 1, 1700));

        var ran = await LogAsync("--after", "200");

        Assert.Equal(0, ran.Code);
        Assert.Equal(1500, ran.Lines.Length);
        Assert.Equal("2026-01-05 08:03:21     201  counter 3 opened  (api)", ran.Lines[0]);
    }

    [Fact]
    public async Task File_that_a_process_without_socket_holds_is_refused_with_its_name()
    {
        using var held = SqliteJournal.Open(_data.Path, "another tool");

        var ran = await LogAsync();

        Assert.Equal(66, ran.Code);
        Assert.True(ran.Errors.Contains("another tool", StringComparison.Ordinal), ran.Errors);
    }

    [Fact]
    public async Task Nothing_is_made_where_nothing_is()
    {
        var ran = await LogAsync();

        Assert.Equal(66, ran.Code);
        Assert.Contains("no host has run there yet", ran.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_data.Path));

        var missing = Path.Combine(_data.Path, "missing");
        Assert.Contains("There is no directory", (await DataDirectory.RunAsync("log", "--data", missing)).Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public async Task Event_of_a_newer_host_is_shown_as_it_is()
    {
        await using var host = await _data.HostAsync(_ => Results.Json(new[]
        {
            new { epoch = 1, seq = 1, at = DateTimeOffset.UnixEpoch, type = "robot-greeted", data = new { name = "R2" }, request = (string?)null, source = "robot" },
        }));

        Assert.Equal("1970-01-01 00:00:00       1  robot-greeted {\"name\":\"R2\"}  (robot)", Assert.Single((await LogAsync()).Lines));
    }

    [Fact]
    public async Task Following_survives_a_restart_of_the_host_without_gap_or_repeat_and_begins_anew_with_a_new_life()
    {
        var (epoch, last) = (1, 3L);
        using var output = new Notice();
        using var errors = new StringWriter();
        using var stop = new CancellationTokenSource();
        var host = await _data.HostAsync(request => Page(request, epoch, last));
        var following = Tool.RunAsync(["log", "--data", _data.Path, "--follow", "--json"], output, errors, new DataDirectory.UtcTime(), stop.Token);

        await output.SeenAsync(3);
        last = 5;
        await output.SeenAsync(5);
        await host.DisposeAsync();
        await GoneAsync(errors);
        last = 6;
        host = await _data.HostAsync(request => Page(request, epoch, last));
        await output.SeenAsync(6);

        // This one is replaced between two looks: it was never seen to go.
        await host.DisposeAsync();
        (epoch, last) = (2, 2);
        host = await _data.HostAsync(request => Page(request, epoch, last));
        await output.SeenAsync(8);
        await stop.CancelAsync();

        Assert.Equal(0, await following.WaitAsync(DataDirectory.Watchdog));
        await host.DisposeAsync();
        Assert.Equal(
            ["1/1", "1/2", "1/3", "1/4", "1/5", "1/6", "2/1", "2/2"],
            output.Lines.Select(line => JsonDocument.Parse(line).RootElement).Select(entry => $"{entry.GetProperty("epoch")}/{entry.GetProperty("seq")}"));
        Assert.Contains("the host is gone", errors.ToString(), StringComparison.Ordinal);
    }

    private static async Task GoneAsync(StringWriter errors)
    {
        using var patience = new CancellationTokenSource(DataDirectory.Watchdog);
        while (!errors.ToString().Contains("the host is gone", StringComparison.Ordinal)) await Task.Delay(10, patience.Token);
    }

    /// <summary>An output whose reader can wait for a number of lines.</summary>
    private sealed class Notice : StringWriter
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_gate) return [.. _lines];
            }
        }

        public override Task WriteLineAsync(string? value)
        {
            lock (_gate)
            {
                _lines.Add(value ?? "");
                _more.SetResult();
                _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return Task.CompletedTask;
        }

        public async Task SeenAsync(int count)
        {
            while (true)
            {
                Task more;
                lock (_gate)
                {
                    if (_lines.Count >= count) return;
                    more = _more.Task;
                }

                await more.WaitAsync(DataDirectory.Watchdog);
            }
        }
    }
}
