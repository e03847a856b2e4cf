using System.Diagnostics;
using System.Globalization;

namespace Kiosk.Bench.Measuring;

/// <summary>What is deliberately made slower, to see whether the bench sees it.</summary>
internal enum Slowdown
{
    None,

    /// <summary>Each commit is followed by a second fsync.</summary>
    SecondFsync,

    /// <summary>Displays look every 20 ms instead of being told.</summary>
    Poll,

    /// <summary>Whoever is next is searched among all tickets.</summary>
    LinearSearch,
}

/// <summary>One run of the bench: where it may write, how much it measures, and what it found so far.</summary>
/// <param name="directory">On the file system that is measured; every scenario gets a directory of its own in it, removed at the end.</param>
/// <param name="quick">Few samples: shows that everything works, judges nothing.</param>
/// <param name="logs">Directory of real queue logs, or null.</param>
internal sealed class BenchRun(string directory, bool quick, Slowdown slowdown, string? logs, TextWriter progress)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(2);

    private readonly List<Figure> _figures = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _said = -ProgressEvery;
    private int _directories;

    public bool Quick { get; } = quick;

    public Slowdown Slowdown { get; } = slowdown;

    public string? Logs { get; } = logs;

    public IReadOnlyList<Figure> Figures => _figures;

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>As many as are asked for, or a hundredth of it (at least 20) in a quick run.</summary>
    public int Count(int whole) => Quick ? Math.Max(20, whole / 100) : whole;

    /// <summary>A new empty directory on the file system that is measured.</summary>
    public string NewDirectory(string name) => Directory.CreateDirectory(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{name}-{++_directories}"))).FullName;

    public void Report(Figure figure) => _figures.Add(figure with { Quick = Quick });

    /// <summary>A line of progress, always shown.</summary>
    public void Say(string what) => progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Elapsed:mm\\:ss}  {what}"));

    /// <summary>A line of progress, at most every two seconds.</summary>
    public void Tick(string what, int done, int all)
    {
        if (_watch.Elapsed - _said < ProgressEvery) return;
        _said = _watch.Elapsed;
        Say(string.Create(CultureInfo.InvariantCulture, $"{what}: {done:N0} of {all:N0}"));
    }
}
