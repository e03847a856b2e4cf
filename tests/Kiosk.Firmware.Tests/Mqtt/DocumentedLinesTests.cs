using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kiosk.Firmware.Tests.Support;
using Kiosk.Mqtt;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>What <c>mqtt.md</c> says to type is typed: in a shell, at a real broker, with a whole appliance behind it.</summary>
public sealed partial class DocumentedLinesTests : IDisposable
{
    // Remembers what was called with, puts the test's port in and lets nobody listen for ever.
    private const string Shell = """
        set -u
        run() {
            printf '%s\0' "$@" '' >>calls
            local given=() one
            for one; do [[ $one == 1883 ]] && one=$PORT; given+=("$one"); done
            case $1 in
                mosquitto_sub) if [[ " $* " == *" -C "* ]]; then command "${given[@]}"; else [[ " $* " == *" -W "* ]] || given+=(-W 1); command "${given[@]}" >heard; local code=$?; ((code == 0 || code == 27)); fi ;;
                mosquitto_rr) command "${given[@]}" >>answers && echo >>answers ;;
                *) command "${given[@]}" ;;
            esac || echo "failed: $*" >>failures
        }
        mosquitto_sub() { if [[ " $* " == *" -C "* ]]; then run mosquitto_sub "$@"; else run mosquitto_sub "$@" & fi; }
        mosquitto_pub() { run mosquitto_pub "$@"; }
        mosquitto_rr() { run mosquitto_rr "$@"; }

        """;

    private static readonly string Page = File.ReadAllText(Path.Combine(RunningHall.Repository(), "firmware/docs/mqtt.md"));

    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("mqttv5")]
    [InlineData("mqttv311")]
    public async Task Every_line_works_as_it_stands(string protocol)
    {
        using var broker = new TestMosquitto(_directory.Path, "allow_anonymous true");
        broker.Start();
        await using var hall = await StartAsync(broker);
        await using var ear = new Store(new("127.0.0.1", broker.Port, Tls: false), "ear");
        await ear.SubscribedAsync();
        await RunAsync(broker, string.Join('\n', Blocks()).Replace("-V mqttv5 -q 1 -W 10", $"-V {protocol} -q 1 -W 10", StringComparison.Ordinal));

        Assert.Equal("", Written("failures"));
        await AssertPlacesAsync(ear);
        var calls = Calls();
        Assert.All(calls, AssertTopics);
        Assert.All(calls.Where(call => call[0] == "mosquitto_pub"), AssertReadable);
        Assert.Equal(StoreActions.All.Order(), calls.Where(call => call[0] == "mosquitto_rr").Select(call => Action(After(call, "-m"))).Distinct().Order());

        // Which are refused here is due to the hall, not to the line: nothing to report yet, no file of a profile.
        var answers = Written("answers").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(answer => JsonNode.Parse(answer)!).ToList();
        Assert.Equal(calls.Count(call => call[0] == "mosquitto_rr"), answers.Count);
        Assert.All(answers, answer => Assert.True((string)answer["outcome"]! == "done" || Excused((string?)answer["result"]?["reason"]), answer.ToJsonString()));
    }

    /// <summary>That <c>ack</c> names a place of the hall's own, and what is sent after the last <c>rebirth</c> begins behind the place that it names.</summary>
    private static async Task AssertPlacesAsync(Store ear)
    {
        var epoch = (int)JsonNode.Parse(ear.Heard.First(message => message.Topic.EndsWith("/status", StringComparison.Ordinal) && !message.Topic.Contains("/dev/", StringComparison.Ordinal)).Payload)!["epoch"]!;
        var acknowledged = Store.Place(ear.Heard.Last(message => message.Topic.EndsWith("/ack", StringComparison.Ordinal)));
        Assert.Equal(epoch, acknowledged.Epoch);
        Assert.InRange(acknowledged.Seq, 1, ear.Events.Max(place => place.Seq));

        // The two come one after the other: what the first asks for may still be sent when the second is heard.
        var after = Math.Min(10, acknowledged.Seq);
        await ear.UntilAsync(heard => Again(heard).Contains((epoch, 11)));
        Assert.DoesNotContain(Again(ear.Heard), place => place.Seq <= after);

        static IReadOnlyList<(int Epoch, long Seq)> Again(IReadOnlyList<MqttMessage> heard) =>
            [.. heard.Reverse().TakeWhile(message => !message.Topic.EndsWith("/rebirth", StringComparison.Ordinal)).Where(message => message.Topic.EndsWith("/evt", StringComparison.Ordinal)).Select(Store.Place)];
    }

    private static bool Excused(string? reason) => reason is "no-report" or "bad-profile";

    private static async Task<RunningHall> StartAsync(TestMosquitto broker) => await RunningHall.StartAsync(
        profile => profile["mqtt"] = new JsonObject
        {
            ["url"] = broker.Address.ToString(),
            ["commands"] = new JsonArray(new JsonObject { ["user"] = "store", ["role"] = "manager" }),
        },
        broker: broker.Port);

    /// <summary>Those that are of mosquitto's programs and of what their lines need; others are the shell's own business.</summary>
    private static IEnumerable<string> Blocks() => Block().Matches(Page).Select(match => match.Groups["lines"].Value)
        .Where(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(line => Line().IsMatch(line)))
        .Append("wait");

    private async Task RunAsync(TestMosquitto broker, string lines)
    {
        var script = Path.Combine(_directory.Path, "lines.sh");
        await File.WriteAllTextAsync(script, Shell + lines + "\n");
        using var bash = Process.Start(new ProcessStartInfo("bash", [script])
        {
            WorkingDirectory = _directory.Path, Environment = { ["PORT"] = $"{broker.Port}", ["HOME"] = _directory.Path },
        })!;
        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await bash.WaitForExitAsync(watchdog.Token);
        Assert.Equal(0, bash.ExitCode);
    }

    private string Written(string name) => Path.Combine(_directory.Path, name) is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    private List<string[]> Calls() => [.. Written("calls").Split("\0\0", StringSplitOptions.RemoveEmptyEntries).Select(call => call.Split('\0'))];

    private static void AssertTopics(string[] call)
    {
        var channels = Address().Matches(File.ReadAllText(Path.Combine(RunningHall.Repository(), "firmware/docs/asyncapi.yaml"))).Select(match => match.Groups["topic"].Value).ToList();
        foreach (var topic in new[] { After(call, "-t"), call.Contains("-e") ? After(call, "-e") : null }.OfType<string>())
            Assert.True(channels.Exists(channel => Meet(topic.Split('/'), channel.Split('/'))), $"{topic} of {call[0]} is no channel of asyncapi.yaml.");
    }

    // A topic or a filter against an address with parameters.
    private static bool Meet(string[] topic, string[] channel)
    {
        if (topic[^1] == "#") return channel.Length >= topic.Length && Meet(topic[..^1], channel[..(topic.Length - 1)]);
        return topic.Length == channel.Length && topic.Zip(channel).All(level => level.First == "+" || level.Second[0] == '{' || level.First == level.Second);
    }

    private static void AssertReadable(string[] call)
    {
        var said = After(call, "-m");
        object? read = After(call, "-t").Split('/')[^1] switch
        {
            "ack" => JsonSerializer.Deserialize(said, PayloadJson.Wire.AcknowledgementPayload),
            "rebirth" => JsonSerializer.Deserialize(said, PayloadJson.Wire.RebirthPayload),
            _ => JsonSerializer.Deserialize(said, PayloadJson.Wire.CommandPayload),
        };
        Assert.NotNull(read);
    }

    private static string After(string[] call, string option) => call[Array.IndexOf(call, option) + 1];

    private static string Action(string command) => (string)JsonNode.Parse(command)!["action"]!;

    [GeneratedRegex(@"```sh\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(#|mosquitto_(sub|pub|rr) |hall=|(status|epoch|seq)=|new\(\)|soon\(\))")]
    private static partial Regex Line();

    [GeneratedRegex(@"^    address: (?<topic>\S+)", RegexOptions.Multiline)]
    private static partial Regex Address();
}
