using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>Holds a hall's retained texts against those that the copy makes of its events, each as of the same event.</summary>
internal sealed class HallComparison(StoreFile file, Topics topics)
{
    /// <summary>What differs, one sentence each; empty: copy and hall agree.</summary>
    /// <param name="texts">By topic. Each is as of an event that the copy has.</param>
    public IReadOnlyList<string> Differences(IReadOnlyDictionary<string, byte[]> texts)
    {
        var (found, fold, day) = (new List<string>(), new CopyFold(file, topics.Hall), (long?)null);
        foreach (var (topic, text, place) in texts.Select(pair => (pair.Key, pair.Value, RetainedTexts.PlaceOf(pair.Value) ?? default)).OrderBy(entry => entry.Item3))
        {
            // Each within its own business day: what lies between two days need not be folded.
            if (file.Rows.DayStart(topics.Hall, place) is var began && began != day) (fold, day) = (new(file, topics.Hall), began);
            fold.To(place);
            var difference = place.IsEmpty ? "it does not say of which event it is"
                : fold.Snapshot is null || fold.Profile is null ? "the hall has not described itself to the copy by then"
                : Own(fold).TryGetValue(topic, out var own) ? RetainedTexts.Difference(text, own)
                : "the copy has no such text";
            if (difference is null) continue;
            found.Add($"{Short(topic)} as of {place}: {difference}{(fold.Doubt is { } doubt ? $" ({doubt})" : "")}");
        }

        return found;
    }

    /// <summary>Topics whose retained text is older than a change that the copy has at that place, or is not there at all.</summary>
    public IReadOnlyList<string> Behind(IReadOnlyDictionary<string, byte[]> texts, CopyPlace place)
    {
        var fold = new CopyFold(file, topics.Hall);
        fold.To(place);
        return fold.Snapshot is null || fold.Profile is null
            ? []
            : [.. Own(fold).Where(own => !texts.TryGetValue(own.Key, out var text)
                || (RetainedTexts.PlaceOf(text) is { } of && of.CompareTo(place) < 0 && RetainedTexts.Difference(text, own.Value) is not null)).Select(own => Short(own.Key))];
    }

    private string Short(string topic) => topic[(topics.Root.Length + 1)..];

    private Dictionary<string, byte[]> Own(CopyFold fold) =>
        Snapshots.Of(fold.Snapshot!, fold.Profile!, topics).ToDictionary(pair => pair.Topic, pair => PayloadJson.Bytes(pair.Payload));
}
