namespace Kiosk.Hardware.Tests.Cash;

/// <summary>The ledger beside what really lies in the boxes.</summary>
internal static class CashBooks
{
    /// <summary>Nothing is counted twice, nothing is lost without a case that explains it, and every order to stack has one end.</summary>
    public static void Balance(CashDesk desk, string when)
    {
        var (till, ledger) = (desk.Till, desk.Ledger);
        var story = $"{when}: {string.Join("; ", ledger.Entries)}; box {string.Join(", ", till.Box)}, given back {string.Join(", ", till.Returned)}, {till.Place}";
        var unexplained = 0;
        foreach (var minor in till.Box.Keys.Concat(till.Collected.Keys).Concat(ledger.Entries.OfType<CashEntry.Credited>().Select(entry => entry.Item.Minor)).Distinct())
        {
            var kept = till.Box.GetValueOrDefault(minor) + till.Collected.GetValueOrDefault(minor);
            Assert.True(ledger.Credits(minor) <= kept, $"{minor} was counted that is not there: {story}");
            unexplained += Math.Max(0, kept - ledger.Credits(minor) - ledger.Doubts(minor));
        }

        Assert.True(unexplained <= ledger.Doubts(null), $"an item is in the box that nobody knows of: {story}");
        foreach (var minor in ledger.Entries.OfType<CashEntry.Returned>().Select(entry => entry.Item.Minor).Distinct())
            Assert.True(ledger.Returns(minor) <= till.Returned.GetValueOrDefault(minor), $"{minor} was given back only on paper: {story}");

        Assert.True(ledger.Past.Stacking is null, $"an order to stack has no end: {story}");
        var marks = ledger.Entries.OfType<CashEntry.Credited>().Select(entry => entry.Mark).ToList();
        Assert.True(marks.Distinct().Count() == marks.Count, $"a mark was given twice: {story}");
        Assert.True(OrdersEndOnce(ledger), $"an order to stack has two ends: {story}");
    }

    /// <summary>A credit without an offer is allowed here: the device's motor may have kept an item before the ledger heard of it. The box says whether it is one too many.</summary>
    private static bool OrdersEndOnce(CashLedger ledger)
    {
        foreach (var minor in ledger.Entries.OfType<CashEntry.Escrowed>().Select(entry => entry.Item.Minor).Distinct())
        {
            var open = false;
            foreach (var entry in ledger.Entries)
            {
                var ends = (entry is CashEntry.Returned returned && returned.Item.Minor == minor) || (entry is CashEntry.InDoubt doubt && doubt.Item?.Minor == minor);
                if (ends && !open) return false;
                if (ends || (entry is CashEntry.Credited credited && credited.Item.Minor == minor)) open = false;
                if (entry is CashEntry.Escrowed escrowed && escrowed.Item.Minor == minor) open = true;
            }
        }

        return true;
    }
}
