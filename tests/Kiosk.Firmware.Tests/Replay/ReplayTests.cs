using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Codes = Kiosk.Provisioning.ExitCode;

namespace Kiosk.Firmware.Tests.Replay;

/// <summary>A small log, whose figures were reckoned by hand.</summary>
public sealed class ReplayTests : IDisposable
{
    // One counter; served: a 300 s, b 300 s, c 200 s. Before b, c and d the mean is (3 · 600 + 300) / 4 = 525 s, before e (3 · 600 + 600) / 5 = 480 s.
    private const string Log = """
        hall,day,time,event,service,ticket,priority,counter
        north,20260105,0,opened,,,,1
        north,20260105,100,issued,bills,a,normal,
        north,20260105,100,called,bills,a,normal,1
        north,20260105,400,finished,bills,a,normal,1
        north,20260106,0,opened,,,,1
        north,20260106,100,issued,bills,b,normal,
        north,20260106,100,called,bills,b,normal,1
        north,20260106,150,issued,bills,c,normal,
        north,20260106,200,issued,bills,d,normal,
        north,20260106,400,finished,bills,b,normal,1
        north,20260106,400,called,bills,c,normal,1
        north,20260106,450,issued,bills,e,normal,
        north,20260106,460,issued,bills,f,normal,
        north,20260106,500,left,bills,f,normal,
        north,20260106,600,finished,bills,c,normal,1
        north,20260106,700,called,bills,d,normal,1
        north,20260106,900,called,bills,e,normal,1

        """;

    private readonly string _log = Path.GetTempFileName();

    public ReplayTests() => File.WriteAllText(_log, Log);

    public void Dispose() => File.Delete(_log);

    [Theory]
    [InlineData]
    [InlineData("--from", "2026-01-06")]
    [InlineData("--from", "2026-01-01")]
    public async Task Rules_are_scored_on_those_who_waited_behind_the_first_day(params string[] options)
    {
        var (code, json, errors) = await RunAsync(["replay", _log, "--json", .. options]);

        Assert.True(code == Codes.Fine, errors);
        var overall = JsonNode.Parse(json)!["overall"]!;

        // c, d and e waited 250, 500 and 450 s. b did not wait, f left.
        Assert.Equal(3, (int)overall["scored"]!);
        Assert.Equal(400, (double)overall["meanWait"]!, 3);

        // c joined an empty line, d behind c, e behind d: 525, 1,050 and 960 s by the rule.
        Assert.Equal((275 + 550 + 510) / 3.0, (double)overall["naiveMae"]!, 3);

        // Served last before c and d was b, who did not wait, before e it was c.
        Assert.Equal((250 + 500 + 200) / 3.0, (double)overall["lastServedMae"]!, 3);

        // The head of the line was nobody, c for 50 s, d for 250 s.
        Assert.Equal((250 + 450 + 200) / 3.0, (double)overall["headOfLineMae"]!, 3);
        Assert.Equal((double)overall["mae"]! / (double)overall["naiveMae"]!, (double)overall["ratio"]!, 6);
        Assert.Equal(overall.ToJsonString(), JsonNode.Parse(json)!["halls"]!["north"]!.ToJsonString());

        var zeros = JsonNode.Parse(json)!["withZeros"]!;
        Assert.Equal(4, (int)zeros["scored"]!);
        Assert.Equal((275 + 550 + 510 + 525) / 4.0, (double)zeros["naiveMae"]!, 3);
    }

    [Fact]
    public async Task A_wait_is_foretold_from_the_rows_above_only()
    {
        var (_, before, _) = await RunAsync("replay", _log, "--json");
        var later = Log.Replace("600,finished,bills,c,normal,1", "690,finished,bills,c,normal,1", StringComparison.Ordinal);
        Assert.NotEqual(Log, later);
        await File.WriteAllTextAsync(_log, later);

        var (_, after, _) = await RunAsync("replay", _log, "--json");

        // Nobody joins after c was finished.
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Nothing_to_score_names_the_day_from_which_on_it_was_looked_for()
    {
        var (code, _, errors) = await RunAsync("replay", _log, "--from", "2026-01-07");

        Assert.Equal(Codes.BadInput, code);
        Assert.Contains("are of 2026-01-07 or later", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("north,20260106,900,called,bills,e,normal", "line 18: 7 fields where there must be 8")]
    [InlineData("north,20260132,900,called,bills,e,normal,1", "line 18: day: \"20260132\" is no day: write 20260105 or 2026-01-05")]
    [InlineData("north,20260106,-1,called,bills,e,normal,1", "line 18: time: \"-1\" must be seconds from midnight, 0 to 172800")]
    [InlineData("north,20260106,900,caled,bills,e,normal,1", "line 18: event: \"caled\" is none of issued, called, finished, left, opened, closed, staffed")]
    [InlineData("north,20260106,900,called,bills,,normal,1", "line 18: ticket: is empty, and \"called\" is about one")]
    [InlineData("north,20260106,900,staffed,bills,,,many", "line 18: counter: \"many\" must be the number of open counters, 0 or more")]
    [InlineData(",20260106,900,called,bills,e,normal,1", "line 18: hall: is empty")]
    public async Task Wrong_row_is_named_with_line_field_and_what_is_allowed(string row, string said)
    {
        var lines = Log.TrimEnd('\n').Split('\n');
        await File.WriteAllTextAsync(_log, string.Join('\n', [.. lines[..^1], row, "north,20260106,990,closed,,,,1", ""]));

        var (code, _, errors) = await RunAsync("replay", _log);

        Assert.Equal(Codes.BadInput, code);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("cut off", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_that_was_cut_off_is_said_to_be(bool packed)
    {
        var text = Encoding.UTF8.GetBytes(Log[..^12]);
        using (var file = new FileStream(_log, FileMode.Create))
        {
            using Stream to = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
            to.Write(text);
        }

        var (code, _, errors) = await RunAsync("replay", _log);

        Assert.Equal(Codes.BadInput, code);
        Assert.Contains("the file ends here, so it may have been cut off", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_without_a_folder_is_refused_before_the_log_is_read()
    {
        File.Delete(_log);

        var (code, _, errors) = await RunAsync("replay", _log, "--plot", Path.Combine(_log + "-nowhere", "picture.svg"));

        Assert.Equal(Codes.NoInput, code);
        Assert.Contains($"there is no folder {_log}-nowhere", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_that_is_none_is_refused()
    {
        var (code, _, errors) = await RunAsync("replay", _log, "--from", "5 January");

        Assert.Equal(Codes.Usage, code);
        Assert.Contains("--from takes a day as 2026-01-31, not \"5 January\"", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        return (await Kiosk.Provisioning.Kioskctl.RunAsync(arguments, output, errors, TimeProvider.System, default), output.ToString(), errors.ToString());
    }
}
