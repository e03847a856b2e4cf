namespace Kiosk.Simulation.Faults;

/// <summary>
/// Time that runs faster than the wall's, for the whole process. It goes on in small steps, and only as fast as the process keeps up: on a
/// crowded machine an hour takes longer, and no deadline passes only because nobody had a processor.
/// </summary>
internal sealed class QuickTime : TimeProvider, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Alarm, (long At, long Order)> _alarms = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DateTimeOffset _first;
    private readonly long _step;
    private readonly Thread _running;
    private long _now, _order;

    /// <param name="pace">Simulated seconds in a second of the wall, at most.</param>
    public QuickTime(DateTimeOffset first, int pace)
    {
        (_first, _step) = (first, pace * Tick.Ticks);
        _running = new Thread(Run) { IsBackground = true, Name = "quick time" };
        _running.Start();
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => _first + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _running.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        using var turn = new ManualResetEventSlim();
        while (!_stop.IsCancellationRequested)
        {
            var next = GetTimestamp() + _step;
            while (Due(next) is { } alarm) ThreadPool.UnsafeQueueUserWorkItem(static due => due.Ring(), alarm, preferLocal: false);
            Interlocked.Exchange(ref _now, next);

            // What has been woken gets its turn before time goes on, and the wire a moment.
            turn.Reset();
            ThreadPool.UnsafeQueueUserWorkItem(static waiting => waiting.Set(), turn, preferLocal: false);
            turn.Wait();
            Thread.Sleep(Tick);
        }
    }

    private Alarm? Due(long until)
    {
        lock (_gate)
        {
            while (_alarms.TryPeek(out var alarm, out var due) && due.At <= until)
            {
                _alarms.Dequeue();

                // One that was changed or given up since stands in the queue for nothing.
                if (alarm.Order != due.Order) continue;
                Interlocked.Exchange(ref _now, Math.Max(_now, due.At));
                alarm.Again(due.At);
                return alarm;
            }

            return null;
        }
    }

    private sealed class Alarm(QuickTime clock, Action ring) : ITimer
    {
        private TimeSpan _period;

        public long Order { get; private set; }

        public Action Ring => ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                Set(dueTime < TimeSpan.Zero ? null : clock._now + dueTime.Ticks);
            }

            return true;
        }

        public void Again(long from) => Set(_period > TimeSpan.Zero ? from + _period.Ticks : null);

        public void Dispose()
        {
            lock (clock._gate) Set(null);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(long? at)
        {
            Order = ++clock._order;
            if (at is { } due) clock._alarms.Enqueue(this, (due, Order));
        }
    }
}
