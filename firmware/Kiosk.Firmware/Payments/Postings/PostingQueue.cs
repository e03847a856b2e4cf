using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments.Billers;

namespace Kiosk.Firmware.Payments.Postings;

/// <summary>The ledger's postings. Those of a card payment wait until it is known whether the card is charged.</summary>
internal sealed class PostingQueue : IPostingQueue, IDisposable
{
    private const string Source = "biller";

    private readonly LedgerDoor _ledger;
    private readonly Signal _changed = new();

    public PostingQueue(LedgerDoor ledger)
    {
        _ledger = ledger;
        ledger.Feed.Committed += Tell;
    }

    public Task Changed => _changed.Raised;

    public WaitingPosting? Next(string biller)
    {
        var ledger = _ledger.State;
        var next = ledger.Payments.Values.Where(payment => payment.Biller == biller && Waits(payment)).MinBy(payment => payment.PostingOrder);
        return next is null ? null : new(Of(ledger, next), next.PostingSent, next.Posting == PostingPhase.Withdrawing);
    }

    public PostAnswer? Answered(string key) => _ledger.State.Find(new(key)) switch
    {
        { Posting: PostingPhase.Confirmed, BillerNumber: { } number } => new PostAnswer.Confirmed(number),
        { Posting: PostingPhase.Refused } => new PostAnswer.Refused("refused"),
        { Posting: PostingPhase.Withdrawn } => new PostAnswer.Refused("cancelled"),
        _ => null,
    };

    public async Task<bool> SendingAsync(string key) => (await InsistAsync(new HallCommand.SendPosting(new(key)))).Rejection is null;

    public Task ConfirmedAsync(string key, string number) => InsistAsync(new HallCommand.ConfirmPosting(new(key), number));

    // Withdrawn while the question was on its way: refused is forgotten.
    public Task RefusedAsync(string key, string reason) => _ledger.State.Find(new(key))?.Posting == PostingPhase.Withdrawing
        ? WithdrawnAsync(key)
        : InsistAsync(new HallCommand.RefusePosting(new(key), reason));

    public Task KeptAsync(string key, string number) => InsistAsync(new HallCommand.EndWithdrawal(new(key), false, number));

    public Task WithdrawnAsync(string key) => InsistAsync(new HallCommand.EndWithdrawal(new(key), true));

    public void Dispose() => _ledger.Feed.Committed -= Tell;

    private static bool Waits(Payment payment) => payment.Posting switch
    {
        PostingPhase.Withdrawing => true,
        PostingPhase.Queued or PostingPhase.Sending => payment.Means == PayMeans.Cash || payment.CardPhase is CardPhase.Authorised or CardPhase.Committing or CardPhase.Paid,
        _ => false,
    };

    private static Posting Of(LedgerState ledger, Payment payment) => new(
        payment.Id.Value, payment.Bill, payment.ToPost!.Value, ledger.Site.Terminal, payment.Period, payment.Means == PayMeans.Card ? "card" : "cash", payment.BegunAt);

    // The answer is never lost with the host's stop: it is asked for again at the next start.
    private Task<Answer> InsistAsync(HallCommand.LedgerCommand command) => _ledger.InsistAsync(command, Source, CancellationToken.None);

    private void Tell(HallSnapshot snapshot) => _changed.Raise();
}
