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
        CashBoxRemoved removed => ledger.Change(removed.Device, box => box with { Batch = removed.Batch + 1, Content = [], Removed = [.. box.Removed, new(removed.Batch, box.Content)] }),
        CashBoxInserted inserted => ledger.Change(inserted.Device, box => box with { Batch = inserted.Batch }),
        CashCounted counted => Count(ledger, counted),
        _ => throw new UnreachableException(),
    };

    private static LedgerState Credit(LedgerState ledger, CashCredited credited)
    {
        var next = ledger
            .Sum(sums => sums with { Accepted = sums.Accepted + credited.Value, CashAccepted = sums.CashAccepted + credited.Value })
            .Change(credited.Device, box => NothingStacking(box) with { Mark = credited.Mark, Content = Added(box.Content, credited.Value.Minor) });
        return credited.Payment is { } id ? next.Change(id, payment => payment with { Accepted = payment.Accepted + credited.Value }) : next;
    }

    private static LedgerState Count(LedgerState ledger, CashCounted counted) => ledger
        .Sum(sums => sums with { CashCounted = sums.CashCounted + counted.Total, CashExpected = sums.CashExpected + counted.Expected, Counts = sums.Counts.Add(counted) })
        .Change(counted.Device, box => box with { Removed = [.. box.Removed.Where(batch => batch.Number != counted.Batch)] });

    private static LedgerState Change(this LedgerState ledger, string device, Func<CashBox, CashBox> change) =>
        ledger with { Boxes = ledger.Boxes.SetItem(device, change(ledger.Box(device))) };

    private static CashBox NothingStacking(CashBox box) => box with { Stacking = null, StackingFor = null };

    private static CashPile[] Added(IReadOnlyList<CashPile> content, long value) => content.Any(pile => pile.Value == value)
        ? [.. content.Select(pile => pile.Value == value ? pile with { Count = pile.Count + 1 } : pile)]
        : [.. content.Append(new(value, 1)).OrderBy(pile => pile.Value)];
}
