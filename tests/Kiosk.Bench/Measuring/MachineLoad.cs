using System.Globalization;

namespace Kiosk.Bench.Measuring;

/// <summary>How busy the machine was while something was measured.</summary>
/// <param name="Runnable">Threads that ran or wanted to, in the mean: the bench's own among them.</param>
/// <param name="Stolen">Share of the time that the hypervisor gave to others, 0 to 1.</param>
internal sealed record MachineLoad(double Runnable, double Stolen)
{
    private const double StolenAtMost = 0.05;

    public static int Cores => Environment.ProcessorCount;

    /// <summary>The slowest samples then show the other programs of the machine.</summary>
    public bool Crowded => Runnable > Cores || Stolen > StolenAtMost;

    public string Sentence => Stolen > StolenAtMost
        ? string.Create(CultureInfo.InvariantCulture, $"the hypervisor gave {Stolen:0 %} of the time to others")
        : string.Create(CultureInfo.InvariantCulture, $"load {Runnable:0.0} on {Cores} cores");
}

/// <summary>Looks five times a second how many threads want to run, from its making until it is asked.</summary>
internal sealed class LoadWatch : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly (double All, double Stolen) _begin = Ticks();
    private double _sum;
    private int _looks;

    public LoadWatch()
    {
        _thread = new(Look) { IsBackground = true, Name = "load" };
        _thread.Start();
    }

    /// <summary>The mean up to now.</summary>
    public MachineLoad Load
    {
        get
        {
            var (all, stolen) = Ticks();
            lock (_stop) return new(_looks == 0 ? 0 : _sum / _looks, all > _begin.All ? (stolen - _begin.Stolen) / (all - _begin.All) : 0);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Look()
    {
        while (!_stop.Token.WaitHandle.WaitOne(Every))
        {
            // The look itself is one of those that run.
            var running = Running() - 1;
            lock (_stop) (_sum, _looks) = (_sum + Math.Max(0, running), _looks + 1);
        }
    }

    private static double Running() => Number(File.ReadLines("/proc/stat").First(line => line.StartsWith("procs_running", StringComparison.Ordinal)).Split(' ')[1]);

    // "cpu" user nice system idle iowait irq softirq steal …
    private static (double All, double Stolen) Ticks()
    {
        var columns = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(Number).ToArray();
        return (columns.Sum(), columns[7]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
