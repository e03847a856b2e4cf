using Kiosk.Hardware.Terminals;

namespace Kiosk.Hardware.Tests.Terminals;

/// <summary>The other side of a card payment: writes down each step in its order.</summary>
internal sealed class CardLedger : ICardSteps
{
    private readonly List<string> _journal = [];
    private readonly Lock _gate = new();

    public IReadOnlyList<string> Journal
    {
        get
        {
            lock (_gate) return [.. _journal];
        }
    }

    public CardSlip? Slip { get; private set; }

    public CardVerdict? Verdict { get; private set; }

    /// <summary>Decides; by default at once that the payment stands.</summary>
    public Func<CancellationToken, Task<CardVerdict>> Decide { get; set; } = _ => Task.FromResult(CardVerdict.Commit);

    /// <summary>Awaited within each step: the bytes on the wire must not be further than that.</summary>
    public Func<string, Task> Durable { get; set; } = _ => Task.CompletedTask;

    public Task SendingAsync() => NoteAsync("sending");

    public void Showing(int status)
    {
        lock (_gate) _journal.Add($"showing {status:X2}");
    }

    public Task AuthorisedAsync(CardSlip slip)
    {
        Slip = slip;
        return NoteAsync("authorised");
    }

    public async Task<CardVerdict> DecideAsync(CardSlip slip, CancellationToken hurry)
    {
        await NoteAsync("deciding");
        Verdict = await Decide(hurry);
        await NoteAsync(Verdict == CardVerdict.Commit ? "committing" : "voiding");
        return Verdict.Value;
    }

    public Task ReversingAsync() => NoteAsync("reversing");

    public Task ReceiptLinesAsync(CardReceiptKind kind, IReadOnlyList<string> lines) => NoteAsync($"{kind}: {string.Join("|", lines)}");

    private Task NoteAsync(string step)
    {
        lock (_gate) _journal.Add(step);
        return Durable(step);
    }
}
