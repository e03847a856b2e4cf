using System.Diagnostics;
using Kiosk.Domain.Hall;
using static Kiosk.Domain.Hall.HallEvent;

namespace Kiosk.Domain.Payments;

internal static class CashFold
{
    public static LedgerState Evolve(LedgerState ledger, LedgerEntry entry) => entry switch
    {
        CashEscrowed or CashReturning => ledger,
        CashStacking stacking => ledger.Change(stacking.Device, box => box with { Stacking = stacking.Value, StackingFor = stacking.Payment }),
        CashCredited credited => Credit(ledger, credited),
        CashMarked marked => ledger.Change(marked.Device, box => box with { Mark = marked.Mark }),
        CashReturned returned => ledger.Change(returned.Device, NothingStacking),
        CashInDoubt doubt => ledger.Change(doubt.Device, NothingStacking),
        CashBoxRemoved removed => ledger.Change(removed.Device, box => box with { Batch = removed.Batch + 1, Content = [], Removed = [.. box.Removed, new(removed.Batch, box.Content)], Out = true }),
        CashBoxInserted inserted => ledger.Change(inserted.Device, box => box with { Batch = inserted.Batch, Out = false }),
        CashCounted counted => Count(ledger, counted),
        _ => throw new UnreachableException(),
    };

    private static LedgerState Credit(LedgerState ledger, CashCredited credited)
    {
        var next = ledger
            .Sum(sums => sums with { Accepted = sums.Accepted + credited.Value, CashAccepted = sums.CashAccepted + credited.Value })
            .Change(credited.Device, box => NothingStacking(box) with
            {
                Mark = credited.Mark,
                Marks = [credited.Mark, .. box.Marks.Take(CashBox.MarksKept - 1)],
                Content = Added(box.Content, credited.Value.Minor),
                Out = false,
            });
        return credited.Payment is { } id
            ? next.Change(id, payment => payment with { Accepted = payment.Accepted + credited.Value })
            : next with { Unowned = next.Unowned + credited.Value.Minor };
    }

    /// <summary>A note may be in the box that is in its place now.</summary>
    public static LedgerState Doubt(LedgerState ledger, int number, string device, long value) =>
        ledger.Change(device, box => box with { Doubts = [.. box.Doubts, new(number, box.Batch, value, null)] });

    /// <summary>People know by now. A box that was counted in an earlier period keeps its count: its case explained it then.</summary>
    public static LedgerState Settle(LedgerState ledger, CaseSettled settled)
    {
        CashDoubt Known(CashDoubt doubt) => doubt.Case != settled.Case ? doubt
            : settled.Accepted.IsZero ? doubt with { There = false } : doubt with { There = true, Value = settled.Accepted.Minor };
        return ledger.Boxes.Values.Where(box => box.Doubts.Any(doubt => doubt.Case == settled.Case)).ToList()
            .Aggregate(ledger, (state, box) => state.Change(box.Device, known => known with { Doubts = [.. known.Doubts.Select(Known)] }))
            .Sum(sums => sums with
            {
                CashDoubts = [.. sums.CashDoubts.Select(Known)],
                CashAccepted = sums.CashAccepted + settled.Accepted,
            });
    }

    // Empty boxes that were taken out before it have nothing to count; notes in doubt go with the box that was counted.
    private static LedgerState Count(LedgerState ledger, CashCounted counted)
    {
        bool Gone(int batch) => batch <= counted.Batch;
        var doubts = ledger.Box(counted.Device).Doubts.Where(doubt => Gone(doubt.Batch));
        return ledger
            .Sum(sums => sums with
            {
                CashCounted = sums.CashCounted + counted.Total,
                CashExpected = sums.CashExpected + counted.Expected,
                Counts = sums.Counts.Add(counted),
                CashDoubts = sums.CashDoubts.AddRange(doubts),
            })
            .Change(counted.Device, box => box with
            {
                Removed = [.. box.Removed.Where(batch => batch.Number != counted.Batch && (batch.Content.Count > 0 || !Gone(batch.Number)))],
                Doubts = [.. box.Doubts.Where(doubt => !Gone(doubt.Batch))],
            });
    }

    private static LedgerState Change(this LedgerState ledger, string device, Func<CashBox, CashBox> change) =>
        ledger with { Boxes = ledger.Boxes.SetItem(device, change(ledger.Box(device))) };

    private static CashBox NothingStacking(CashBox box) => box with { Stacking = null, StackingFor = null };

    private static CashPile[] Added(IReadOnlyList<CashPile> content, long value) => content.Any(pile => pile.Value == value)
        ? [.. content.Select(pile => pile.Value == value ? pile with { Count = pile.Count + 1 } : pile)]
        : [.. content.Append(new(value, 1)).OrderBy(pile => pile.Value)];
}
