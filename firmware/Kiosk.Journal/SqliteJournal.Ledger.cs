using Kiosk.Domain.Hall;

namespace Kiosk.Journal;

/// <summary>The ledger's entries: read over many days, and verified.</summary>
public sealed partial class SqliteJournal : ILedgerBook
{
    /// <summary>Between two pages the hall's next event has its turn.</summary>
    private const int ChainPage = 1000, EventPage = 20_000;

    private static readonly string LedgerTypes = string.Join(", ", EventCodec.LedgerTypes.Select(type => $"'{type}'"));
    private static readonly string Closing = EventCodec.NameOf<HallEvent.PeriodClosed>();

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

    public IReadOnlyList<Recorded> LedgerClosings(int most)
    {
        var found = Locked(() => Rows("SELECT seq FROM ledger WHERE closes = 1 ORDER BY seq DESC LIMIT $most", row => row.GetInt64(0), ("$most", most)));
        return [.. found.SelectMany(seq => Read(seq - 1, 1))];
    }

    public LedgerCheck VerifyLedger(Action<long>? progress, CancellationToken cancel, string? head = null)
    {
        var check = new LedgerCheck(0, Hex(LedgerChain.Origin), null, "");
        var hash = LedgerChain.Origin;
        for (long after = 0; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var page = Locked(() => _statements.Links(after, ChainPage));
            if (page.Count == 0) break;
            foreach (var link in page)
            {
                if (!link.Missing) hash = LedgerChain.Next(hash, link.Seq, link.At, link.Type, link.Body, link.Request, link.Source, link.Who);
                if (Wrong(link, hash) is { } trouble) return check with { BrokenAt = link.Seq, Trouble = trouble };
                var text = Hex(hash);
                check = check with { Entries = check.Entries + 1, Head = text, FoundAt = string.Equals(text, head, StringComparison.OrdinalIgnoreCase) ? link.Seq : check.FoundAt };
                after = link.Seq;
            }

            progress?.Invoke(check.Entries);
        }

        return Outside(cancel) is { } seq ? check with { BrokenAt = seq, Trouble = "the entry is not in the chain" } : check;
    }

    private static string? Wrong(ChainLink link, byte[] hash)
    {
        if (link.Missing) return "the entry is missing";
        if (!hash.AsSpan().SequenceEqual(link.Hash)) return "the entry or its hash was changed, or one before it was taken out or put in";
        if (!link.SumAgrees) return "the entry's checksum was changed";
        return link.Closes == (link.Type == Closing) ? null : "the mark of a closed period was changed";
    }

    // An entry that stands among the events and not in the chain was put in, or taken out of the chain.
    private long? Outside(CancellationToken cancel)
    {
        for (var from = 0L; from < LastSeq; from += EventPage)
        {
            cancel.ThrowIfCancellationRequested();
            var found = Locked(() => Rows(
                $"SELECT min(seq) FROM event WHERE seq > $from AND seq <= $to AND type IN ({LedgerTypes}) AND seq NOT IN (SELECT seq FROM ledger)",
                row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), ("$from", from), ("$to", from + EventPage))[0]);
            if (found is not null) return found;
        }

        return null;
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
