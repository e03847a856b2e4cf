using System.Globalization;
using Kiosk.Mqtt;

namespace Kiosk.Provisioning.Store;

/// <summary>Takes a hall's events into the copy's file, each once and in order, and says what was odd. What it says and counts is true when the batch is written.</summary>
internal sealed class Intake
{
    private readonly StoreFile _file;
    private readonly Topics _topics;
    private readonly List<string> _notices = [];

    public Intake(StoreFile file, Topics topics)
    {
        (_file, _topics) = (file, topics);
        Place = file.Rows.Place(topics.Hall);
    }

    public CopyPlace Place { get; private set; }

    public HallWord Word { get; private set; } = new();

    /// <summary>The epoch in which an event is missing, or null.</summary>
    public int? Gap { get; private set; }

    /// <summary>The greatest place heard of, from events and <c>status</c>.</summary>
    public CopyPlace Known { get; private set; }

    public CopyFigures Figures { get; private set; } = new();

    /// <summary>Writes what is new of the messages in one transaction.</summary>
    /// <returns>The new events, and what to tell people.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Nothing was written, and everything is as before: the hall must say it again.</exception>
    public (IReadOnlyList<CopyEvent> Taken, IReadOnlyList<string> Notices) Take(IReadOnlyList<MqttMessage> messages)
    {
        var before = (Place, Gap, Figures);
        var taken = new List<CopyEvent>();
        _notices.Clear();
        try
        {
            _file.Write(() =>
            {
                foreach (var message in messages) Take(message, taken);
            });
        }
        catch
        {
            (Place, Gap, Figures) = before;
            throw;
        }

        return (taken, [.. _notices]);
    }

    private void Take(MqttMessage message, List<CopyEvent> taken)
    {
        if (message.Topic == _topics.Status)
        {
            Hear(message.Payload);
        }
        else if (message.Topic == _topics.Events)
        {
            if (CopyEvent.TryRead(message.Payload, _topics.Hall, out var one, out var trouble)) Take(one, taken);
            else Unreadable(message.Topic, trouble);
        }
    }

    private void Hear(byte[] payload)
    {
        // What the broker keeps of a hall may be cleared by hand.
        if (payload.Length == 0) return;

        var before = Word;
        Word = Word.Heard(payload, out var trouble);
        if (trouble is not null) Unreadable(_topics.Status, trouble);
        if (Word.Latest is not { } said || ReferenceEquals(before, Word)) return;

        if (Word.Place.CompareTo(Known) > 0) Known = Word.Place;
        if (before.Latest is { } last && last.Epoch == said.Epoch && last.From == said.From) return;
        if (Word.FromOf(said.Epoch) is { } from) _file.Rows.Continue(_topics.Hall, said.Epoch, from);
        if (said.Epoch < Place.Epoch)
            Say($"STALE EPOCH: the hall is in epoch {said.Epoch}, the copy has {Place}. Was an old data directory put back in the hall? Its events are not taken.");
    }

    private void Take(CopyEvent one, List<CopyEvent> taken)
    {
        if (one.Place.CompareTo(Known) > 0) Known = one.Place;
        if (one.Place.Epoch < Place.Epoch)
        {
            Figures = Figures with { Stale = Figures.Stale + 1 };
            if (Figures.Stale == 1) Say($"Events of epoch {one.Place.Epoch} come, which was left behind at {Place}: they are dropped.");
            return;
        }

        var reached = one.Place.Epoch == Place.Epoch ? Place.Seq : 0;
        if (one.Place.Seq <= reached) Again(one);
        else if (one.Place.Seq == reached + 1 || one.Place.Seq <= Word.FirstOf(one.Place.Epoch)) Next(one, reached, taken);
        else Beyond(one.Place, reached);
    }

    private void Next(CopyEvent one, long reached, List<CopyEvent> taken)
    {
        var (epoch, seq) = one.Place;
        if (epoch != Place.Epoch && !Place.IsEmpty) NewEpoch(epoch);
        if (seq > reached + 1)
        {
            var range = new MissingRange(epoch, reached + 1, seq - 1);
            _file.Rows.Miss(_topics.Hall, range);
            Say($"MISSING: events {range.First} to {range.Last} of epoch {epoch} are no longer in the hall's journal (it begins at {Word.FirstOf(epoch)}); the copy goes on with {seq}.");
        }

        _file.Rows.Add(_topics.Hall, one);
        (Place, Gap) = (one.Place, null);
        Figures = Figures with { Taken = Figures.Taken + 1 };
        taken.Add(one);
    }

    private void NewEpoch(int epoch)
    {
        if (Word.FromOf(epoch) is { } said) _file.Rows.Continue(_topics.Hall, epoch, said);
        Say(Sentence(epoch));
    }

    // A journal that lost its end says everything it has again in a new epoch, and names the last event that somebody had of the one before.
    private string Sentence(int epoch) => Word.FromOf(epoch) switch
    {
        { } from when from.Epoch == Place.Epoch && from.Seq <= Place.Seq =>
            $"NEW EPOCH {epoch}: the hall's journal was put back to an older state; it says again what it has. Nothing is missing here: what the hall has lost stays in the copy, up to {Place}.",
        { } from => $"NEW EPOCH {epoch}: the hall's journal was put back to an older state. HISTORY MAY BE MISSING: others had it up to {from}, the copy ends at {Place}.",
        null => $"NEW EPOCH {epoch}: the hall has begun another journal. HISTORY MAY BE MISSING: the copy of the one before ends at {Place}, and nobody can say whether that was its end.",
    };

    private void Again(CopyEvent one)
    {
        var kept = _file.Rows.Body(_topics.Hall, one.Place);
        if (kept is null)
        {
            // Notes and entries of the ledger outlive the pruned days around them.
            _file.Rows.Add(_topics.Hall, one);
            _file.Rows.Found(_topics.Hall, one.Place);
            Figures = Figures with { Taken = Figures.Taken + 1 };
            return;
        }

        Figures = Figures with { Repeats = Figures.Repeats + 1 };
        if (kept.AsSpan().SequenceEqual(one.Body)) return;

        Figures = Figures with { Contradictions = Figures.Contradictions + 1 };
        _file.Rows.Contradict(_topics.Hall, one);
        if (Worth(Figures.Contradictions))
            Say($"CONTRADICTION: the hall says {one.Place} again with another content. The first one stays; the other is kept in the table contradiction. Was an old data directory put back in the hall?");
    }

    private void Beyond(CopyPlace place, long reached)
    {
        Figures = Figures with { Beyond = Figures.Beyond + 1 };
        if (Gap == place.Epoch) return;

        Gap = place.Epoch;
        Figures = Figures with { Gaps = Figures.Gaps + 1 };
        Say(string.Create(CultureInfo.InvariantCulture, $"GAP: event {place.Seq} of epoch {place.Epoch} came, {reached + 1} was expected. The hall is asked for it again."));
    }

    private void Unreadable(string topic, string trouble)
    {
        Figures = Figures with { Unreadable = Figures.Unreadable + 1 };
        if (Worth(Figures.Unreadable)) Say($"UNREADABLE: a text on {topic} is none of this contract ({trouble}). It was dropped.");
    }

    /// <summary>A flood is told of now and then.</summary>
    private static bool Worth(long count) => count <= 10 || count % 1000 == 0;

    private void Say(string notice) => _notices.Add(notice);
}
