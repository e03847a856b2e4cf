namespace Kiosk.Hardware.Tests.Printers;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    /// <summary>One step of <see cref="PassUntilAsync{T}"/>, and the real time given to the wire in each.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100), Breath = TimeSpan.FromMilliseconds(5), Watchdog = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate) return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero) + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        TimeSpan end;
        lock (_gate) end = _now + by;
        while (true)
        {
            Timer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
                _now = next?.Due ?? end;
                next?.Fired();
            }

            if (next is null) return;
            next.Callback();
        }
    }

    /// <summary>Lets time pass in small steps, and the wire breathe between them, until the task is done.</summary>
    public async Task<T> PassUntilAsync<T>(Task<T> task)
    {
        var started = System.GetTimestamp();
        while (!task.IsCompleted)
        {
            Assert.True(System.GetElapsedTime(started) < Watchdog, "nothing happened, however late it became");
            Advance(Step);
            var breath = System.GetTimestamp();
            await Task.WhenAny(task, Task.Delay(Breath));

            // On a busy machine the wire is late as well: it gets more time before the clock goes on.
            var late = System.GetElapsedTime(breath) - Breath;
            if (late > Breath) await Task.WhenAny(task, Task.Delay(4 * late));
        }

        return await task;
    }

    private sealed class Timer(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock._now + dueTime;
                clock._timers.Add(this);
                return true;
            }
        }

        public void Fired()
        {
            if (_period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero) clock._timers.Remove(this);
            else Due += _period;
        }

        public void Callback() => callback(state);

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
