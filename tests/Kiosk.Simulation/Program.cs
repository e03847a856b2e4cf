using System.CommandLine;
using Kiosk.Simulation;
using Kiosk.Simulation.Day;
using Kiosk.Simulation.Faults;
using Kiosk.Simulation.Money;
using Kiosk.Simulation.Reporting;
using Kiosk.Simulation.Waits;

var rounds = new Option<int>("--rounds") { Description = "How many times the host is killed", DefaultValueFactory = _ => 20 };
var clients = new Option<int>("--clients") { Description = "Parallel clients that take and call", DefaultValueFactory = _ => 64 };
var seed = new Option<int?>("--seed") { Description = "Repeats the moments of an earlier run" };
var seconds = new Option<int>("--seconds") { Description = "How long the clients work", DefaultValueFactory = _ => 10 };

var kill = new Command("kill", "kill -9 at random moments under load: every acknowledged answer must still be true, no number lost or repeated") { rounds, clients, seed };
kill.SetAction((parsed, cancel) => KillTest.RunAsync(parsed.GetValue(rounds), parsed.GetValue(clients), parsed.GetValue(seed) ?? Random.Shared.Next(), cancel));

var load = new Command("load", "parallel clients taking and calling: no number twice, no ticket called twice") { seconds, clients };
load.SetAction((parsed, cancel) => KillTest.LoadAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(clients), cancel));

var days = new Option<int>("--days") { Description = "Days in a row", DefaultValueFactory = _ => 1 };
var customers = new Option<int>("--customers") { Description = "Customers a day", DefaultValueFactory = _ => 2000 };
var first = new Option<DateOnly>("--from") { Description = "First day", DefaultValueFactory = _ => new DateOnly(2026, 1, 5) };
var data = new Option<string?>("--data") { Description = "Write the journal into this empty directory, to start the host on it" };
var day = new Command("day", "whole days of a busy hall by the real rules, in seconds; the same seed is the same day") { days, customers, first, seed, data };
day.SetAction(parsed => SimulatedDays.Report(
    parsed.GetValue(first), parsed.GetValue(days), parsed.GetValue(customers), parsed.GetValue(seed) ?? 1, parsed.GetValue(data)));

var minutes = new Option<int>("--minutes") { Description = "Simulated minutes", DefaultValueFactory = _ => 60 };
var pace = new Option<int>("--pace") { Description = "How many times as fast as the wall, at most: a busy machine takes longer", DefaultValueFactory = _ => 40 };
var faults = new Command("faults", "every device of a hall broken and mended at random, all at once: the hall goes on, each fault is told, no slip is lost or printed twice unasked") { minutes, seed, pace };
faults.SetAction((parsed, cancel) => new FaultyHour(parsed.GetValue(minutes), parsed.GetValue(seed) ?? Random.Shared.Next(), parsed.GetValue(pace), Console.Out).RunAsync(cancel));

var every = new Option<int>("--every") { Description = "Cuts at every so many bytes; journal writes are all tried", DefaultValueFactory = _ => 1 };
var driver = new Option<string?>("--driver") { Description = "Only this one: zvt, ssp, id003, cctalk-notes, cctalk-coins" };
var cuts = new Command("cuts", "a payment by card and with each kind of acceptor, cut at every byte and every journal write: the books must agree with what really happened") { every, driver, pace };
cuts.SetAction((parsed, cancel) => new CutSweep(parsed.GetValue(every), parsed.GetValue(pace), Console.Out).RunAsync(parsed.GetValue(driver), cancel));

var payments = new Option<int>("--payments") { Description = "Payments of the day", DefaultValueFactory = _ => 500 };
var dayPace = new Option<int>("--pace") { Description = "How many times as fast as the wall, at most: a busy machine takes longer", DefaultValueFactory = _ => 80 };
var payday = new Command("payday", "a whole day of payments while billers and devices misbehave and the power is cut: the books agree with what really happened, and the period closes") { payments, seed, dayPace };
payday.SetAction((parsed, cancel) => new PayDay(parsed.GetValue(payments), parsed.GetValue(seed) ?? Random.Shared.Next(), parsed.GetValue(dayPace), Console.Out).RunAsync(cancel));

var events = new Option<int>("--events") { Description = "Events to be reported", DefaultValueFactory = _ => 100_000 };
var reporting = new Command("reporting", "a store keeps a copy of a busy hall while broker, host, store and network fail at random: the copy is the journal, nothing lost, nothing twice") { events, clients, seed };
reporting.SetAction((parsed, cancel) => new ReportingTest(parsed.GetValue(events), parsed.GetValue(clients), parsed.GetValue(seed) ?? Random.Shared.Next(), Console.Out).RunAsync(cancel));

var ordinary = new Option<int>("--days") { Description = "Ordinary days before", DefaultValueFactory = _ => 10 };
var halls = new Option<int>("--halls") { Description = "Halls, each with customers of its own: the first has the seed, each further one the next", DefaultValueFactory = _ => 10 };
halls.Validators.Add(given =>
{
    if (given.GetValueOrDefault<int>() is < 1 or > 1000) given.AddError("--halls is 1 to 1000.");
});
var plot = new Option<string?>("--plot") { Description = "Draws the days of the first hall into this SVG" };
var waits = new Command("waits", "a day on which all clerks are at lunch, a service opens late and 50 people come at once: what is told of the wait widens, is withdrawn where it fails, and recovers") { ordinary, seed, halls, plot };
waits.SetAction((parsed, cancel) => new BrokenHalls(parsed.GetValue(ordinary), parsed.GetValue(seed) ?? 1, parsed.GetValue(halls), Console.Out).RunAsync(parsed.GetValue(plot), cancel));

return await new RootCommand("Tries the whole host as its clients and its devices see it.") { kill, load, day, faults, cuts, payday, reporting, waits }.Parse(args).InvokeAsync();
