using System.CommandLine;

namespace Kiosk.Provisioning.Replay;

/// <summary>The command line of <c>kioskctl replay</c>.</summary>
internal static class ReplayCommands
{
    public static Command Of(Func<string, Option<bool>> jsonOption)
    {
        var log = new Argument<string>("log") { Description = "The log: CSV, plain or gzip.", HelpName = "LOG.csv[.gz]" };
        var json = jsonOption("One JSON object instead of a table.");
        var plot = new Option<string?>("--plot") { Description = "Draws error and coverage per hall and day into this SVG.", HelpName = "FILE.svg" };
        var command = new Command("replay", "Replays a queue log through the predictor of the waiting times and says how well each wait was foretold, from the rows above it alone.\n" +
            "A log has one event per row: hall,day,time,event,service,ticket,priority,counter. See firmware/docs/waiting.md.")
        {
            log, json, plot,
        };
        command.SetAction((line, cancel) => Task.FromResult(new ReplayCommand(line.InvocationConfiguration.Output, line.InvocationConfiguration.Error)
            .Run(line.GetRequiredValue(log), line.GetValue(json), line.GetValue(plot), cancel)));
        return command;
    }
}
