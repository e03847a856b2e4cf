using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Payments.Postings;
using Kiosk.Hardware.Terminals;

namespace Kiosk.Firmware.Payments.Card;

/// <summary>The ledger's side of one card payment: every fact is durable before the terminal hears the next byte.</summary>
internal sealed class CardConversation(PaymentId id, LedgerDoor ledger, PostingWorker postings, CardDesk desk, string? terminal, CancellationToken cancel) : ICardSteps
{
    private const string Source = "card-terminal";

    /// <exception cref="PaymentWithdrawnException">The customer was faster: nothing is sent.</exception>
    public async Task SendingAsync()
    {
        var answer = await ledger.AskAsync(new HallCommand.SendCard(id, terminal), Source, cancel);
        if (answer.Rejection is not null) throw new PaymentWithdrawnException();
    }

    public void Showing(int status) => desk.Show(status);

    public Task AuthorisedAsync(CardSlip slip) => InsistAsync(new HallCommand.ReportAuthorised(id, Facts(slip)));

    public async Task<CardVerdict> DecideAsync(CardSlip slip, CancellationToken hurry)
    {
        var card = ledger.State.Site.Card;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, hurry);
        var (commit, why) = await PostedAsync(card?.Hold ?? TimeSpan.Zero, either.Token) switch
        {
            PostAnswer.Confirmed => (true, ""),
            PostAnswer.Refused(var reason) => (false, $"the biller refused: {reason}"),
            _ => (card?.PostLater == true, "the biller did not answer in time"),
        };
        var answer = await InsistAsync(new HallCommand.DecideCard(id, commit, why));

        // Refused in the last moment: what the ledger has by now counts.
        if (answer.Rejection is null || !commit) return commit ? CardVerdict.Commit : CardVerdict.Reverse;
        await InsistAsync(new HallCommand.DecideCard(id, false, "the biller refused in the last moment"));
        return CardVerdict.Reverse;
    }

    /// <exception cref="PaymentWithdrawnException">People have the case by now: what they may have decided already is not changed behind their backs.</exception>
    public async Task ReversingAsync()
    {
        if (ledger.State.Find(id)?.CardPhase == CardPhase.Reversing) return;
        if ((await InsistAsync(new HallCommand.DecideCard(id, false, "not wanted"))).Rejection is not null) throw new PaymentWithdrawnException();
    }

    public Task ReceiptLinesAsync(CardReceiptKind kind, IReadOnlyList<string> lines) =>
        InsistAsync(new HallCommand.KeepCardLines(id, kind == CardReceiptKind.Merchant ? "merchant" : "customer", lines));

    /// <summary>Writes down how it ended. Also while the link is lost or the host stops: the terminal may not be able to tell it again.</summary>
    public Task ReportAsync(CardOutcome outcome) => ledger.InsistAsync(outcome switch
    {
        CardOutcome.Paid(var slip) => new HallCommand.ReportCardPaid(id, Facts(slip)),
        CardOutcome.NotPaid(var reason, var code) => new HallCommand.ReportCardNotPaid(id, reason.ToString(), code),
        CardOutcome.Reversed => new HallCommand.ReportCardReversed(id),
        CardOutcome.Unknown(var why) => new HallCommand.ReportCardUnknown(id, why),
        _ => throw new System.Diagnostics.UnreachableException(),
    }, Source, CancellationToken.None);

    private async Task<PostAnswer> PostedAsync(TimeSpan hold, CancellationToken soon)
    {
        try
        {
            return await postings.PostNowAsync(id.Value, hold, soon);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new PostAnswer.Unknown("the terminal does not hold any longer");
        }
    }

    private Task<Engine.Answer> InsistAsync(HallCommand.LedgerCommand command) => ledger.InsistAsync(command, Source, cancel);

    private static CardFacts Facts(CardSlip slip) => new(slip.TerminalId, slip.Receipt, slip.Trace, slip.MaskedCard, slip.CardName, slip.Authorisation);
}

/// <summary>The payment is not the terminal's any more: nothing is sent.</summary>
internal sealed class PaymentWithdrawnException : Exception;
