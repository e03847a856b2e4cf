using System.CommandLine;
using Kiosk.Bench.Reporting;
using Kiosk.Bench.Waits;

var events = new Option<int>("--events") { Description = "Events of one round of throughput", DefaultValueFactory = _ => 20_000 };
var samples = new Option<int>("--samples") { Description = "Samples of latency, of each kind", DefaultValueFactory = _ => 20_000 };
var rounds = new Option<int>("--rounds") { Description = "Rounds of throughput: yardstick and ours, one after the other", DefaultValueFactory = _ => 7 };
var json = new Option<bool>("--json") { Description = "The figures as JSON" };
var reporting = new Command("reporting", "events to the store over a real broker, against mosquitto_pub (throughput) and a bare publish (latency)") { events, samples, rounds, json };
reporting.SetAction((parsed, cancel) => new ReportingBench(parsed.GetValue(events), parsed.GetValue(samples), parsed.GetValue(rounds), parsed.GetValue(json), Console.Out, Console.Error).RunAsync(cancel));

var steps = new Option<int>("--events") { Description = "Events in all", DefaultValueFactory = _ => 1_000_000 };
var waits = new Command("waits", "the predictor of the waiting times: time and memory per event over a million events, beside the naive rule's") { steps, json };
waits.SetAction((parsed, cancel) => Task.FromResult(new WaitsBench(parsed.GetValue(steps), parsed.GetValue(json), Console.Out, Console.Error).Run(cancel)));

return await new RootCommand("Measures the product against plain yardsticks in the same run.") { reporting, waits }.Parse(args).InvokeAsync();
