using System.Collections.Immutable;

namespace Kiosk.Firmware.Web.Screens.Live;

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
