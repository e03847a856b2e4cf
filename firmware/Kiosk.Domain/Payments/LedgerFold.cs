using System.Collections.Immutable;
using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Payments;

/// <summary>How entries change the ledger. Total over every entry, also of payments and devices that the profile no longer has.</summary>
public static class LedgerFold
{
    public static LedgerState Evolve(LedgerState ledger, LedgerEntry entry, DateTimeOffset at) => entry switch
    {
        PaymentBegun begun => Begin(ledger, begun, at),
        CardSending or CardAuthorised or CardCommitting or CardReversing or CardPaid or CardNotPaid or CardReversed or CardUnknown or CardLines => CardFold.Evolve(ledger, entry),
        CashEscrowed or CashStacking or CashReturning or CashCredited or CashMarked or CashReturned or CashInDoubt or CashBoxRemoved or CashBoxInserted or CashCounted => CashFold.Evolve(ledger, entry),
        PostingQueued queued => Queue(ledger, queued),
        PostingSending sending => ledger.Change(sending.Payment, payment => payment with { Posting = PostingPhase.Sending, PostingSent = true }),
        PostingConfirmed confirmed => Confirm(ledger, confirmed),
        PostingRefused refused => ledger.Change(refused.Payment, payment => payment with { Posting = PostingPhase.Refused }),
        PostingWithdrawing withdrawing => ledger.Change(withdrawing.Payment, payment => payment with { Posting = PostingPhase.Withdrawing }),
        PostingWithdrawn withdrawn => Withdraw(ledger, withdrawn),
        PaymentEnded ended => End(ledger, ended, at),
        CaseOpened opened => CaseFold.Open(ledger, opened, at),
        CaseProposed proposed => ledger with
        {
            Cases = ledger.Cases.SetItem(proposed.Case, ledger.Cases[proposed.Case] with { Proposal = new(proposed.Outcome, proposed.Reason, proposed.By, at, proposed.Found) }),
        },
        CaseSettled settled => CaseFold.Settle(ledger, settled),
        ReceiptIssued issued => ReceiptFold.Issue(ledger, issued, at),
        ReceiptVoided voided => ReceiptFold.Void(ledger, voided),
        ReceiptPrinting printing => ReceiptFold.Print(ledger, printing),
        CardTotalsTaken totals => CardFold.Total(ledger, totals),
        BillerStated stated => ledger.Sum(sums => sums with { Stated = sums.Stated.SetItem(stated.Biller, new(stated.Count, stated.Total)) }),
        CashDeposited deposited => ledger.Sum(sums => sums with { Deposited = sums.Deposited + deposited.Amount, DepositSlips = sums.DepositSlips.Add(deposited.Slip) }),
        PeriodClosed closed => PeriodFold.Close(ledger, closed),
        LedgerCorrected => ledger,
        _ => throw new UnreachableException(),
    };

    /// <summary>Changes a payment; one that is concluded by it, and not at the terminal, is let go.</summary>
    internal static LedgerState Change(this LedgerState ledger, PaymentId id, Func<Payment, Payment> change)
    {
        if (!ledger.Payments.TryGetValue(id, out var before)) return ledger;
        var payment = change(before);
        var known = payment.End is null ? -1 : ledger.Recent.FindIndex(recent => recent.Id == id);
        return ledger.WithReceiptsOf(payment) with
        {
            Recent = payment.End is null ? ledger.Recent : known >= 0 ? ledger.Recent.SetItem(known, payment) : Remembered(ledger.Recent, payment),
            Payments = payment.Concluded && ledger.Current != id ? ledger.Payments.Remove(id) : ledger.Payments.SetItem(id, payment),
        };
    }

    private static ImmutableList<Payment> Remembered(ImmutableList<Payment> recent, Payment payment)
    {
        var longer = recent.Insert(0, payment);
        return longer.Count > LedgerState.RecentKept ? longer.RemoveAt(LedgerState.RecentKept) : longer;
    }

    internal static LedgerState Sum(this LedgerState ledger, Func<LedgerTotals, LedgerTotals> change) => ledger with { Totals = change(ledger.Totals) };

    // What is printed later, or again, tells the latest.
    private static LedgerState WithReceiptsOf(this LedgerState ledger, Payment payment)
    {
        var receipts = ledger.Receipts;
        foreach (var number in new[] { payment.Receipt, payment.Claim })
        {
            if (number is { } known && receipts.TryGetValue(known, out var receipt)) receipts = receipts.SetItem(known, receipt with { Of = payment });
        }

        return ledger with { Receipts = receipts };
    }

    private static LedgerState Begin(LedgerState ledger, PaymentBegun begun, DateTimeOffset at)
    {
        var zero = ledger.Zero;
        var payment = new Payment(begun.Payment, begun.Biller, begun.Bill, begun.Account, begun.Name, begun.Due, begun.Amount, begun.Means, begun.Language, at, ledger.Period)
        {
            Accepted = zero,
            Credited = zero,
            Returned = zero,
            InCases = zero,
        };
        return ledger with { Current = begun.Payment, Payments = ledger.Payments.SetItem(begun.Payment, payment) };
    }

    private static LedgerState Queue(LedgerState ledger, PostingQueued queued) =>
        (ledger with { LastPosting = ledger.LastPosting + 1 }).Change(queued.Payment, payment => payment with
        {
            Posting = PostingPhase.Queued,
            ToPost = queued.Amount,
            PostingOrder = ledger.LastPosting + 1,
        });

    private static LedgerState Confirm(LedgerState ledger, PostingConfirmed confirmed)
    {
        var biller = ledger.Payments.TryGetValue(confirmed.Payment, out var payment) ? payment.Biller : "";
        return ledger
            .Sum(sums => sums with { Credited = sums.Credited + confirmed.Amount, Confirmed = Added(sums.Confirmed, biller, confirmed.Amount, confirmed.Amount.IsZero ? 0 : 1) })
            .Change(confirmed.Payment, known => known with { Posting = PostingPhase.Confirmed, BillerNumber = confirmed.Number, Credited = known.Credited + confirmed.Amount });
    }

    // A posting that the biller had confirmed before is not credited any more.
    private static LedgerState Withdraw(LedgerState ledger, PostingWithdrawn withdrawn)
    {
        if (!ledger.Payments.TryGetValue(withdrawn.Payment, out var payment)) return ledger;
        var back = payment.Credited;
        return (back.IsZero ? ledger : ledger.Sum(sums => sums with { Credited = sums.Credited - back, Confirmed = Added(sums.Confirmed, payment.Biller, ledger.Zero - back, -1) }))
            .Change(withdrawn.Payment, known => known with { Posting = PostingPhase.Withdrawn, Credited = ledger.Zero });
    }

    private static LedgerState End(LedgerState ledger, PaymentEnded ended, DateTimeOffset at)
    {
        // What was paid above the amount stands on its claim slip already.
        var taken = ledger.Payments.TryGetValue(ended.Payment, out var payment) ? payment.Accepted - (payment.Overpaid ?? ledger.Zero) : ledger.Zero;
        return (ledger with { Current = ledger.Current == ended.Payment ? null : ledger.Current })
            .Sum(sums => sums with { ToReceipt = sums.ToReceipt + taken })
            .Change(ended.Payment, known => known with { End = ended.End, EndedAt = at });
    }

    internal static ImmutableSortedDictionary<string, CountedSum> Added(ImmutableSortedDictionary<string, CountedSum> sums, string key, Money amount, int count)
    {
        var before = sums.GetValueOrDefault(key, new(0, Money.Zero(amount.Currency)));
        return sums.SetItem(key, new(before.Count + count, before.Total + amount));
    }
}
