using System.Diagnostics;
using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Provisioning.Log;

/// <summary>The ledger's entries in words: one line for each type. A log of a bad day must be readable.</summary>
internal static class LedgerWords
{
    public static string For(LedgerEntry fact) => fact switch
    {
        PaymentBegun e => $"payment {e.Payment} begun: {e.Amount} by {Words(e.Means)} to {e.Biller} for {e.Account}",
        CardSending e => $"payment {e.Payment}: authorisation of {e.Amount} goes to the card terminal",
        CardAuthorised e => $"payment {e.Payment}: authorised, {Card(e.Card)}; held",
        CardCommitting e => $"payment {e.Payment}: committing the card payment",
        CardReversing e => $"payment {e.Payment}: reversing the card payment ({e.Why})",
        CardPaid e => $"payment {e.Payment}: {e.Amount} paid by card, {Card(e.Card)}",
        CardNotPaid e => $"payment {e.Payment}: not paid by card, {e.Reason} {e.Code}".TrimEnd(),
        CardReversed e => $"payment {e.Payment}: card payment reversed",
        CardUnknown e => $"payment {e.Payment}: outcome of the card payment UNKNOWN ({e.Why})",
        CardLines e => string.Create(CultureInfo.InvariantCulture, $"payment {e.Payment}: {e.Lines?.Count ?? 0} lines of the terminal's {e.Kind} receipt"),
        CashEscrowed e => $"{e.Device}: {e.Value} waits{Of(e.Payment)}",
        CashStacking e => $"{e.Device}: {e.Value} is taken in{Of(e.Payment)}",
        CashReturning e => $"{e.Device}: {e.Value} is given back ({e.Why}){Of(e.Payment)}",
        CashCredited e => string.Create(CultureInfo.InvariantCulture, $"{e.Device}: {e.Value} is in box {e.Batch}{Of(e.Payment)}"),
        CashMarked e => $"{e.Device}: its own counting stands at {e.Mark}",
        CashReturned e => $"{e.Device}: {e.Value} was given back{Of(e.Payment)}",
        CashInDoubt e => $"{e.Device}: {e.Value?.ToString() ?? "a note"} IN DOUBT ({e.Why}){Of(e.Payment)}",
        CashBoxRemoved e => string.Create(CultureInfo.InvariantCulture, $"{e.Device}: box {e.Batch} taken out"),
        CashBoxInserted e => string.Create(CultureInfo.InvariantCulture, $"{e.Device}: box {e.Batch} put in"),
        PostingQueued e => $"payment {e.Payment}: {e.Amount} to be posted to the biller",
        PostingSending e => $"payment {e.Payment}: goes to the biller",
        PostingConfirmed e => $"payment {e.Payment}: {e.Amount} credited by the biller, its number {e.Number}",
        PostingRefused e => $"payment {e.Payment}: the biller refused {e.Amount} ({e.Reason})",
        PostingWithdrawing e => $"payment {e.Payment}: the posting is withdrawn",
        PostingWithdrawn e => $"payment {e.Payment}: the biller has forgotten the posting",
        PaymentEnded e => $"payment {e.Payment} ended: {e.End} {e.Why}".TrimEnd(),
        CaseOpened e => string.Create(CultureInfo.InvariantCulture, $"CASE {e.Case} opened ({e.Kind}): {e.Amount}, {e.InDoubt} in doubt; {e.Detail}"),
        CaseProposed e => string.Create(CultureInfo.InvariantCulture, $"case {e.Case}: {e.By} proposes {e.Outcome}: {e.Reason}"),
        CaseSettled e => string.Create(CultureInfo.InvariantCulture, $"case {e.Case} settled by {e.By}: {e.Outcome}: {e.Reason}"),
        ReceiptIssued e => string.Create(CultureInfo.InvariantCulture, $"receipt {e.Receipt} ({e.Kind}) over {e.Amount}{Of(e.Payment)}"),
        ReceiptVoided e => string.Create(CultureInfo.InvariantCulture, $"receipt {e.Receipt} void: {e.Reason}"),
        ReceiptPrinting e => string.Create(CultureInfo.InvariantCulture, $"receipt {e.Receipt}{(e.Copy > 0 ? " COPY" : "")}: {e.Phase} {e.Fault}").TrimEnd(),
        CashCounted e => string.Create(CultureInfo.InvariantCulture, $"{e.Device}: box {e.Batch} ({e.Box}) counted by {e.By}: {e.Total}, expected {e.Expected}"),
        CardTotalsTaken e => string.Create(CultureInfo.InvariantCulture, $"card terminal's end of day: {e.Count} payments, {e.Total}"),
        BillerStated e => string.Create(CultureInfo.InvariantCulture, $"{e.Biller} states {e.Count} postings, {e.Total}"),
        CashDeposited e => $"{e.Amount} deposited by {e.By}, bank slip {e.Slip}",
        PeriodClosed e => string.Create(CultureInfo.InvariantCulture, $"settlement period {e.Period} closed by {e.By}, unexplained difference {e.Difference}"),
        LedgerCorrected e => string.Create(CultureInfo.InvariantCulture, $"correction of period {e.Period}, {e.Account}: {e.Amount} by {e.By}: {e.Reason}"),
        _ => throw new UnreachableException($"no words for {fact.GetType().Name}"),
    };

    private static string Of(PaymentId? payment) => payment is { } id ? $", payment {id}" : "";

    private static string Words(PayMeans means) => means == PayMeans.Card ? "card" : "cash";

    private static string Card(CardFacts? card) => string.Create(CultureInfo.InvariantCulture, $"{card?.CardName} {card?.Card} receipt {card?.Receipt}").Trim();
}
