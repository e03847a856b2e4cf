using System.Globalization;

namespace Kiosk.Bench.Hosting;

/// <summary>What a process has cost, as the kernel counts it (proc_pid_stat(5), proc_pid_status(5)).</summary>
internal static class ProcessCost
{
    // Clock ticks of /proc are hundredths of a second on every Linux.
    private const double TicksPerSecond = 100;

    // Counted behind the name of the program, which stands in brackets and may hold blanks.
    private const int User = 11, System = 12;

    /// <summary>Time on processors, its own and the kernel's for it, of all threads so far. Exact to 10 ms.</summary>
    public static TimeSpan Cpu(int process)
    {
        var line = File.ReadAllText($"/proc/{process}/stat");
        var columns = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((Number(columns[User]) + Number(columns[System])) / TicksPerSecond);
    }

    /// <summary>MiB in memory now, and at most so far.</summary>
    public static (double Resident, double Peak) Memory(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/status");
        return (MiB(lines, "VmRSS:"), MiB(lines, "VmHWM:"));
    }

    // "VmRSS:     81234 kB"
    private static double MiB(string[] lines, string name) =>
        Number(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0]) / 1024;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
