using Kiosk.Domain.Hall;

namespace Kiosk.Journal;

/// <summary>The ledger's entries: read over many days, and verified.</summary>
public sealed partial class SqliteJournal : ILedgerBook
{
    private byte[] _ledgerHead = LedgerChain.Origin;

    public long LedgerStart => Locked(() => Rows("SELECT max(seq) FROM ledger WHERE closes = 1", row => row.IsDBNull(0) ? 0 : row.GetInt64(0) - 1)[0]);

    public string LedgerHead
    {
        get
        {
            lock (_gate) return Convert.ToHexStringLower(_ledgerHead);
        }
    }

    public IReadOnlyList<Recorded> ReadLedger(long after, int limit) => Locked(() => _statements.ReadLedger(Epoch, after, limit, _path));

    public LedgerCheck VerifyLedger(Action<long>? progress, CancellationToken cancel) => Locked(() =>
    {
        var (head, entries, last) = (LedgerChain.Origin, 0L, 0L);
        foreach (var link in _statements.Links())
        {
            cancel.ThrowIfCancellationRequested();
            if (link.Missing) return new LedgerCheck(entries, Hex(head), link.Seq, "the entry is missing");
            head = LedgerChain.Next(head, link.Seq, link.At, link.Type, link.Body, link.Request, link.Source, link.Who);
            if (!head.AsSpan().SequenceEqual(link.Hash)) return new LedgerCheck(entries, Hex(head), link.Seq, "the entry or its hash was changed");
            last = link.Seq;
            if (++entries % 1000 == 0) progress?.Invoke(entries);
        }

        // An entry that stands among the events and not in the chain was put in, or taken out of the chain.
        var outside = Rows(
            $"SELECT min(seq) FROM event WHERE type IN ({string.Join(", ", EventCodec.LedgerTypes.Select(type => $"'{type}'"))}) AND seq NOT IN (SELECT seq FROM ledger)",
            row => row.IsDBNull(0) ? 0 : row.GetInt64(0))[0];
        return outside > 0 ? new LedgerCheck(entries, Hex(head), outside, "the entry is not in the chain") : new LedgerCheck(entries, Hex(head), null, "");
    });

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
