using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Kiosk.Simulation;

/// <summary>The promise "once" tried from outside.</summary>
internal static class KillTest
{
    private const int ShortestMs = 50, LongestMs = 700, Repeated = 16;

    /// <summary>After so many kills a new hall begins: a day of a hundred thousand tickets would spend the time on reading them.</summary>
    private const int KillsPerHall = 25;

    public static async Task<int> RunAsync(int rounds, int clients, int seed, CancellationToken cancel)
    {
        Console.WriteLine($"{clients} clients take and call; kill -9 at random moments, {rounds} times; seed {seed}");
        var random = new Random(seed);
        var (tickets, calls, refusals) = (0, 0, 0L);
        for (var killed = 0; killed < rounds; killed += KillsPerHall)
        {
            var directory = Directory.CreateTempSubdirectory("kiosk-kill-").FullName;
            using var host = new HostProcess(directory, Profile(directory));
            var (clerks, truth) = (new Clerks(host, clients, seed + killed), new Truth());
            if (!await KillAsync(host, clerks, truth, random, killed, Math.Min(rounds, killed + KillsPerHall), cancel))
            {
                Console.WriteLine($"The journal is kept in {directory}");
                return 1;
            }

            (tickets, calls, refusals) = (tickets + truth.Issued, calls + truth.Called, refusals + Volatile.Read(ref clerks.Rejected));
            await host.KillAsync();
            Directory.Delete(directory, recursive: true);
        }

        Console.WriteLine($"PASS: {rounds} kills, {tickets} tickets, {calls} calls, {refusals} refusals; every acknowledged answer was true, no number lost or repeated, no ticket called twice, no slip sent twice.");
        return 0;
    }

    private static async Task<bool> KillAsync(HostProcess host, Clerks clerks, Truth truth, Random random, int from, int until, CancellationToken cancel)
    {
        for (var round = from; ; round++)
        {
            var ready = await host.StartAsync(cancel);
            var interrupted = clerks.Unanswered;
            await clerks.AskAgainAsync(cancel);
            using (var control = host.Control()) await truth.ReadAsync(control, cancel);
            var told = clerks.Answered.ToList();
            clerks.Answered.Clear();
            told.ForEach(truth.Check);
            await clerks.AskOnceMoreAsync(told.TakeLast(Repeated), cancel);
            if (Report(truth, clerks)) return false;
            if (round > from) Console.WriteLine($"  kill {round,3}: {truth.Issued} issued, {truth.Called} called, {interrupted} asked again with their keys; ready after {ready.TotalSeconds:0.0} s");
            if (round == until) return true;

            if (round == from) await clerks.OpenCountersAsync(cancel);
            var work = clerks.WorkAsync(cancel);
            await Task.Delay(random.Next(ShortestMs, LongestMs), cancel);
            await host.KillAsync();
            await work;
        }
    }

    public static async Task<int> LoadAsync(TimeSpan duration, int clients, CancellationToken cancel)
    {
        var directory = Directory.CreateTempSubdirectory("kiosk-load-").FullName;
        using var host = new HostProcess(directory, Profile(directory));
        var (clerks, truth) = (new Clerks(host, clients, 1), new Truth());
        await host.StartAsync(cancel);
        await clerks.OpenCountersAsync(cancel);

        var watch = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(duration);
        await clerks.WorkAsync(limit.Token);
        var (elapsed, answers) = (watch.Elapsed, clerks.Answered.Count + clerks.Rejected);

        using (var control = host.Control()) await truth.ReadAsync(control, cancel);
        while (clerks.Answered.TryDequeue(out var answer)) truth.Check(answer);
        if (Report(truth, clerks)) return 1;

        await host.KillAsync();
        Directory.Delete(directory, recursive: true);
        Console.WriteLine($"PASS: {clients} clients, {answers} answers in {elapsed.TotalSeconds:0.0} s ({answers / elapsed.TotalSeconds:0} a second, clients and host on one machine), {truth.Issued} tickets, {truth.Called} calls; none twice.");
        return 0;
    }

    private static bool Report(Truth truth, Clerks clerks)
    {
        var mistakes = truth.Mistakes.Concat(clerks.Wrong).ToList();
        foreach (var mistake in mistakes.Take(20)) Console.WriteLine($"FAIL: {mistake}");
        if (mistakes.Count > 20) Console.WriteLine($"FAIL: and {mistakes.Count - 20} more");
        return mistakes.Count > 0;
    }

    // The demo hall with room for a year of tickets in a day, and a printer that is kept busy.
    internal static string Profile(string directory)
    {
        var root = FindUp("provisioning/profiles/telecom-hall.json");
        var profile = JsonNode.Parse(File.ReadAllText(root))!.AsObject();
        profile.Remove("$schema");
        profile["mqtt"] = new JsonObject { ["enabled"] = false };
        profile["timeZone"] = "UTC";
        profile["rules"] = new JsonObject { ["dayOpening"] = "automatic" };
        foreach (var service in profile["services"]!.AsArray()) service!["dailyLimit"] = MostTickets;
        var path = Path.Combine(directory, "hall.json");
        File.WriteAllText(path, profile.ToJsonString());
        return path;
    }

    internal static string IdOf(string profile) => (string)JsonNode.Parse(File.ReadAllText(profile))!["id"]!;

    private const int MostTickets = 999_999;

    internal static string FindUp(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path))) return Path.Combine(folder.FullName, path);
        }

        throw new FileNotFoundException($"{path} is in no folder above {AppContext.BaseDirectory}.");
    }
}
