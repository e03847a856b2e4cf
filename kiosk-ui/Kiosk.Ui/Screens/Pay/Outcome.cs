using Kiosk.Domain.Payments;

namespace Kiosk.Ui.Screens.Pay;

/// <summary>How a payment ended, in the customer's words.</summary>
/// <param name="Title">Key.</param>
/// <param name="Sum">What it was about, where that is certain.</param>
/// <param name="More">Keys of what else is to be said, each with an amount to fill in or null.</param>
public sealed record Outcome(string Class, string Icon, string Title, Money? Sum, IReadOnlyList<(string Key, Money? Amount)> More)
{
    public static Outcome Of(PayView.Over over) => over.Payment switch
    {
        { End: PaymentEnd.Paid } paid => Paid(over, paid),
        { End: PaymentEnd.NotPaid } not => new("not", "close", "pay.not-paid", null, [(WhyNot(not), null), ("pay.not-charged", null)]),
        { End: PaymentEnd.Stopped } => over.Claim is { } slip
            ? new("warn", "alert", "pay.stopped", slip.Amount, [("pay.stopped-claim", slip.Amount), ("pay.claim-how", null)])
            : new("not", "close", "pay.stopped", null, [("pay.stopped-nothing", null)]),
        _ when over.Unknown => new("bad", "question", "pay.unknown", null, [("pay.unknown-wait", null), ("pay.unknown-do", null), ("pay.unknown-keep", null)]),
        _ => new("bad", "alert", "pay.refused", over.Claim?.Amount, [("pay.refused-money", null), ("pay.claim-how", null)]),
    };

    public IEnumerable<string> Sentences(Phrases t) => More.Select(part => part.Amount is { } amount ? t.Say(part.Key, t.Money(amount)) : t[part.Key]);

    private static Outcome Paid(PayView.Over over, Payment paid)
    {
        var more = new List<(string, Money?)> { (paid.Posting == PostingPhase.Confirmed ? "pay.posted" : "pay.post-later", null) };
        if (over.Claim is { } slip) more.Add(slip.Amount.IsZero ? ("pay.doubt-claim", null) : ("pay.over-claimed", slip.Amount));
        else if (paid is { Means: PayMeans.Cash, ToPost: { } posted } && posted > paid.Amount) more.Add(("pay.over-credited", posted - paid.Amount));
        return new("good", "finish", "pay.paid", paid.ToPost ?? paid.Accepted, more);
    }

    // Of a reversed payment the biller was the reason: the card itself was good.
    private static string WhyNot(Payment payment) => payment switch
    {
        { CardPhase: CardPhase.Reversed, Posting: PostingPhase.Refused } => "pay.why.biller",
        { CardPhase: CardPhase.Reversed } => "pay.why.biller-away",
        { NotPaidWhy: "Declined" or "Refused" } => "pay.why.declined",
        { NotPaidWhy: "Aborted" } => "pay.why.aborted",
        { NotPaidWhy: "TimedOut" } => "pay.why.timed-out",
        { NotPaidWhy: "NotReady" } => "pay.why.not-ready",
        _ => "pay.why.other",
    };
}
