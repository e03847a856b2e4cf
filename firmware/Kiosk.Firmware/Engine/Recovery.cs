using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Domain.Waiting;
using Kiosk.Journal;

namespace Kiosk.Firmware.Engine;

/// <summary>The hall as the journal left it: a fold of the latest business day.</summary>
internal static class Recovery
{
    private const int Page = 1000;

    /// <exception cref="JournalRefusedException">The journal and the profile contradict each other.</exception>
    /// <param name="learned">What was kept about the waits; null: it is learned again from the journal.</param>
    public static (HallFeed Feed, AnsweredRequests Answered) Run(IJournal journal, HallProfile profile, bool printing, LearnedWaits? learned = null)
    {
        var letters = new Dictionary<char, ServiceId>();
        var (state, at) = (WithLedger(HallState.For(profile, printing), journal, profile), DateTimeOffset.UnixEpoch);
        var answered = new AnsweredRequests();
        string? request = null;
        // From the day before: a request that is repeated across midnight and a restart gets its answer too. The fold begins anew at each day.
        var first = Math.Max(1, journal.EarlierDayStart > 0 ? journal.EarlierDayStart : journal.DayStart);
        if (journal is IArchive archive) state = state with { Waits = LearnedHistory.Before(first, journal, archive, profile, learned) };
        for (var seq = first - 1; seq < journal.LastSeq;)
        {
            foreach (var recorded in journal.Read(seq, Page))
            {
                if (recorded.Fact is not HallEvent.LedgerEntry) state = HallDecider.Evolve(state, recorded.Fact, recorded.At);
                if (recorded.Fact is HallEvent.DayClosed closed && closed.Day == learned?.Day) state = state with { Waits = learned.Waits };
                answered.Learn(recorded, ref request);
                if (recorded.Fact is HallEvent.TicketIssued issued) letters[issued.Number.Letter] = issued.Service;
                if (recorded.Fact is HallEvent.DayClosed) letters.Clear();
                (seq, at) = (recorded.Seq, recorded.At);
            }
        }

        if (Conflicts(letters, profile).Concat(LedgerConflicts(state, profile)).FirstOrDefault() is { } conflict) throw new JournalRefusedException(conflict);
        return (new HallFeed(profile, new(journal.Epoch, journal.LastSeq, at, state)), answered);
    }

    // Money outlives the day: the ledger is read from the last closing of a settlement period on.
    private static HallState WithLedger(HallState state, IJournal journal, HallProfile profile)
    {
        Recorded? last = null;
        for (var seq = journal.LedgerStart; ;)
        {
            var page = journal.ReadLedger(seq, Page);
            if (page.Count == 0) break;
            foreach (var recorded in page)
            {
                if (OtherCurrency(recorded.Fact, profile) is { } conflict) throw new JournalRefusedException(conflict);
                state = HallDecider.Evolve(state, recorded.Fact, recorded.At);
            }

            seq = page[^1].Seq;
            last = page.LastOrDefault(recorded => recorded.Fact is not HallEvent.LedgerCorrected) ?? last;
        }

        // Without a terminal nobody would see what is open: its payments would never be posted, its cases never settled.
        return last is not null && state.Ledger is null && !(last.Fact is HallEvent.PeriodClosed closed && NothingOpen(closed.Forward))
            ? throw new JournalRefusedException("payments: the ledger is not closed, or has open payments or cases: keep the section until they are settled and the period is closed")
            : state;
    }

    // Amounts of two currencies are never added: the currency changes behind a closing that leaves nothing open.
    private static string? OtherCurrency(HallEvent fact, HallProfile profile)
    {
        var amount = fact switch
        {
            HallEvent.PaymentBegun begun => begun.Amount,
            HallEvent.CashCredited credited => credited.Value,
            HallEvent.CashCounted counted => counted.Total,
            HallEvent.CardTotalsTaken totals => totals.Total,
            HallEvent.CashDeposited deposited => deposited.Amount,
            HallEvent.PeriodClosed closed when !NothingOpen(closed.Forward) => closed.Difference,
            _ => (Money?)null,
        };
        return amount is { } known && profile.Payments is { } payments && known.Currency != payments.Currency
            ? $"payments.currency: the ledger's open period is in {known.Currency}: settle what is open and close the period before the currency is changed"
            : null;
    }

    private static bool NothingOpen(BroughtForward forward) => forward.Payments.Count == 0 && forward.Cases.Count == 0 && forward.CardUntotalled is null && forward.Undeposited is null
        && forward.Receipts.Count == 0 && forward.Boxes.All(box => box.Doubts.Count == 0);

    /// <summary>What the profile must not change while the day's tickets are in people's hands: a letter would give a number twice.</summary>
    private static IEnumerable<string> Conflicts(Dictionary<char, ServiceId> letters, HallProfile profile) =>
        from indexed in profile.Services.Select((service, index) => (service, index))
        where letters.TryGetValue(indexed.service.Letter, out var owner) && owner != indexed.service.Id
        select $"services[{indexed.index}].letter: \"{indexed.service.Letter}\" stands on today's tickets of service \"{letters[indexed.service.Letter]}\": change letters when the day is closed";

    /// <summary>Money that is still open keeps its biller.</summary>
    private static IEnumerable<string> LedgerConflicts(HallState state, HallProfile profile) => state.Ledger is not { } ledger
        ? []
        : ledger.Payments.Values.Where(payment => profile.Payments!.Biller(payment.Biller) is null)
            .Select(payment => $"payments.billers: \"{payment.Biller}\" has payments that are not posted yet: keep it until they are");
}
