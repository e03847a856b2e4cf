using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Kiosk.Simulation;

/// <summary>The promise "once" tried from outside.</summary>
internal static class KillTest
{
    private const int ShortestMs = 50, LongestMs = 700, Repeated = 16;

    public static async Task<int> RunAsync(int rounds, int clients, int seed, CancellationToken cancel)
    {
        var directory = Directory.CreateTempSubdirectory("kiosk-kill-").FullName;
        Console.WriteLine($"{clients} clients take and call; kill -9 at random moments, {rounds} times; seed {seed}; data in {directory}");
        var random = new Random(seed);
        using var host = new HostProcess(directory, Profile(directory));
        var (clerks, truth, starts) = (new Clerks(host, clients, seed), new Truth(), new List<TimeSpan>());

        for (var round = 0; round <= rounds; round++)
        {
            starts.Add(await host.StartAsync(cancel));
            var interrupted = clerks.Unanswered;
            await clerks.AskAgainAsync(cancel);
            using (var control = host.Control()) await truth.ReadAsync(control, cancel);
            var told = clerks.Answered.ToList();
            clerks.Answered.Clear();
            told.ForEach(truth.Check);
            await clerks.AskOnceMoreAsync(told.TakeLast(Repeated), cancel);
            if (Report(truth, clerks, directory)) return 1;
            if (round == rounds) break;

            if (round == 0) await clerks.OpenCountersAsync(cancel);
            var work = clerks.WorkAsync(cancel);
            await Task.Delay(random.Next(ShortestMs, LongestMs), cancel);
            await host.KillAsync();
            await work;
            Console.WriteLine($"  kill {round + 1,3}: {truth.Issued} issued and {truth.Called} called before; {interrupted} asked again after the last kill; ready after {starts[^1].TotalSeconds:0.0} s");
        }

        await host.KillAsync();
        Directory.Delete(directory, recursive: true);
        Console.WriteLine($"PASS: {rounds} kills, {truth.Issued} tickets, {truth.Called} calls, {Volatile.Read(ref clerks.Rejected)} refusals; every acknowledged answer was true, no number lost or repeated, no ticket called twice, no slip sent twice.");
        return 0;
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
        if (Report(truth, clerks, directory)) return 1;

        await host.KillAsync();
        Directory.Delete(directory, recursive: true);
        Console.WriteLine($"PASS: {clients} clients, {answers} answers in {elapsed.TotalSeconds:0.0} s ({answers / elapsed.TotalSeconds:0} a second, clients and host on one machine), {truth.Issued} tickets, {truth.Called} calls; none twice.");
        return 0;
    }

    private static bool Report(Truth truth, Clerks clerks, string directory)
    {
        var mistakes = truth.Mistakes.Concat(clerks.Wrong).ToList();
        foreach (var mistake in mistakes.Take(20)) Console.WriteLine($"FAIL: {mistake}");
        if (mistakes.Count > 0) Console.WriteLine($"{mistakes.Count} mistakes; the journal is kept in {directory}");
        return mistakes.Count > 0;
    }

    // The demo hall with room for a year of tickets in a day, and a printer that is kept busy.
    private static string Profile(string directory)
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

    private const int MostTickets = 999_999;

    private static string FindUp(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path))) return Path.Combine(folder.FullName, path);
        }

        throw new FileNotFoundException($"{path} is in no folder above {AppContext.BaseDirectory}.");
    }
}
