using System.Text;
using Kiosk.Domain.Site;
using Kiosk.Firmware;
using Kiosk.Firmware.Engine;
using Kiosk.Journal;
using Kiosk.Mqtt;
using Kiosk.Provisioning.Store;

namespace Kiosk.Simulation.Reporting;

/// <summary>The store's file and state against the hall's journal.</summary>
internal sealed class StoreCheck(string data, string profile, string hall, OneStore store)
{
    private const int Page = 1000;

    /// <param name="whole">Up to which event the store must have everything.</param>
    public IEnumerable<string> Mistakes(long whole)
    {
        using var journal = SqliteJournal.Open(data);
        return [.. Events(journal, whole), .. State(journal), .. Loud()];
    }

    private IEnumerable<string> Events(SqliteJournal journal, long whole)
    {
        if (journal.LastSeq != whole) yield return $"the journal has {journal.LastSeq} events, and {whole} a moment ago";
        if (store.File.Rows.Count(hall) != whole) yield return $"the store has {store.File.Rows.Count(hall)} events, not {whole}";
        for (var seq = 0L; seq < journal.LastSeq;)
        {
            foreach (var recorded in journal.Read(seq, Page))
            {
                var ours = EventPayloads.Of(recorded, hall);
                var theirs = store.File.Rows.Body(hall, new(recorded.Epoch, recorded.Seq));
                if (theirs is null) yield return $"the store lacks event {recorded.Seq}";
                else if (!ours.AsSpan().SequenceEqual(theirs)) yield return $"event {recorded.Seq} is {Encoding.UTF8.GetString(theirs)} there and {Encoding.UTF8.GetString(ours)} here";
                seq = recorded.Seq;
            }
        }
    }

    private IEnumerable<string> State(SqliteJournal journal)
    {
        var site = ProfileFile.Read(profile, Console.Error)!;
        var here = Texts(Recovery.Run(journal, site, Appliance.Prints(site)).Feed.Latest, site);
        if (store.Copy!.View is not { Snapshot: { } snapshot, Profile: { } outline })
        {
            yield return "the store has no state";
            yield break;
        }

        var there = Texts(snapshot, outline);
        foreach (var topic in here.Keys.Union(there.Keys).Where(topic => here.GetValueOrDefault(topic) != there.GetValueOrDefault(topic)))
            yield return $"{topic}: {there.GetValueOrDefault(topic)} there and {here.GetValueOrDefault(topic)} here";
        if (store.Copy.View.Doubt is { } doubt) yield return $"the store doubts its state: {doubt}";
    }

    private IEnumerable<string> Loud()
    {
        var figures = store.Figures;
        if (figures.Contradictions > 0) yield return $"{figures.Contradictions} events came again with another content";
        if (figures.Unreadable > 0) yield return $"{figures.Unreadable} texts could not be read";
        if (store.Copy!.View.Missing > 0) yield return $"{store.Copy.View.Missing} events are missing for ever";
        if (store.Copy.View.Unfolded + store.Copy.View.Unknown > 0) yield return "events of this version were not understood";
    }

    private Dictionary<string, string> Texts(Domain.Hall.HallSnapshot snapshot, HallProfile site) =>
        Snapshots.Of(snapshot, site, new(hall)).ToDictionary(text => text.Topic, text => Encoding.UTF8.GetString(PayloadJson.Bytes(Snapshots.At(text.Payload, 0, default))));
}
