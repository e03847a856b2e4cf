using System.CommandLine;
using Kiosk.Bench;
using Kiosk.Bench.Measuring;
using Kiosk.Bench.Yardsticks;

// Before anything else: the yardstick's start is measured too.
if (args is [BareHost.Word, _, _]) return await BareHost.ServeAsync(args);

var known = string.Join(", ", Scenarios.All.Select(scenario => scenario.Name));
var wanted = new Argument<string[]>("SCENARIO") { Description = $"What to measure; nothing: everything. Known: {known}", Arity = ArgumentArity.ZeroOrMore };
wanted.Validators.Add(given =>
{
    foreach (var name in given.Tokens.Select(token => token.Value).Where(name => Scenarios.All.All(scenario => scenario.Name != name))) given.AddError($"There is no scenario \"{name}\". Known: {known}.");
});
var json = new Option<bool>("--json") { Description = "The figures as JSON instead of the table" };
var plot = new Option<DirectoryInfo?>("--plot") { Description = "A picture (SVG) of each figure that has one, into this directory" };
var quick = new Option<bool>("--quick") { Description = "A hundredth of the samples: shows that everything works, and judges nothing" };
var directory = new Option<DirectoryInfo>("--data") { Description = "Where to write while measuring: the file system that is judged. What is written is removed at the end", DefaultValueFactory = _ => new(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "bench")) };
var logs = new Option<DirectoryInfo?>("--logs") { Description = "Directory of real queue logs (*.csv.gz): their waits are foretold and scored" };
var slowed = new Option<Slowdown>("--slowed") { Description = "Measures twice, the second time with something made slower on purpose, and ends with 1 where no figure shows it: SecondFsync, Poll, LinearSearch", DefaultValueFactory = _ => Slowdown.None };
var list = new Option<bool>("--list") { Description = "Names the scenarios and ends" };
var root = new RootCommand("Measures the product against plain yardsticks in the same run. Ends with 1 where a bar is missed.") { wanted, json, plot, quick, directory, logs, slowed, list };
root.SetAction((parsed, cancel) => parsed.GetValue(list)
    ? Task.FromResult(Bench.List(Console.Out))
    : new Bench(Console.Out, Console.Error) { Json = parsed.GetValue(json), Plots = parsed.GetValue(plot), Quick = parsed.GetValue(quick), Data = parsed.GetValue(directory)!, Logs = parsed.GetValue(logs), Slowdown = parsed.GetValue(slowed) }
        .RunAsync(parsed.GetValue(wanted)!, cancel));
return await root.Parse(args).InvokeAsync();
