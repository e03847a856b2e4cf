using System.Globalization;
using System.Text.Json;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Journal;
using Kiosk.Provisioning.Log;

namespace Kiosk.Provisioning.Ledger;

/// <summary><c>kioskctl ledger balance</c>: reckons by itself from the first entry on; what the host believes is not asked.</summary>
internal sealed class LedgerBalance(TextWriter output, TimeProvider time)
{
    public async Task<int> RunAsync(string dataDirectory, CancellationToken cancel)
    {
        LedgerState? ledger = null;
        await foreach (var entry in LedgerSource.EntriesAsync(dataDirectory, time, cancel))
        {
            var fact = Fact(entry);
            if (Currency(fact) is { } currency && (ledger is null || currency != ledger.Currency)) ledger = Continue(ledger, currency);
            if (ledger is not null) ledger = LedgerFold.Evolve(ledger, fact, entry.At);
        }

        if (ledger is null)
        {
            await output.WriteLineAsync("The ledger is empty: nothing was paid yet.");
            return ExitCode.Fine;
        }

        var (text, right) = Lines(ledger, time.LocalTimeZone);
        foreach (var line in text) await output.WriteLineAsync(line);
        return right ? ExitCode.Fine : ExitCode.NotAsWritten;
    }

    private static HallEvent.LedgerEntry Fact(LogEntry entry)
    {
        try
        {
            return (HallEvent.LedgerEntry)EventCodec.Decode(entry.Type, JsonSerializer.SerializeToUtf8Bytes(entry.Data));
        }
        catch (Exception unknown) when (unknown is JournalRefusedException or InvalidCastException)
        {
            throw new Trouble(ExitCode.Unavailable, $"Entry {entry.Seq} ({entry.Type}) is not understood: is the host of another version than kioskctl?", unknown);
        }
    }

    /// <summary>A ledger is in one currency; behind a closing that leaves nothing open it may be another.</summary>
    private static string? Currency(HallEvent.LedgerEntry fact) => fact switch
    {
        HallEvent.PaymentBegun begun => begun.Amount.Currency,
        HallEvent.CashCredited credited => credited.Value.Currency,
        HallEvent.CaseOpened opened => opened.Amount.Currency,
        HallEvent.CardTotalsTaken totals => totals.Total.Currency,
        HallEvent.BillerStated stated => stated.Total.Currency,
        HallEvent.CashCounted counted => counted.Total.Currency,
        HallEvent.PeriodClosed closed => closed.Difference.Currency,
        _ => null,
    };

    // Nothing of the profile changes a sum: entries tell what happened.
    private static LedgerState Continue(LedgerState? before, string currency)
    {
        var ledger = LedgerState.For(new PaymentsProfile("", currency, [], null, null));
        return before is null ? ledger : ledger with { Period = before.Period, LastReceipt = before.LastReceipt, LastCase = before.LastCase, LastPosting = before.LastPosting, Boxes = before.Boxes };
    }

    private static (List<string> Lines, bool Right) Lines(LedgerState ledger, TimeZoneInfo zone)
    {
        var totals = ledger.Totals;
        var (there, known) = (totals.Opening + totals.Accepted, totals.Credited + totals.Returned + ledger.UnderWay + ledger.InCases);
        var lines = new List<string>
        {
            Text($"Settlement period {ledger.Period}, in {ledger.Currency}"),
            Row("brought forward", totals.Opening, ""),
            Row("accepted", totals.Accepted, $"cash {totals.CashAccepted.Plain}, card {totals.CardAccepted.Plain}"),
            Row("credited", totals.Credited, ""),
            Row("returned", totals.Returned, ""),
            Row("under way", ledger.UnderWay, Text($"{ledger.Payments.Count} payments")),
            Row("in cases", ledger.InCases, Text($"{ledger.Cases.Count} cases")),
            there == known
                ? $"It adds up: {there.Plain} brought forward and accepted = credited, returned, under way and in cases."
                : $"IT DOES NOT ADD UP: {there.Plain} brought forward and accepted, {known.Plain} credited, returned, under way and in cases.",
        };
        lines.AddRange(ledger.Cases.Values.Select(one => Text(
            $"case {one.Number}  {Kind(one.Kind)}  {one.Amount.Plain}, {one.InDoubt.Plain} in doubt  since {TimeZoneInfo.ConvertTime(one.OpenedAt, zone):yyyy-MM-dd HH:mm}  {one.Detail}")));
        lines.AddRange(ledger.Payments.Values.Where(Waits).OrderBy(payment => payment.PostingOrder).Select(payment => Text(
            $"posting  {payment.Id}  {payment.ToPost?.Plain} to {payment.Biller}  {(payment.Posting == PostingPhase.Withdrawing ? "to be withdrawn" : payment.PostingSent ? "sent, not answered" : "to be sent")}  since {TimeZoneInfo.ConvertTime(payment.BegunAt, zone):yyyy-MM-dd HH:mm}")));
        return (lines, there == known);
    }

    private static bool Waits(Payment payment) => payment.Posting is PostingPhase.Queued or PostingPhase.Sending or PostingPhase.Withdrawing;

    private static string Row(string name, Money amount, string more) => $"  {name,-16}{amount.Plain,14}  {more}".TrimEnd();

    private static string Kind(CaseKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
