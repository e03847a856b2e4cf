using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Kiosk.Bench.Measuring;

namespace Kiosk.Bench.Written;

/// <summary>A private ext4 on a loop device: nobody else writes there, so the kernel's count of its sectors is what the program under test has written.</summary>
internal sealed class LoopDevice : IAsyncDisposable
{
    private const int SectorBytes = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Look = TimeSpan.FromSeconds(1);

    private readonly string _device;
    private readonly string _image;

    private LoopDevice(string device, string image, string mount) => (_device, _image, Directory) = (device, image, mount);

    /// <summary>Where it is mounted.</summary>
    public string Directory { get; }

    /// <summary>Why there is none here; null: there is.</summary>
    public static string? Missing =>
        !Environment.IsPrivilegedProcess ? "bytes are counted at a private loop device, which takes root"
        : !File.Exists("/dev/loop-control") ? "bytes are counted at a private loop device, and this machine has none (/dev/loop-control)"
        : Array.Find(["losetup", "mkfs.ext4", "mount", "umount", "sync"], tool => Find(tool) is null) is { } tool ? $"bytes are counted at a private loop device, and {tool} is not installed"
        : null;

    /// <exception cref="NotHereException">The machine has none to give.</exception>
    public static async Task<LoopDevice> MountAsync(string directory, int megabytes, CancellationToken cancel)
    {
        if (Missing is { } missing) throw new NotHereException(missing);
        var (image, mount) = (Path.Combine(directory, "image"), System.IO.Directory.CreateDirectory(Path.Combine(directory, "mount")).FullName);

        // Its blocks are there before: the file below must not grow while it is written to.
        await using (var file = new FileStream(image, FileMode.Create, FileAccess.Write))
        {
            var zeros = new byte[1 << 20];
            for (var n = 0; n < megabytes; n++) await file.WriteAsync(zeros, cancel);
            file.Flush(flushToDisk: true);
        }

        // Blocks as on a card or a disk: a small file system would get smaller ones.
        await RunAsync("mkfs.ext4", ["-q", "-F", "-b", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0", image], cancel);
        string device;
        try
        {
            device = await RunAsync("losetup", ["--find", "--show", image], cancel);
        }
        catch (InvalidOperationException refused)
        {
            throw new NotHereException($"bytes are counted at a private loop device, and none is to be had: {refused.Message}");
        }

        var loop = new LoopDevice(device, image, mount);
        try
        {
            await RunAsync("mount", ["-o", "noatime", device, mount], cancel);
            return loop;
        }
        catch (InvalidOperationException refused)
        {
            await RunAsync("losetup", ["--detach", device], CancellationToken.None);
            throw new NotHereException($"bytes are counted at a private loop device, and it cannot be mounted: {refused.Message}");
        }
    }

    /// <summary>Bytes that have reached the device since it was made, after everything was written out.</summary>
    public async Task<long> WrittenAsync(CancellationToken cancel)
    {
        await RunAsync("sync", ["--file-system", Directory], cancel);
        return Count();
    }

    /// <summary>Waits until nothing is written any more of what the mount itself and a program's start had to write; not for ever, where something is written all the time.</summary>
    public async Task<long> SettledAsync(TimeSpan quiet, CancellationToken cancel)
    {
        var (before, since, begun) = (await WrittenAsync(cancel), Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < quiet && Stopwatch.GetElapsedTime(begun) < Patience + quiet)
        {
            await Task.Delay(Look, cancel);
            if (await WrittenAsync(cancel) is var now && now == before) continue;
            (before, since) = (now, Stopwatch.GetTimestamp());
        }

        return before;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", [Directory], CancellationToken.None);
        await RunAsync("losetup", ["--detach", _device], CancellationToken.None);
        File.Delete(_image);
    }

    // Documentation/block/stat.rst: the seventh number is sectors written, of 512 bytes whatever the device.
    private long Count() => long.Parse(File.ReadAllText($"/sys/block/{Path.GetFileName(_device)}/stat").Split(' ', StringSplitOptions.RemoveEmptyEntries)[6], CultureInfo.InvariantCulture) * SectorBytes;

    private static string? Find(string tool) => Array.Find([$"/usr/sbin/{tool}", $"/sbin/{tool}", $"/usr/bin/{tool}", $"/bin/{tool}"], File.Exists);

    private static async Task<string> RunAsync(string tool, string[] words, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(Find(tool) ?? throw new Win32Exception($"{tool} is missing"), words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            late.CancelAfter(Patience);
            var (text, errors) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
            await process.WaitForExitAsync(late.Token);
            return process.ExitCode == 0 ? (await text).Trim() : throw new InvalidOperationException($"{tool} {string.Join(' ', words)}: {(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
