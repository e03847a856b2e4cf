using System.Security.Cryptography;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Dialogue.Pay;

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

    /// <summary>Raised where nobody answered the warning of a payment that was begun: it is to be stopped. Handlers must not block.</summary>
    public event Action<string, PaymentId>? Abandoned;

    private HallProfile Profile => feed.Profile;

    /// <summary>Machines at which a payment was begun, and which.</summary>
    public IReadOnlyList<(string Kiosk, PayStep.Paying Payment)> Paying
    {
        get
        {
            lock (_gate) return [.. _dialogues.Where(pair => pair.Value.Pay is PayStep.Paying).Select(pair => (pair.Key, (PayStep.Paying)pair.Value.Pay!))];
        }
    }

    public KioskDialogue Of(string kiosk)
    {
        lock (_gate) return Find(kiosk);
    }

    public KioskDialogue Apply(string kiosk, KioskInput input) => Apply(kiosk, input, out _);

    /// <param name="before">As it was when the input came: whether this input made a new step is seen from it.</param>
    public KioskDialogue Apply(string kiosk, KioskInput input, out KioskDialogue before)
    {
        KioskDialogue now;
        lock (_gate)
        {
            before = Find(kiosk);
            now = _dialogues[kiosk] = before.After(input, time.GetUtcNow(), NewStep());
        }

        Changed?.Invoke();
        return now;
    }

    /// <summary>Lets time pass in every dialogue that is not at rest.</summary>
    public void Tick()
    {
        var changed = false;
        var abandoned = new List<(string Kiosk, PaymentId Payment)>();
        lock (_gate)
        {
            var at = time.GetUtcNow();
            foreach (var (kiosk, dialogue) in _dialogues.Where(pair => !pair.Value.AtRest).ToList())
            {
                var next = dialogue.After(new KioskInput.TimePassed(), at, NewStep());
                changed |= !ReferenceEquals(next, dialogue);
                if (next.Pay is PayStep.Paying { TimedOut: true } left && dialogue.Pay is PayStep.Paying { TimedOut: false }) abandoned.Add((kiosk, left.Id));
                _dialogues[kiosk] = next;
            }
        }

        foreach (var (kiosk, payment) in abandoned) Abandoned?.Invoke(kiosk, payment);
        if (changed) Changed?.Invoke();
    }

    private KioskDialogue Find(string kiosk)
    {
        if (_dialogues.TryGetValue(kiosk, out var known)) return known;

        if (_dialogues.Count >= Limit) _dialogues.Remove(_dialogues.OrderBy(pair => pair.Value.AtRest ? 0 : pair.Value.Pay is { MayLeave: false } ? 2 : 1).ThenBy(pair => pair.Value.TouchedAt).First().Key);
        return _dialogues[kiosk] = new KioskDialogue(Profile.DefaultLanguage, NewStep(), time.GetUtcNow()) { Fresh = true };
    }

    private static string NewStep() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
