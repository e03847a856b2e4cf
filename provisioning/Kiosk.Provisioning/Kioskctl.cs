using System.CommandLine;
using System.Globalization;
using Kiosk.Domain.Reports;
using Kiosk.Provisioning.Broker;
using Kiosk.Provisioning.Check;
using Kiosk.Provisioning.Ledger;
using Kiosk.Provisioning.Log;
using Kiosk.Provisioning.Staff;
using Kiosk.Provisioning.Replay;
using Kiosk.Provisioning.Report;
using Kiosk.Provisioning.Slips;
using Kiosk.Provisioning.Store;
using Kiosk.Provisioning.Voice;

namespace Kiosk.Provisioning;

/// <summary>The command line of <c>kioskctl</c>.</summary>
internal static class Kioskctl
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, TimeProvider time, CancellationToken cancel)
    {
        var line = Commands(time).Parse(arguments);
        try
        {
            var code = await line.InvokeAsync(new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false }, cancel);
            return line.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (Trouble trouble)
        {
            await errors.WriteLineAsync($"kioskctl: {trouble.Message}");
            return trouble.ExitCode;
        }
    }

    private static RootCommand Commands(TimeProvider time) => new("Looks after a kiosk host: checks its profile and devices, reads its journal and ledger, keeps its accounts and the users of its broker.")
    {
        Check(time),
        Log(time),
        StaffCommands.Of(time, Data, Json),
        BrokerCommands.Of(Data, Json),
        Report(time),
        SlipCommands.Of(),
        VoiceCommands.Of(time),
        LedgerCommands.Of(time, Data, Json),
        StoreCommands.Of(time, Data, Json),
        ReplayCommands.Of(time, Json),
    };

    private static Command Check(TimeProvider time)
    {
        var profile = new Option<string>("--profile")
        {
            Description = "The hall's profile (hall.json).",
            HelpName = "FILE",
            DefaultValueFactory = _ => Places.Profile,
        };
        var data = Data();
        var json = Json("One JSON object instead of text.");
        var devices = new Option<bool>("--devices") { Description = "Tests every device now and says what passed, what did not and what to do; nothing else." };
        var command = new Command("check", "Lists every mistake in the profile and says how the devices are: asks the running host, or opens each device once where none runs.\n" +
            "Exit code 0: all in service; 1: a device is out of service or unknown, or failed its test, or a file for reporting to the store cannot be used; 78: mistakes in the profile.")
        {
            profile, data, devices, json,
        };
        command.SetAction((line, cancel) =>
        {
            var check = new CheckCommand(line.InvocationConfiguration.Output, line.InvocationConfiguration.Error, time);
            var (file, directory, asJson) = (line.GetRequiredValue(profile), line.GetRequiredValue(data), line.GetValue(json));
            return line.GetValue(devices) ? check.TestDevicesAsync(file, directory, asJson, cancel) : check.RunAsync(file, directory, asJson, cancel);
        });
        return command;
    }

    private static Command Log(TimeProvider time)
    {
        var data = Data();
        var after = new Option<long>("--after")
        {
            Description = "Only events with a greater number.",
            HelpName = "SEQ",
            CustomParser = given =>
            {
                if (long.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return seq;

                given.AddError($"--after takes a whole number from 0 up, not \"{given.Tokens[0].Value}\".");
                return 0;
            },
        };
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on with what happens, until Ctrl-C." };
        var json = Json("One JSON object per line.");
        var command = new Command("log", "Shows the journal, one line per event: local time, number, what happened, who asked.")
        {
            data, after, follow, json,
        };
        command.SetAction((line, cancel) => new LogCommand(line.InvocationConfiguration.Output, line.InvocationConfiguration.Error, time)
            .RunAsync(line.GetRequiredValue(data), line.GetValue(after), line.GetValue(follow), line.GetValue(json), cancel));
        return command;
    }

    private static Command Report(TimeProvider time)
    {
        var kind = new Argument<string>("kind") { Description = "day, week or month.", DefaultValueFactory = _ => Period.DayKind };
        kind.AcceptOnlyFromAmong([.. Period.Kinds]);
        var name = new Argument<string?>("date") { Description = "2026-01-05, 2026-W02 or 2026-01; the latest where it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var csv = new Option<string?>("--csv") { Description = $"One table for a spreadsheet, times in seconds: {string.Join(", ", ReportCsv.Tables)}.", HelpName = "TABLE" };
        csv.AcceptOnlyFromAmong([.. ReportCsv.Tables]);
        var profile = new Option<string>("--profile")
        {
            Description = "The hall's profile, for a day that has no kept report while no host runs.",
            HelpName = "FILE",
            DefaultValueFactory = _ => Places.Profile,
        };
        var (data, json) = (Data(), Json("One JSON object instead of text."));
        var command = new Command("report", "Shows the report of a day, a week or a month.") { kind, name, csv, data, profile, json };
        command.SetAction((line, cancel) => new ReportCommand(line.InvocationConfiguration.Output, time).RunAsync(
            line.GetRequiredValue(kind), line.GetValue(name), line.GetRequiredValue(data), line.GetRequiredValue(profile), line.GetValue(csv), line.GetValue(json), cancel));
        return command;
    }

    private static Option<string> Data() => new("--data")
    {
        Description = "The host's data directory.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Places.Data,
    };

    private static Option<bool> Json(string description) => new("--json") { Description = description };
}
