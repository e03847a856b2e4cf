using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Site;
using Kiosk.Journal;

namespace Kiosk.Provisioning.Store;

/// <summary>
/// The hall as its events tell it: the domain's own fold of the latest business day, over the outline that the hall gave of itself. Only what the
/// copy has in its file goes in.
/// </summary>
internal sealed class CopyFold(StoreFile file, string hall)
{
    private const int Page = 1000;

    /// <summary>How far it is folded, behind which event it began, and which outline is in use.</summary>
    private CopyPlace _place, _begin, _described;

    private DateTimeOffset _at;
    private HallState? _state;
    private string? _misfit;

    /// <summary>Null until the hall has described itself.</summary>
    public HallProfile? Profile { get; private set; }

    /// <summary>Null until the hall has described itself.</summary>
    public HallSnapshot? Snapshot => _state is null ? null : new(_place.Epoch, _place.Seq, _at, _state);

    /// <summary>Why the state may be wrong, until the next business day begins; or null.</summary>
    public string? Doubt { get; private set; }

    /// <summary>Events of known types that could not be read or did not fit: kept, and not in the state.</summary>
    public long Unfolded { get; private set; }

    /// <summary>Events of types that this version does not know: kept, and not in the state.</summary>
    public long Unknown { get; private set; }

    /// <summary>Folds what the file has up to there. Going back, or to another journal, means folding the day anew.</summary>
    public void To(CopyPlace place)
    {
        if (place.IsEmpty || place == _place) return;
        if (_place.IsEmpty || place.CompareTo(_place) < 0 || place.Epoch != _place.Epoch) Begin(place);
        Fold(place);
        Doubt = _misfit ?? Hole();
    }

    /// <summary>An event counts as read when it can be put in words or folded.</summary>
    /// <exception cref="JournalRefusedException">It cannot.</exception>
    public static HallEvent Fact(CopyEvent one)
    {
        // A ticket's reference is not unique, its number is for a business day: that is its id here.
        var data = JsonNode.Parse(one.Body)!["data"]!.AsObject();
        if (data["ticket"] is not null && data["number"] is { } number) data["ticket"] = number.GetValue<string>();
        return EventCodec.Decode(one.Type, JsonSerializer.SerializeToUtf8Bytes(data));
    }

    private void Begin(CopyPlace place)
    {
        (_state, _misfit, Profile, _described) = (null, null, null, default);
        FromDayStart(place);
        if (file.Rows.Outline(hall, place) is not { } outline) return;
        try
        {
            if (Fact(outline) is HallEvent.HallDescribed described) Describe(described, outline.Place);
        }
        catch (Exception failure)
        {
            Misfit(outline, failure);
        }
    }

    private void FromDayStart(CopyPlace of) => _place = _begin = new(of.Epoch, (file.Rows.DayStart(hall, of) ?? 1) - 1);

    private void Describe(HallEvent.HallDescribed described, CopyPlace at)
    {
        Profile = described.Hall.ToProfile(hall);
        (_state, _described) = (HallState.For(Profile, printing: false), at);
    }

    private void Fold(CopyPlace last)
    {
        while (true)
        {
            var page = file.Rows.Read(hall, _place, last, Page);
            foreach (var one in page)
            {
                Take(one);
                (_place, _at) = (one.Place, one.At);
            }

            if (page.Count < Page) return;
        }
    }

    private void Take(CopyEvent one)
    {
        if (!EventCodec.Types.Contains(one.Type))
        {
            Unknown++;
            return;
        }

        // The ledger is no part of the retained texts, and its events are masked beyond folding.
        if (EventCodec.LedgerTypes.Contains(one.Type)) return;
        try
        {
            var fact = Fact(one);
            if (fact is HallEvent.HallDescribed described && one.Place.CompareTo(_described) > 0) Anew(described, one.Place);
            if (fact is HallEvent.DayOpened) (_begin, _misfit) = (one.Place, null);
            if (_state is not null) _state = HallDecider.Evolve(_state, fact, one.At);
        }
        catch (Exception failure)
        {
            // Whatever it was: the event is kept as it came, and the copy goes on.
            Misfit(one, failure);
        }
    }

    /// <summary>Another profile: the host has folded its day anew with it, and so does the copy.</summary>
    private void Anew(HallEvent.HallDescribed described, CopyPlace at)
    {
        var (unfolded, unknown) = (Unfolded, Unknown);
        FromDayStart(at);
        _misfit = null;
        Describe(described, at);
        Fold(at with { Seq = at.Seq - 1 });
        (Unfolded, Unknown) = (unfolded, unknown);
    }

    private void Misfit(CopyEvent one, Exception failure)
    {
        Unfolded++;
        _misfit ??= $"{one.Type} at {one.Place} cannot be read or does not fit what came before it ({failure.Message})";
    }

    private string? Hole() => file.Rows.Missing(hall).Where(range => range.Epoch == _place.Epoch && range.Last > _begin.Seq && range.First <= _place.Seq)
        .Select(range => $"events {range.First} to {range.Last} of epoch {range.Epoch} are missing").FirstOrDefault();
}
