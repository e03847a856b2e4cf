using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kiosk.Bench.Measuring;

/// <summary>What a reader has to know of the machine to believe the figures.</summary>
/// <param name="FileSystem">Of the directory that is written to: "ext4 on /dev/vda".</param>
/// <param name="Revision">Of the source, or "" outside a checkout; "+" where it was changed.</param>
internal sealed record Machine(string Processor, int Cores, long MemoryMiB, string System, string Runtime, string FileSystem, string Revision, DateTimeOffset At)
{
    public static Machine Here(string directory, string source) => new(
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal) || line.StartsWith("Model", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        Mounted(Path.GetFullPath(directory)),
        Commit(source),
        DateTimeOffset.UtcNow);

    public override string ToString() => $"{Processor}, {Cores} cores, {MemoryMiB:N0} MiB · {System} · {Runtime} · {FileSystem}{(Revision.Length > 0 ? " · " + Revision : "")} · {At:yyyy-MM-dd HH:mm} UTC";

    // The longest mount point that the directory is under.
    private static string Mounted(string directory)
    {
        var mount = File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).Where(part => part[1] == "/" || directory == part[1] || directory.StartsWith(part[1] + "/", StringComparison.Ordinal)).MaxBy(part => part[1].Length);
        return mount is null ? "unknown file system" : $"{mount[2]} on {mount[0]}";
    }

    private static string Commit(string source)
    {
        try
        {
            return Git(source, "rev-parse", "--short", "HEAD") is { Length: > 0 } head ? head + (Git(source, "status", "--porcelain", "--untracked-files=no").Length > 0 ? "+" : "") : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git here: the figures go without.
            return "";
        }
    }

    private static string Git(string source, params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", source, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? text : "";
    }
}
