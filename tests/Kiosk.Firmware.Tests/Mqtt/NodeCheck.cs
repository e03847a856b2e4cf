using System.ComponentModel;
using System.Diagnostics;
using Kiosk.Firmware.Tests.Support;

namespace Kiosk.Firmware.Tests.Mqtt;

/// <summary>Runs <c>tests/contract/check.mjs</c>. What it needs of npm is fetched once, into <c>.artifacts</c>.</summary>
internal static class NodeCheck
{
    private const string Missing = "is not installed: the contract is checked with @asyncapi/parser. Install Node.js 18 or newer with npm (apt-get install nodejs npm).";

    private static readonly TimeSpan FetchPatience = TimeSpan.FromMinutes(4), CheckPatience = TimeSpan.FromMinutes(1);

    private static readonly string Source = Path.Combine(RunningHall.Repository(), "tests/contract");
    private static readonly string Home = Path.Combine(RunningHall.Repository(), ".artifacts/contract");
    private static readonly string[] Files = ["package.json", "package-lock.json", "check.mjs"];

    public static async Task<(int Code, string Said)> RunAsync(params IReadOnlyList<string> arguments)
    {
        await FetchAsync();
        return await RunAsync("node", [Path.Combine(Home, "check.mjs"), .. arguments], CheckPatience);
    }

    private static async Task FetchAsync()
    {
        // npm puts its own list there when it is done; the lock that it was made of stands beside it.
        var done = Path.Combine(Home, "node_modules/.package-lock.json");
        var fresh = File.Exists(done) && File.ReadAllText(Path.Combine(Home, "package-lock.json")) == await File.ReadAllTextAsync(Path.Combine(Source, "package-lock.json"));
        Directory.CreateDirectory(Home);
        foreach (var file in Files) File.Copy(Path.Combine(Source, file), Path.Combine(Home, file), overwrite: true);
        if (fresh) return;

        // No scripts of packages: what is used here has none that it needs.
        if (File.Exists(done)) File.Delete(done);
        var (code, said) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", Home], FetchPatience);
        Assert.True(code == 0, $"npm could not fetch what the contract's check needs (is there a network?):\n{said}");
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan patience)
    {
        using var process = new Process { StartInfo = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Home } };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Fail($"{program} {Missing}");
        }

        using var watchdog = new CancellationTokenSource(patience);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(watchdog.Token), process.StandardError.ReadToEndAsync(watchdog.Token));
            await process.WaitForExitAsync(watchdog.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {patience.TotalSeconds} s.");
        }
    }
}
