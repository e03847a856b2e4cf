using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <summary>
/// The lamps of the panels on output lines: lit for a second when a press was taken, three short flashes when it was not. The same lamp says
/// both, so that nobody has to tell colours apart.
/// </summary>
internal sealed class PanelLamps : IDisposable
{
    private static readonly TimeSpan[] Taken = [TimeSpan.FromSeconds(1)];

    /// <summary>On, off, on, off, on: three flashes in a second, and no more (WCAG 2.3.1).</summary>
    private static readonly TimeSpan[] Refused = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(200), 5)];

    private readonly IReadOnlyList<PanelLamp> _lamps;
    private readonly IGpioOutputs _lines;
    private readonly Action<DeviceLostException?> _written;
    private readonly Lock _lock = new();
    private readonly (ITimer Timer, TimeSpan[] Pattern, int Step)[] _shown;
    private ulong _lit;
    private bool _testing, _disposed;

    /// <param name="written">After each write: null, or why it failed.</param>
    public PanelLamps(IReadOnlyList<PanelLamp> lamps, IGpioOutputs lines, Action<DeviceLostException?> written, TimeProvider time)
    {
        (_lamps, _lines, _written) = (lamps, lines, written);
        _shown = [.. lamps.Select((_, index) => (Clock(time, index), Taken, Taken.Length))];
    }

    public void Acknowledge(int panel, bool taken)
    {
        lock (_lock)
        {
            if (_disposed) return;
            for (var index = 0; index < _lamps.Count; index++)
            {
                if (_lamps[index].Panel != panel) continue;

                // A press after a press: what was shown before begins anew.
                (_shown[index].Pattern, _shown[index].Step) = (taken ? Taken : Refused, -1);
                Step(index);
            }
        }
    }

    /// <summary>Lights all of them, or gives them back.</summary>
    public void Test(bool on)
    {
        lock (_lock)
        {
            if (_disposed) return;
            _testing = on;
            Write();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            foreach (var (timer, _, _) in _shown) timer.Dispose();
            _lines.Dispose();
        }
    }

    private ITimer Clock(TimeProvider time, int index) => time.CreateTimer(_ => Next(index), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void Next(int index)
    {
        lock (_lock)
        {
            if (!_disposed) Step(index);
        }
    }

    private void Step(int index)
    {
        ref var shown = ref _shown[index];
        shown.Step++;
        var lasts = shown.Step < shown.Pattern.Length;
        var lit = lasts && shown.Step % 2 == 0;
        _lit = lit ? _lit | (1UL << index) : _lit & ~(1UL << index);
        Write();
        if (lasts) shown.Timer.Change(shown.Pattern[shown.Step], Timeout.InfiniteTimeSpan);
    }

    private void Write()
    {
        try
        {
            _lines.Write(_testing ? ulong.MaxValue : _lit);
            _written(null);
        }
        catch (DeviceLostException lost)
        {
            // Keys work without lamps; whether the chip is gone too is for the reader to find out.
            _written(lost);
        }
    }
}
