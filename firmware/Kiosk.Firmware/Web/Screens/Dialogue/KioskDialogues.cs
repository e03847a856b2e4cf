using System.Security.Cryptography;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;

namespace Kiosk.Firmware.Web.Screens.Dialogue;

/// <summary>The dialogues of all ticket machines, one per browser. In memory: what must survive a power cut is in the journal.</summary>
internal sealed class KioskDialogues(HallFeed feed, TimeProvider time)
{
    /// <summary>More browsers than any hall has machines; above it the one that was touched longest ago is forgotten.</summary>
    public const int Limit = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KioskDialogue> _dialogues = new(StringComparer.Ordinal);

    /// <summary>Raised on any thread after a dialogue changed. Handlers must not block.</summary>
    public event Action? Changed;

    private HallProfile Profile => feed.Profile;

    public KioskDialogue Of(string kiosk)
    {
        lock (_gate) return Find(kiosk);
    }

    public KioskDialogue Apply(string kiosk, KioskInput input)
    {
        KioskDialogue now;
        lock (_gate) now = _dialogues[kiosk] = Find(kiosk).After(input, time.GetUtcNow(), NewStep());
        Changed?.Invoke();
        return now;
    }

    /// <summary>Lets time pass in every dialogue that is not at rest.</summary>
    public void Tick()
    {
        var changed = false;
        lock (_gate)
        {
            var at = time.GetUtcNow();
            foreach (var (kiosk, dialogue) in _dialogues.Where(pair => !pair.Value.AtRest).ToList())
            {
                var next = dialogue.After(new KioskInput.TimePassed(), at, NewStep());
                changed |= !ReferenceEquals(next, dialogue);
                _dialogues[kiosk] = next;
            }
        }

        if (changed) Changed?.Invoke();
    }

    private KioskDialogue Find(string kiosk)
    {
        if (_dialogues.TryGetValue(kiosk, out var known)) return known;

        if (_dialogues.Count >= Limit) _dialogues.Remove(_dialogues.OrderBy(pair => pair.Value.AtRest ? 0 : 1).ThenBy(pair => pair.Value.TouchedAt).First().Key);
        return _dialogues[kiosk] = new KioskDialogue(Profile.DefaultLanguage, NewStep(), time.GetUtcNow()) { Fresh = true };
    }

    private static string NewStep() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
