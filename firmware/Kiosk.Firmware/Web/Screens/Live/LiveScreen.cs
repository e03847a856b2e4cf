using System.Collections.Immutable;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>The latest frame of one screen, and a way to wait for a later one. No queue: who is slow skips.</summary>
internal sealed class LiveScreen(ScreenAddress address)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();
    private VersionedFrame _latest = VersionedFrame.None;

    public ScreenAddress Address { get; } = address;

    /// <summary>Streams that show it; guarded by the lock of <see cref="LiveScreens"/>.</summary>
    public int Watchers { get; set; }

    public VersionedFrame Latest
    {
        get
        {
            lock (_gate) return _latest;
        }
    }

    /// <summary>Completes as soon as the latest version is above <paramref name="seen"/>.</summary>
    public Task AfterAsync(long seen)
    {
        lock (_gate) return _latest.Version > seen ? Task.CompletedTask : _changed.Task;
    }

    /// <param name="frame">Null: the screen is no more (its ticket ended with the day).</param>
    public void Show(Frame? frame)
    {
        TaskCompletionSource woken;
        lock (_gate)
        {
            var next = _latest.Then(frame);
            if (ReferenceEquals(next, _latest)) return;
            (_latest, woken, _changed) = (next, _changed, New());
        }

        woken.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <param name="Version">Counts changed frames from 1.</param>
/// <param name="ChangedIn">The version in which each part changed last.</param>
internal sealed record VersionedFrame(long Version, Frame? Frame, ImmutableDictionary<string, long> ChangedIn)
{
    public static VersionedFrame None { get; } = new(0, null, ImmutableDictionary<string, long>.Empty);

    /// <summary>The same object where nothing changed.</summary>
    public VersionedFrame Then(Frame? next)
    {
        if (next is null) return Frame is null && Version > 0 ? this : new(Version + 1, null, ChangedIn);

        var changed = next.Parts.Where(part => Frame?.Parts.GetValueOrDefault(part.Key) != part.Value).Select(part => part.Key).ToList();
        if (changed.Count == 0 && Frame is { } old && old.Language == next.Language && old.Classes == next.Classes && old.Title == next.Title) return this;
        return new(Version + 1, next, ChangedIn.SetItems(changed.Select(id => KeyValuePair.Create(id, Version + 1))));
    }

    /// <summary>The parts that changed after a version: what a browser that has that version lacks.</summary>
    public IReadOnlyDictionary<string, string> Since(long seen) =>
        Frame is null ? new Dictionary<string, string>() : Frame.Parts.Where(part => ChangedIn[part.Key] > seen).ToDictionary();
}
