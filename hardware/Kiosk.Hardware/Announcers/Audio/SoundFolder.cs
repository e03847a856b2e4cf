using System.Globalization;

namespace Kiosk.Hardware.Announcers.Audio;

/// <summary>Announcements as WAV files in a folder, one each, for another program to play or for a look at what would be said. The oldest go first.</summary>
internal sealed class SoundFolder : IPcm
{
    public const int MostFiles = 100;

    private const string Pattern = "announcement-*.wav";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly List<short> _taken = [];
    private int _count;

    private SoundFolder(string folder, int rate, TimeProvider time) => (_folder, Rate, _time) = (folder, rate, time);

    public int Rate { get; }

    public TimeSpan Buffer => TimeSpan.Zero;

    public PcmState State { get; private set; }

    /// <exception cref="DeviceLostException">There is no such folder, or it may not be written to.</exception>
    public static SoundFolder Open(string folder, int rate, TimeProvider time)
    {
        if (!Directory.Exists(folder)) throw new DeviceLostException(DeviceFault.Disconnected, $"file://{folder}: there is no such folder");
        var opened = new SoundFolder(folder, rate, time);
        opened.Try(() =>
        {
            var probe = Path.Combine(folder, $".announcer-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        });
        return opened;
    }

    public void Prepare()
    {
        State = Directory.Exists(_folder) ? PcmState.Prepared : PcmState.Gone;
        if (State == PcmState.Gone) throw new DeviceLostException(DeviceFault.Disconnected, $"file://{_folder}: the folder is gone");
    }

    public int Write(ReadOnlySpan<short> samples)
    {
        _taken.AddRange(samples);
        return samples.Length;
    }

    public void Drain() => Try(() =>
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"announcement-{_time.GetUtcNow():yyyyMMdd'T'HHmmss.fff'Z'}-{_count++:0000}.wav");
        var half = Path.Combine(_folder, $".{name}");
        File.WriteAllBytes(half, WavFile.Write(new Sound(Rate, _taken.ToArray())));

        // Whoever watches the folder finds whole files only.
        File.Move(half, Path.Combine(_folder, name));
        foreach (var old in Directory.EnumerateFiles(_folder, Pattern).Order(StringComparer.Ordinal).SkipLast(MostFiles).ToList()) File.Delete(old);
        Drop();
    });

    public void Drop()
    {
        _taken.Clear();
        State = PcmState.Stopped;
    }

    public void Dispose() => Drop();

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (DirectoryNotFoundException gone)
        {
            throw new DeviceLostException(DeviceFault.Disconnected, $"file://{_folder}: {gone.Message}", gone);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new DeviceLostException(DeviceFault.AccessDenied, $"file://{_folder}: {denied.Message}", denied);
        }
        catch (IOException broken)
        {
            throw new DeviceLostException(DeviceFault.Broken, $"file://{_folder}: {broken.Message}", broken);
        }
    }
}
