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

    /// <summary>How long a program that was just ended may hold a file there, and how often it is looked.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(10), BusyLook = TimeSpan.FromMilliseconds(200);

    private readonly string _image;
    private readonly Action<string> _say;
    private string? _device;

    private LoopDevice(string directory, Action<string> say)
    {
        (_image, _say) = (Path.Combine(directory, "image"), say);
        Directory = System.IO.Directory.CreateDirectory(Path.Combine(directory, "mount")).FullName;
    }

    /// <summary>Where it is mounted.</summary>
    public string Directory { get; }

    /// <summary>Why there is none here; null: there is.</summary>
    public static string? Missing =>
        !Environment.IsPrivilegedProcess ? "bytes are counted at a private loop device, which takes root"
        : !File.Exists("/dev/loop-control") ? "bytes are counted at a private loop device, and this machine has none (/dev/loop-control)"
        : Array.Find(["losetup", "mkfs.ext4", "mount", "umount", "sync"], tool => Find(tool) is null) is { } tool ? $"bytes are counted at a private loop device, and {tool} is not installed"
        : null;

    /// <param name="say">Told what is left behind.</param>
    /// <param name="options">Of mount(8).</param>
    /// <exception cref="NotHereException">The machine has none to give.</exception>
    public static async Task<LoopDevice> MountAsync(string directory, int megabytes, Action<string> say, CancellationToken cancel, string options = "noatime")
    {
        if (Missing is { } missing) throw new NotHereException(missing);
        var loop = new LoopDevice(directory, say);
        try
        {
            await loop.MakeImageAsync(megabytes, cancel);
            await loop.AttachAsync(options);
            cancel.ThrowIfCancellationRequested();
            return loop;
        }
        catch
        {
            await loop.DisposeAsync();
            throw;
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

    /// <summary>Takes back whatever was made so far, as the kernel knows it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Mounted) await UnmountAsync();
        }
        finally
        {
            var attached = await RunAsync("losetup", ["--list", "--noheadings", "--output", "NAME", "--associated", _image], CancellationToken.None);
            foreach (var device in attached.Split('\n', StringSplitOptions.RemoveEmptyEntries)) await RunAsync("losetup", ["--detach", device], CancellationToken.None);
            File.Delete(_image);
        }
    }

    private bool Mounted => _device is not null && File.ReadLines("/proc/self/mounts").Any(mount => mount.StartsWith(_device + " ", StringComparison.Ordinal));

    private async Task MakeImageAsync(int megabytes, CancellationToken cancel)
    {
        // Its blocks are there before: the file below must not grow while it is written to.
        await using (var file = new FileStream(_image, FileMode.Create, FileAccess.Write))
        {
            var zeros = new byte[1 << 20];
            for (var n = 0; n < megabytes; n++) await file.WriteAsync(zeros, cancel);
            file.Flush(flushToDisk: true);
        }

        // Blocks as on a card or a disk: a small file system would get smaller ones.
        await RunAsync("mkfs.ext4", ["-q", "-F", "-b", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0", _image], cancel);
    }

    // Quick, and not cancelled half way: it would not be known what there is to take back.
    private async Task AttachAsync(string options)
    {
        try
        {
            _device = await RunAsync("losetup", ["--find", "--show", _image], CancellationToken.None);
            await RunAsync("mount", ["-o", options, _device, Directory], CancellationToken.None);
        }
        catch (InvalidOperationException refused)
        {
            throw new NotHereException($"bytes are counted at a private loop device, and none is to be had: {refused.Message}");
        }
    }

    private async Task UnmountAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await RunAsync("umount", [Directory], CancellationToken.None);
                return;
            }
            catch (InvalidOperationException) when (Stopwatch.GetElapsedTime(begun) < Busy)
            {
                await Task.Delay(BusyLook);
            }
            catch (InvalidOperationException busy)
            {
                await RunAsync("umount", ["--lazy", Directory], CancellationToken.None);
                _say($"The private disk {_device} was still in use {Busy.TotalSeconds:0} s after its scenario ({busy.Message}). It is out of sight, and goes for good when the last program that has a file open there ends: look for one that the bench left behind.");
                return;
            }
        }
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
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"{tool} {string.Join(' ', words)} was not done after {Patience.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
