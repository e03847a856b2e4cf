using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Engine;

/// <summary>Where everybody but the engine learns the hall's state: the latest, never a queue.</summary>
public sealed class HallFeed(HallProfile profile, HallSnapshot first)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();
    private HallSnapshot _latest = first;

    public HallProfile Profile { get; } = profile;

    public HallSnapshot Latest => Volatile.Read(ref _latest);

    /// <summary>Raised on the engine's thread right after a commit: handlers set a flag or a value and return.</summary>
    public event Action<HallSnapshot>? Committed;

    /// <summary>The latest snapshot as soon as its seq is above <paramref name="seen"/>. Slow readers skip states.</summary>
    public async Task<HallSnapshot> AfterAsync(long seen, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_gate) changed = _changed.Task;
            if (Latest.Seq > seen) return Latest;
            await changed.WaitAsync(cancel);
        }
    }

    internal void Publish(HallSnapshot snapshot)
    {
        TaskCompletionSource woken;
        lock (_gate)
        {
            Volatile.Write(ref _latest, snapshot);
            woken = _changed;
            _changed = NewSignal();
        }

        Committed?.Invoke(snapshot);
        woken.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
