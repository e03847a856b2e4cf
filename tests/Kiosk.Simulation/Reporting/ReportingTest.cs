using System.Diagnostics;
using System.Globalization;
using Kiosk.Simulation.Money;

namespace Kiosk.Simulation.Reporting;

/// <summary>The promise to the store: in order, nothing lost, nothing twice, whatever happens to host, broker, network and store.</summary>
internal sealed class ReportingTest(int events, int clients, int seed, TextWriter output)
{
    private static readonly TimeSpan CatchUpWithin = TimeSpan.FromMinutes(5);

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, int> _mishaps = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await output.WriteLineAsync($"{events} events by {clients} clients; broker, host, store and cables fail at random; seed {seed}");
        var directory = Directory.CreateTempSubdirectory("kiosk-reporting-").FullName;
        var profile = KillTest.Profile(directory);
        using var broker = new FrailBroker(directory);
        broker.Start();
        await using var hallCable = new CutCable(() => broker.Port, null, () => { });
        await using var storeCable = new CutCable(() => broker.Port, null, () => { });
        using var host = new HostProcess(directory, profile, new($"mqtt://127.0.0.1:{hallCable.Port}"));
        var hall = KillTest.IdOf(profile);
        await using var store = new OneStore(Path.Combine(directory, "store", "copy.db"), hall, () => storeCable.Port);
        var clerks = new Clerks(host, clients, seed);

        await host.StartAsync(cancel);
        store.Start();
        await clerks.OpenCountersAsync(cancel);
        await WorkAsync(host, broker, hallCable, storeCable, store, clerks, cancel);

        var made = _watch.Elapsed;
        var whole = await CatchUpAsync(host, store, cancel);
        var caught = _watch.Elapsed - made;
        await host.KillAsync();
        var figures = store.Figures;
        var mistakes = new StoreCheck(host.Data, profile, hall, store).Mistakes(whole).ToList();

        var sum = string.Join(", ", _mishaps.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} × {pair.Key}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"  made {whole} events in {made.TotalSeconds:0} s, caught up {caught.TotalSeconds:0.0} s later; {sum}"));
        await output.WriteLineAsync($"  the store took {figures.Taken} events, dropped {figures.Repeats} repeats and {figures.Beyond} behind {figures.Gaps} gaps, and asked {figures.Rebirths} times for everything from its place on");
        foreach (var mistake in mistakes.Take(20)) await output.WriteLineAsync($"FAIL: {mistake}");
        if (mistakes.Count > 0)
        {
            await output.WriteLineAsync($"FAIL: {mistakes.Count} in all; everything is kept in {directory}");
            return 1;
        }

        Directory.Delete(directory, recursive: true);
        await output.WriteLineAsync($"PASS: the store's copy is the hall's journal, event by event and byte by byte, and its state is the hall's: {whole} events, no gap, no repeat.");
        return 0;
    }

    /// <summary>Work and mishaps until enough has happened; then everything runs.</summary>
    private async Task WorkAsync(HostProcess host, FrailBroker broker, CutCable hallCable, CutCable storeCable, OneStore store, Clerks clerks, CancellationToken cancel)
    {
        var work = clerks.WorkAsync(cancel);
        var said = 0L;
        while (await LastSeqAsync(host, cancel) is var seq && seq < events)
        {
            if (seq - said >= events / 10)
            {
                said = seq;
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {_watch.Elapsed.TotalSeconds,4:0} s: {seq} events, the store has {store.Copy!.View.Place.Seq}, {_mishaps.Values.Sum()} mishaps"));
            }

            await Task.Delay(_random.Next(200, 2_500), cancel);
            switch (_random.Next(6))
            {
                case 0:
                    Count("broker killed");
                    broker.Kill();
                    await Task.Delay(_random.Next(0, 1_500), cancel);
                    broker.Start();
                    break;
                case 1:
                    Count("broker frozen");
                    broker.Freeze();
                    await Task.Delay(_random.Next(500, 7_000), cancel);
                    broker.Thaw();
                    break;
                case 2:
                    Count("hall cut off");
                    hallCable.Break(forEver: false);
                    break;
                case 3:
                    Count("store cut off");
                    storeCable.Break(forEver: false);
                    break;
                case 4:
                    Count("store killed");
                    await store.KillAsync();
                    await Task.Delay(_random.Next(0, 2_000), cancel);
                    store.Start();
                    break;
                default:
                    Count("host killed");
                    await host.KillAsync();
                    await work;
                    await host.StartAsync(cancel);
                    await clerks.AskAgainAsync(cancel);
                    work = clerks.WorkAsync(cancel);
                    break;
            }
        }

        // One more kill ends the clients' work in the middle of it.
        await host.KillAsync();
        await work;
        await host.StartAsync(cancel);
        await clerks.AskAgainAsync(cancel);
    }

    /// <summary>Until store and journal are at the same event and stay there.</summary>
    private static async Task<long> CatchUpAsync(HostProcess host, OneStore store, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(CatchUpWithin);
        var calm = 0;
        var last = 0L;
        while (calm < 4)
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"The store stands at {store.Copy!.View.Place} ({store.Copy.View.Connection}), the journal at {last}; {store.Copy.View.Trouble}");
            var seq = await LastSeqAsync(host, cancel);
            calm = seq == last && store.Copy!.View.Place.Seq == seq ? calm + 1 : 0;
            last = seq;
            await Task.Delay(500, cancel);
        }

        return last;
    }

    private static async Task<long> LastSeqAsync(HostProcess host, CancellationToken cancel)
    {
        using var http = host.Client();
        using var health = System.Text.Json.JsonDocument.Parse(await http.GetByteArrayAsync("/api/v1/health", cancel));
        return health.RootElement.GetProperty("journal").GetProperty("seq").GetInt64();
    }

    private void Count(string mishap) => _mishaps[mishap] = _mishaps.GetValueOrDefault(mishap) + 1;
}
