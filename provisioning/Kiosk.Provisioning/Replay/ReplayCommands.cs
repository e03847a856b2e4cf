using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Kiosk.Provisioning.Replay.Staffing;

namespace Kiosk.Provisioning.Replay;

/// <summary><c>kioskctl replay</c>.</summary>
internal static class ReplayCommands
{
    public static Command Of(TimeProvider time, Func<string, Option<bool>> json)
    {
        var log = new Argument<string>("log") { Description = "A queue log (hall,day,time,event,service,ticket,priority,counter), plain or gzip.", HelpName = "LOG" };
        var staffing = new Option<bool>("--staffing") { Description = "Compares staffing by the surge rule, by the forecast and by both, in place of scoring the waiting times." };
        var (target, share) = (Target(), Share());
        var from = new Option<DateOnly?>("--from")
        {
            Description = "Scores only tickets of this day and later; those before are learned from. Without it: all but the first day's.",
            HelpName = "YYYY-MM-DD",
            CustomParser = given => DateOnly.TryParseExact(given.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : Wrong<DateOnly>(given, $"--from takes a day as 2026-01-31, not \"{given.Tokens[0].Value}\"."),
        };
        var (asJson, plot) = (json("One JSON object instead of a table."), new Option<string?>("--plot") { Description = "Writes a picture of the outcome.", HelpName = "FILE.svg" });
        var command = new Command("replay", "Replays the log of a real hall through the predictor of the waiting times, and says how well each wait was foretold from the rows above it.\n" +
            "With --staffing: mean wait, share within the target, staff hours and switches of three ways to staff the hall, from its real arrivals.")
        {
            log, from, staffing, target, share, asJson, plot,
        };
        command.SetAction((line, cancel) =>
        {
            var (output, errors, file) = (line.InvocationConfiguration.Output, line.InvocationConfiguration.Error, line.GetRequiredValue(log));
            return line.GetValue(staffing)
                ? new StaffingCommand(output, errors, time).RunAsync(file, line.GetValue(target), line.GetValue(share) / 100.0, line.GetValue(asJson), line.GetValue(plot), cancel)
                : new ReplayCommand(output, errors, time).RunAsync(file, line.GetValue(from), line.GetValue(asJson), line.GetValue(plot), cancel);
        });
        return command;
    }

    private static Option<TimeSpan> Target() => new("--target")
    {
        Description = "With --staffing: the waiting time that is aimed at, as 5m, 90s or 1h.",
        HelpName = "TIME",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(5),
        CustomParser = given => StaffingCommand.Span(given.Tokens[0].Value) ?? Wrong<TimeSpan>(given, $"--target takes a time as 5m, 90s or 1h, up to a day, not \"{given.Tokens[0].Value}\"."),
    };

    private static Option<int> Share() => new("--share")
    {
        Description = "With --staffing: the part of the customers, in percent, who are to wait no longer than that.",
        HelpName = "PERCENT",
        DefaultValueFactory = _ => 80,
        CustomParser = given => int.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 50 and <= 99
            ? percent
            : Wrong<int>(given, $"--share takes a whole number from 50 to 99, not \"{given.Tokens[0].Value}\"."),
    };

    private static T Wrong<T>(ArgumentResult given, string what)
        where T : struct
    {
        given.AddError(what);
        return default;
    }
}
