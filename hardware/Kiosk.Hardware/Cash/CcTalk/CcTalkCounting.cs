namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>How far the device's events have been dealt with, and how many items it must have taken in all.</summary>
internal sealed class CcTalkCounting(CcTalkTalk talk, CcTalkOptions options)
{
    private const int Round = 1 << 24;

    private long _number;
    private int? _expected;
    private bool _asks = options.AcceptCounter;

    /// <summary>Counter of the last event that was dealt with.</summary>
    public int Seen { get; set; }

    /// <summary>Header 225: optional, and kept without power by those that have it.</summary>
    /// <returns>Null: the device has none.</returns>
    public async Task<int?> AskAcceptedAsync()
    {
        if (!_asks) return null;
        if ((await talk.AskAsync(CcTalkProtocol.RequestAcceptCounter)).Of(3) is { } count) return count[0] | (count[1] << 8) | (count[2] << 16);
        _asks = false;
        return null;
    }

    /// <summary>Nothing of before is ours.</summary>
    public void Begin(int counter, int? accepted) => (Seen, _expected) = (counter, accepted);

    public void GoOn(CcTalkMark past) => (_number, Seen, _expected) = (past.Number, past.Counter, past.Accepted);

    public void Kept(int items) => _expected = (_expected + items) % Round;

    /// <summary>Items that the device took and that no event told of.</summary>
    /// <returns>Null: it cannot be known.</returns>
    public int? Missing(int? accepted)
    {
        if (accepted is not { } now) return null;
        if (_expected is { } expected)
        {
            var missing = (now - expected + Round) % Round;
            if (missing < Round / 2) return missing;

            // Less than it was: one that fell since it was asked and whose event is known already, or a counter that forgets.
            if (Round - missing <= CcTalkProtocol.EventsKept) return 0;
        }

        _expected = now;
        return null;
    }

    /// <summary>The next mark: none is ever the same as another.</summary>
    public string Mark() => new CcTalkMark(++_number, Seen, _expected).ToString();
}
