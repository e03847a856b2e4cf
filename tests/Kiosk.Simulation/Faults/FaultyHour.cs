using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Domain.Views;
using Kiosk.Firmware;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kiosk.Simulation.Faults;

/// <summary>
/// The whole appliance with a crowd, on time that runs faster, while every device is broken and mended at random, all at once. The hall must go on,
/// each fault be told with its reason, each device come back, and no ticket be lost or printed twice unasked.
/// </summary>
internal sealed class FaultyHour(int minutes, int seed, int pace, TextWriter report)
{
    private const int CustomersAnHour = 300;

    private static readonly TimeSpan DrainWithin = TimeSpan.FromMinutes(20), Look = TimeSpan.FromSeconds(1);

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var data = Directory.CreateTempSubdirectory("kiosk-faults-").FullName;
        var profile = Profile();
        await report.WriteLineAsync($"{minutes} simulated minutes, {profile.Devices.Length} devices, {CustomersAnHour} customers an hour, seed {seed}, at most {pace} times as fast as the wall");
        using var time = new QuickTime(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero), pace);
        using var journal = SqliteJournal.Open(data, "faulty hour", time);
        var options = new LaunchOptions(ProfilePath, data, new Uri("http://127.0.0.1:0"), null, null, NoBroker: true, CustomersAnHour);
        await using var app = Appliance.Build(options, profile, journal, services =>
        {
            services.AddSingleton<TimeProvider>(new HallTime(time, time.GetUtcNow()));
            services.AddLogging(logging => logging.ClearProviders());
        });
        await app.StartAsync(cancel);

        var wrong = await SabotageAsync(app, time, cancel);
        await app.StopAsync(CancellationToken.None);
        wrong.AddRange(Truth(journal));
        foreach (var what in wrong) await report.WriteLineAsync($"FAIL {what}");
        if (wrong.Count > 0) await report.WriteLineAsync($"The journal is kept in {data}");
        else Directory.Delete(data, recursive: true);
        await report.WriteLineAsync(wrong.Count == 0 ? "PASS" : $"{wrong.Count} failures; seed {seed}");
        return wrong.Count == 0 ? 0 : 1;
    }

    private static string ProfilePath { get; } = Path.Combine(AppContext.BaseDirectory, "Faults", "faulty-hall.json");

    private PaperTrail _paper = null!;

    private async Task<List<string>> SabotageAsync(WebApplication app, TimeProvider time, CancellationToken cancel)
    {
        var (devices, feed, intake) = (app.Services.GetRequiredService<IDeviceDirectory>(), app.Services.GetRequiredService<HallFeed>(), app.Services.GetRequiredService<IIntake>());
        _paper = new PaperTrail(devices, [.. devices.Devices.Where(view => view.Driver == "escpos").Select(view => view.Id)]);
        await UntilAsync(() => devices.Devices.All(view => view.State == DeviceState.Ok), TimeSpan.FromMinutes(1), time, cancel);

        var until = time.GetUtcNow() + TimeSpan.FromMinutes(minutes);
        var saboteurs = devices.Devices
            .Select((view, index) => new Saboteur(view.Id, Mischief.Of[view.Driver], devices, time, unchecked((seed * 31) + index))).ToList();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var beside = Task.WhenAll(
            FollowPaperAsync(time, over.Token), ReprintAsync(feed, intake, time, over.Token), PressAsync(devices, time, over.Token), TellAsync(feed, time, until, over.Token));
        await Task.WhenAll(saboteurs.Select(saboteur => saboteur.WorkAsync(until, Tell, cancel)));

        List<string> wrongPanels;

        // The last slips: everything is mended, so that nothing may be left.
        var drained = await UntilAsync(() => feed.Latest.State.Slips.Values.All(slip => slip.Phase == SlipPhase.InDoubt), DrainWithin, time, cancel);
        wrongPanels = await PanelsAsync(devices, feed, time, cancel);
        await over.CancelAsync();
        await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _paper.Look();
        foreach (var failed in new[] { beside.Exception }.OfType<AggregateException>().SelectMany(all => all.InnerExceptions).Where(one => one is not OperationCanceledException)) throw failed;

        var done = saboteurs.SelectMany(saboteur => saboteur.Done).ToList();
        await report.WriteLineAsync($"{done.Count} faults; those that are told were seen after {Mean(done.Where(one => one.Mischief.Expected is not null).Select(one => one.SeenAfter))} s in the mean, devices were back {Mean(done.Select(one => one.BackAfter))} s after they were mended");
        var wrong = done.Where(one => one.Wrong is not null).Select(one => $"{one.Device}, {one.Mischief.Control} {one.Mischief.Arguments}: {one.Wrong}").ToList();
        wrong.AddRange(wrongPanels);
        if (!drained) wrong.Add($"slips that never ended: {string.Join(", ", feed.Latest.State.Slips.Values.Select(slip => $"{slip.Number} {slip.Phase}"))}");
        wrong.AddRange(devices.Devices.Where(view => view.State != DeviceState.Ok).Select(view => $"{view.Id} is {view.State} ({view.Fault}) at the end"));
        foreach (var driver in done.GroupBy(one => one.Device).Where(device => device.Count() < 3 && minutes >= 30)) wrong.Add($"{driver.Key} was broken only {driver.Count()} times");
        return wrong;
    }

    // The number at each counter is on each of its panels, whatever happened to them; a call changes it now and then while they are read.
    private static async Task<List<string>> PanelsAsync(IDeviceDirectory devices, HallFeed feed, TimeProvider time, CancellationToken cancel)
    {
        List<string> Differ() =>
        [
            .. from view in devices.Devices
               where view.Class == nameof(Hardware.DeviceClass.CounterDisplay)
               from panel in view.Look!["panels"]!.AsArray()
               let hall = feed.Latest.State
               let ticket = hall.At(hall.Counters[new((int)panel!["panel"]!)])
               where ticket is not null && (string)panel["text"]! != ticket.Number.ToString()
               select $"{view.Id}, panel {panel["panel"]}: \"{panel["text"]}\" in place of {ticket.Number}",
        ];
        var last = new List<string>();
        return await UntilAsync(() => (last = Differ()).Count == 0, TimeSpan.FromMinutes(1), time, cancel) ? [] : last;
    }

    private void Tell(Sabotage sabotage)
    {
        if (sabotage.Wrong is not null) report.WriteLine($"  {sabotage.Device}: {sabotage.Mischief.Control} {sabotage.Mischief.Arguments}: {sabotage.Wrong}");
    }

    private async Task TellAsync(HallFeed feed, TimeProvider time, DateTimeOffset until, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMinutes(10), time, cancel);
            var hall = feed.Latest.State;
            await report.WriteLineAsync($"  {Math.Max(0, (until - time.GetUtcNow()).TotalMinutes):0} minutes left, {hall.Services.Values.Sum(service => service.Issued)} tickets, {hall.Waiting} wait, {_paper.Slips.Count} slips");
        }
    }

    private async Task FollowPaperAsync(TimeProvider time, CancellationToken cancel)
    {
        while (true)
        {
            _paper.Look();
            await Task.Delay(Look, time, cancel);
        }
    }

    // The floor guide: asks for the paper of those who may have none. Only then may a number come out again.
    private static async Task ReprintAsync(HallFeed feed, IIntake intake, TimeProvider time, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(45), time, cancel);
            var doubted = feed.Latest.State.Tickets.Values.FirstOrDefault(ticket => ticket.Live && ticket.Slip == SlipPhase.InDoubt);
            if (doubted is not null) await intake.AskAsync(Request.Once("guide", new HallCommand.PrintTicket(doubted.Id)), cancel);
        }
    }

    // The last counters are served by hand, with the keys of their call units.
    private static async Task PressAsync(IDeviceDirectory devices, TimeProvider time, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(20), time, cancel);
            devices.Control("call-keys", "press", Mischief.Json("""{"line": "COUNTER6_NEXT"}"""));
        }
    }

    /// <summary>What journal and paper say when all is over.</summary>
    private IEnumerable<string> Truth(IJournal journal)
    {
        var events = journal.Read(0, int.MaxValue).Select(recorded => recorded.Fact).ToList();
        var issued = events.OfType<HallEvent.TicketIssued>().Select(fact => fact.Number.ToString()).ToList();
        var queued = events.OfType<HallEvent.SlipQueued>().Select(fact => (Number: fact.Number.ToString(), fact.Copy)).ToList();
        var (printed, doubted, replaced) = (Ended(events.OfType<HallEvent.SlipPrinted>().Select(fact => (fact.Number, fact.Copy))),
            Ended(events.OfType<HallEvent.SlipInDoubt>().Select(fact => (fact.Number, fact.Copy))), Ended(events.OfType<HallEvent.SlipReplaced>().Select(fact => (fact.Number, fact.Copy))));
        var paper = _paper.Slips.CountBy(slip => slip).ToDictionary(slip => slip.Key, slip => slip.Value);
        report.WriteLine($"{issued.Count} tickets, {events.OfType<HallEvent.TicketCalled>().Count()} calls; slips: {queued.Count} asked for, {printed.Count} printed, {doubted.Count} in doubt, {replaced.Count} cleared and reissued as COPY; {_paper.Slips.Count} came out whole");

        foreach (var letter in issued.GroupBy(number => number[0]))
        {
            if (!letter.Select(number => int.Parse(number.AsSpan(1), CultureInfo.InvariantCulture)).SequenceEqual(Enumerable.Range(1, letter.Count()))) yield return $"numbers of {letter.Key} have a gap or a repeat";
        }

        foreach (var number in issued.Where(number => !queued.Contains((number, 0)))) yield return $"{number} has no slip";
        foreach (var (slip, times) in paper.Where(slip => slip.Value > 1)) yield return $"{slip.Number} copy {slip.Copy} came out {times} times";
        foreach (var (slip, _) in paper.Where(slip => !queued.Contains(slip.Key))) yield return $"{slip.Number} copy {slip.Copy} came out and nobody asked for it";
        foreach (var what in _paper.Wrong) yield return what;
        foreach (var slip in printed.Where(slip => !paper.ContainsKey(slip) && !_paper.Torn.Contains(slip))) yield return $"{slip.Number} copy {slip.Copy} is printed for the journal, but did not come out";
        foreach (var slip in queued.Where(slip => !printed.Contains(slip) && !doubted.Contains(slip) && !replaced.Contains(slip))) yield return $"{slip.Number} copy {slip.Copy} never ended";

        // A COPY only after a halt that was cleared, or a doubt that somebody resolved.
        foreach (var copy in queued.Where(slip => slip.Copy > 0 && !doubted.Contains((slip.Number, slip.Copy - 1)) && !replaced.Contains((slip.Number, slip.Copy - 1)))) yield return $"{copy.Number} copy {copy.Copy} without a reason";
    }

    private static HashSet<(string Number, int Copy)> Ended(IEnumerable<(TicketNumber Number, int Copy)> slips) => [.. slips.Select(slip => (slip.Number.ToString(), slip.Copy))];

    private static async Task<bool> UntilAsync(Func<bool> so, TimeSpan within, TimeProvider time, CancellationToken cancel)
    {
        var end = time.GetUtcNow() + within;
        while (!so())
        {
            if (time.GetUtcNow() > end) return false;
            await Task.Delay(Look, time, cancel);
        }

        return true;
    }

    private static string Mean(IEnumerable<TimeSpan> spans) => spans.Select(span => span.TotalSeconds).DefaultIfEmpty().Average().ToString("0.0", CultureInfo.InvariantCulture);

    private static HallProfile Profile()
    {
        var json = JsonNode.Parse(File.ReadAllText(ProfilePath))!.AsObject();
        var reading = ProfileReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), DeviceSupervisor.Check);
        return reading.Profile ?? throw new InvalidDataException(string.Join("; ", reading.Mistakes.Select(mistake => $"{mistake.Path} {mistake.Message}")));
    }
}
