using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Kiosk.Journal.Accounts;

namespace Kiosk.Firmware;

/// <summary>What the command line says.</summary>
/// <param name="Data">Absolute path of the data directory.</param>
/// <param name="Mqtt">A broker to use in place of the profile's; null: as the profile says.</param>
/// <param name="MqttPort">Port of the child broker in place of the profile's.</param>
/// <param name="Crowd">Simulated customers an hour.</param>
/// <param name="DemoPin">In a demo: the PIN of its accounts, one for each role.</param>
internal sealed record LaunchOptions(string Profile, string Data, Uri Url, Uri? Mqtt, int? MqttPort, bool NoBroker, int Crowd, string? DemoPin = null)
{
    /// <summary>Where files lie that the profile names.</summary>
    public string ProfileFolder => Path.GetDirectoryName(Path.GetFullPath(Profile))!;

    private static bool Demo => Environment.GetEnvironmentVariable("KIOSK_DEMO") == "1";

    // A demo is alive by itself; on a board nobody is simulated unless somebody asks for it.
    private static int DemoCrowd => Demo ? 120 : 0;

    /// <summary>Reads the command line; prints help or mistakes itself.</summary>
    /// <returns>Null where there is nothing to run: end with <paramref name="exitCode"/>.</returns>
    public static LaunchOptions? Parse(string[] args, out int exitCode)
    {
        var profile = new Option<string>("--profile") { Description = "The hall: a hall.json file", DefaultValueFactory = _ => "provisioning/profiles/telecom-hall.json" };
        var data = new Option<string>("--data")
        {
            Description = "Directory of the journal; one host at a time",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("KIOSK_DATA") ?? ".data",
        };
        var urls = new Option<string>("--urls") { Description = "Address of the screens and the API", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var mqtt = new Option<string?>("--mqtt") { Description = "Report to this broker (mqtt://host:1883 or mqtts://host:8883) and start none" };
        var port = new Option<int?>("--mqtt-port") { Description = "Port of the broker that the host starts, on loopback; the next free one where it is taken [default: 1883]" };
        var noBroker = new Option<bool>("--no-broker") { Description = "Start no broker and report to none" };
        var crowd = new Option<int>("--crowd") { Description = "Simulated customers an hour, so that a demo is alive; 0 = none", DefaultValueFactory = _ => DemoCrowd };

        urls.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValue(urls), UriKind.Absolute, out var url) || url.Scheme is not "http" || url.AbsolutePath != "/")
            {
                result.AddError("--urls: one address such as http://127.0.0.1:8080 or http://0.0.0.0:80");
            }
        });
        mqtt.Validators.Add(result =>
        {
            if (result.GetValue(mqtt) is { } text && (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("mqtt" or "mqtts")))
            {
                result.AddError("--mqtt: an address such as mqtt://broker.example:1883 or mqtts://broker.example:8883");
            }
        });
        port.Validators.Add(result => InRange(result, 1, 65535));
        crowd.Validators.Add(result => InRange(result, 0, 10_000));

        var root = new RootCommand("Kiosk and queue appliance: the host of one hall.") { profile, data, urls, mqtt, port, noBroker, crowd };
        LaunchOptions? options = null;
        string? pinTrouble = null;
        root.SetAction(parsed =>
        {
            options = new(
                parsed.GetValue(profile)!,
                Path.GetFullPath(parsed.GetValue(data)!),
                new Uri(parsed.GetValue(urls)!),
                parsed.GetValue(mqtt) is { } broker ? new Uri(broker) : null,
                parsed.GetValue(port),
                parsed.GetValue(noBroker),
                parsed.GetValue(crowd),
                DrawnOrGiven(Console.Error, out pinTrouble));
            return 0;
        });
        exitCode = root.Parse(args).Invoke();
        if (exitCode != 0) exitCode = ExitCode.Usage;
        if (pinTrouble is null) return options;

        Console.Error.WriteLine(pinTrouble);
        exitCode = ExitCode.Usage;
        return null;
    }

    /// <summary>The PIN of a demo: <c>KIOSK_PIN</c>, else a new one. Outside a demo there is none.</summary>
    private static string? DrawnOrGiven(TextWriter errors, out string? trouble)
    {
        var given = Environment.GetEnvironmentVariable("KIOSK_PIN");
        trouble = null;
        if (!Demo)
        {
            if (!string.IsNullOrEmpty(given)) errors.WriteLine("KIOSK_PIN is ignored: it is for demos (KIOSK_DEMO=1). Accounts are made with kioskctl staff add.");
            return null;
        }

        if (string.IsNullOrEmpty(given)) return RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        trouble = Pin.Trouble(given, Pin.ShortestInDemo) is { } wrong ? $"KIOSK_PIN: {wrong}" : null;
        return given;
    }

    // Looks at the text: asking for the value of a text that is no number throws.
    private static void InRange(System.CommandLine.Parsing.OptionResult result, int from, int to)
    {
        if (result.Tokens is not [var token]) return;
        if (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < from || value > to)
        {
            result.AddError($"{result.Option.Name}: \"{token.Value}\" is not a number from {from} to {to}");
        }
    }
}
