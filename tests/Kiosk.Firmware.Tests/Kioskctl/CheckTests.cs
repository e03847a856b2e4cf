using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Kiosk.Firmware.Tests.Kioskctl;

public sealed class CheckTests : IDisposable
{
    private const string Hall = """
        {
          "id": "small", "name": { "en": "Small hall" }, "timeZone": "UTC", "languages": ["en"],
          "services": [{ "id": "pay", "letter": "A", "name": { "en": "Pay" }, "targetWaitMinutes": 5 }],
          "counters": [{ "number": 1, "services": ["pay"] }],
          "devices": [{ "id": "display", "driver": "max7219", "link": "LINK", "options": { "panels": [1] } }]
        }
        """;

    private readonly DataDirectory _data = new();

    public void Dispose() => _data.Dispose();

    private string Profile(string link) => _data.Write("hall.json", Hall.Replace("LINK", link, StringComparison.Ordinal));

    private Task<DataDirectory.Ran> CheckAsync(string link, params string[] more) =>
        DataDirectory.RunAsync(["check", "--profile", Profile(link), "--data", _data.Path, .. more]);

    private static IResult Devices(string state, string? fault = null) => Results.Json(new[]
    {
        new { id = "display", @class = "CounterDisplay", driver = "max7219", link = "emulated:", state, fault, detail = "", since = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero) },
    });

    [Fact]
    public async Task Emulated_devices_without_a_host_are_fine_and_said_to_be_unopened()
    {
        var ran = await CheckAsync("emulated:");

        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.Contains("no mistake (1 services, 1 counters, 1 devices)", ran.Output, StringComparison.Ordinal);
        Assert.Contains("not opened", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_device_is_opened_once_where_no_host_runs()
    {
        var ran = await CheckAsync("spi:///dev/spidev97.0");

        Assert.Equal(1, ran.Code);
        Assert.Contains("OUT OF SERVICE", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Disconnected", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_reporting_needs_are_looked_at_beside_the_profile()
    {
        var hall = Hall.Replace("LINK", "emulated:", StringComparison.Ordinal).Replace("\"devices\"", """
            "mqtt": { "url": "mqtts://broker.example", "user": "hall", "passwordFile": "secret", "caFile": "ca.crt" }, "devices"
            """, StringComparison.Ordinal);
        _data.Write("secret", "correct-horse-1\n");
        var ran = await DataDirectory.RunAsync("check", "--profile", _data.Write("hall.json", hall), "--data", _data.Path);
        Assert.Equal(1, ran.Code);
        Assert.Contains($"mqtt: There is no file {Path.Combine(_data.Path, "ca.crt")}: put it there, or mend the profile.", ran.Lines);

        using var authority = new Mqtt.TestAuthority(_data.Path, "ca");
        File.SetUnixFileMode(Path.Combine(_data.Path, "secret"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        ran = await DataDirectory.RunAsync("check", "--profile", Path.Combine(_data.Path, "hall.json"), "--data", _data.Path);
        Assert.Equal(0, ran.Code);
        Assert.Contains(ran.Lines, line => line.StartsWith("mqtt.passwordFile: ", StringComparison.Ordinal) && line.EndsWith("chmod 600 " + Path.Combine(_data.Path, "secret") + ".", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bad_profile_lists_every_mistake_and_asks_nobody()
    {
        var asked = 0;
        await using var host = await _data.HostAsync(_ =>
        {
            asked++;
            return Devices("Ok");
        });
        var profile = _data.Write("hall.json", Hall.Replace("\"letter\": \"A\"", "\"letter\": \"a\"", StringComparison.Ordinal).Replace("max7219", "max7291", StringComparison.Ordinal));

        var ran = await DataDirectory.RunAsync("check", "--profile", profile, "--data", _data.Path);

        Assert.Equal((78, ""), (ran.Code, ran.Output));
        Assert.Contains("services[0].letter: is \"a\"", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("devices[0].driver: unknown driver \"max7291\"", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("3 mistakes", (await DataDirectory.RunAsync("check", "--profile", _data.Write("b.json", "{\"id\":\"a\",\"name\":{},\"timeZone\":\"UTC\",\"languages\":[\"en\"]}"))).Errors, StringComparison.Ordinal);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Mistakes_of_a_drivers_options_have_their_place_in_the_profile()
    {
        var profile = _data.Write("hall.json", Hall.Replace("LINK", "emulated:", StringComparison.Ordinal).Replace("[1]", "[0]", StringComparison.Ordinal));

        var ran = await DataDirectory.RunAsync("check", "--profile", profile, "--data", _data.Path, "--json");

        Assert.Equal(78, ran.Code);
        Assert.StartsWith("devices[0].options.panels", (string)JsonNode.Parse(ran.Output)!["mistakes"]![0]!["path"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_profile_is_named() =>
        Assert.Contains("There is no profile /no/such.json", (await DataDirectory.RunAsync("check", "--profile", "/no/such.json")).Errors, StringComparison.Ordinal);

    [Theory]
    [InlineData("Ok", 0)]
    [InlineData("Degraded", 0)]
    [InlineData("OutOfService", 1)]
    [InlineData("out-of-service", 1)]
    [InlineData("Unknown", 1)]
    [InlineData("something-newer", 1)]
    public async Task Running_host_is_asked_and_its_word_decides(string state, int code)
    {
        await using var host = await _data.HostAsync(request => request.Path == "/control/devices" ? Devices(state, "OutOfPaper") : Results.NotFound());

        var ran = await CheckAsync("spi:///dev/spidev97.0");

        Assert.Equal(code, ran.Code);
        Assert.Contains("OutOfPaper", ran.Output, StringComparison.Ordinal);
        Assert.Contains("2026-01-05 08:00:00", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_object_with_profile_mistakes_host_and_devices()
    {
        await using var host = await _data.HostAsync(_ => Devices("Ok"));

        var told = JsonNode.Parse((await CheckAsync("emulated:", "--json")).Output)!;

        Assert.Equal("running", (string)told["host"]!);
        Assert.Empty(told["mistakes"]!.AsArray());
        Assert.Equal(
            ["id", "class", "driver", "link", "state", "fault", "detail", "since"],
            told["devices"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(JsonValueKind.Null, JsonSerializer.SerializeToElement(told["devices"]![0]!["fault"]).ValueKind);
    }

    [Fact]
    public async Task Devices_are_tested_by_the_running_host_and_the_table_says_what_to_do()
    {
        await using var host = await _data.HostAsync(request => (request.Method, request.Path.Value) == ("POST", "/control/devices/test") ? Devices("out-of-service", "cover-open") : Results.NotFound());

        var ran = await CheckAsync("emulated:", "--devices");

        Assert.Equal((1, ""), (ran.Code, ran.Errors));
        Assert.Contains("tested by the host", ran.Lines[0], StringComparison.Ordinal);
        Assert.Matches(@"display +CounterDisplay +FAIL +The cover is open\. +Close the cover until it clicks\.", ran.Lines[2]);
        Assert.Equal("0 of 1 pass", ran.Lines[3]);
    }

    [Theory]
    [InlineData("Ok", 0, "pass")]
    [InlineData("Degraded", 0, "pass, needs attention")]
    [InlineData("Unknown", 1, "fail")]
    public async Task Result_of_a_device_test_is_told_to_programs(string state, int code, string result)
    {
        await using var host = await _data.HostAsync(_ => Devices(state));

        var ran = await CheckAsync("emulated:", "--devices", "--json");

        var told = JsonNode.Parse(ran.Output)!;
        Assert.Equal((code, code == 0, result), (ran.Code, (bool)told["passed"]!, (string)told["devices"]![0]!["result"]!));
    }

    [Fact]
    public async Task Without_a_host_each_real_device_is_tested_from_here()
    {
        var ran = await CheckAsync("spi:///dev/spidev97.0", "--devices");

        Assert.Equal(1, ran.Code);
        Assert.Contains("FAIL    Disconnected.  Check power and cable.", ran.Output, StringComparison.Ordinal);
        Assert.Equal((0, "0 of 1 pass"), (await CheckAsync("emulated:", "--devices")) is var emulated ? (emulated.Code, emulated.Lines[^1]) : default);
        Assert.Equal(78, (await DataDirectory.RunAsync("check", "--devices", "--data", _data.Path, "--profile", _data.Write("bad.json", "{}"))).Code);
    }

    [Fact]
    public async Task Host_with_other_devices_than_the_profile_is_pointed_out()
    {
        await using var host = await _data.HostAsync(_ => Results.Json(Array.Empty<object>()));

        Assert.Contains("started with another one", (await CheckAsync("emulated:")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_that_a_killed_host_left_behind_is_no_host()
    {
        // .NET removes the file of a socket that it closes, unless it does not find it.
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(_data.Socket + ".bound"));
            File.Move(_data.Socket + ".bound", _data.Socket);
        }

        Assert.True(File.Exists(_data.Socket), "the socket did not stay behind");

        Assert.Contains("no host runs", (await CheckAsync("emulated:")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, 77, "belongs to another user")]
    [InlineData(404, 69, "answered 404 to /control/devices")]
    [InlineData(200, 69, "did not answer /control/devices with JSON")]
    public async Task Host_that_does_not_answer_as_it_should_is_an_error_and_not_a_missing_host(int status, int code, string part)
    {
        await using var host = await _data.HostAsync(_ => Results.Text("<html>", statusCode: status));

        var ran = await CheckAsync("emulated:");

        Assert.Equal(code, ran.Code);
        Assert.Contains(part, ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_that_is_too_long_for_a_socket_is_said_to_be()
    {
        var deep = Directory.CreateDirectory(Path.Combine(_data.Path, new string('d', 100))).FullName;
        File.WriteAllText(Path.Combine(deep, "kiosk.sock"), "");

        var ran = await DataDirectory.RunAsync("check", "--profile", Profile("emulated:"), "--data", deep);

        Assert.Equal(66, ran.Code);
        Assert.Contains("too long for a socket", ran.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--colour")]
    [InlineData("log", "--after", "x")]
    [InlineData("log", "--after", "-1")]
    [InlineData("sing")]
    public async Task Wrong_command_line_is_64(params string[] arguments)
    {
        var ran = await DataDirectory.RunAsync(arguments);

        Assert.Equal(64, ran.Code);
        Assert.NotEqual("", ran.Errors);
    }
}
