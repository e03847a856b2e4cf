using System.Globalization;

namespace Kiosk.Hardware.Cash.CcTalk;

/// <param name="Counter">That of the device when this was the newest one.</param>
internal readonly record struct CcTalkEvent(int Counter, byte A, byte B);

/// <summary>An answer to header 159 or 229: a counter and the five newest events, newest first.</summary>
internal sealed record CcTalkEvents(int Counter, IReadOnlyList<(byte A, byte B)> Newest)
{
    /// <summary>Counter and five pairs.</summary>
    public const int Length = 1 + (2 * CcTalkProtocol.EventsKept);

    public static CcTalkEvents Parse(byte[] data) => new(data[0], [.. data.Skip(1).Chunk(2).Select(pair => (pair[0], pair[1]))]);

    /// <summary>Part 2, header 229: the counter is 0 after power-up or reset only.</summary>
    public bool WasReset => Counter == 0;

    /// <summary>Events since the counter stood at <paramref name="seen"/>, the lost ones among them.</summary>
    public int CountSince(int seen) => Counter == 0 ? 0
        : seen == 0 ? Counter
        : (((Counter - seen) % CcTalkProtocol.CounterRound) + CcTalkProtocol.CounterRound) % CcTalkProtocol.CounterRound;

    /// <summary>The counter stands a little before what was seen already: it does not run back.</summary>
    public bool IsBehind(int seen) => CountSince(seen) >= CcTalkProtocol.CounterRound - CcTalkProtocol.EventsKept;

    /// <summary>Those that are still told, oldest first.</summary>
    public IEnumerable<CcTalkEvent> Since(int seen)
    {
        for (var back = Math.Min(CountSince(seen), CcTalkProtocol.EventsKept) - 1; back >= 0; back--)
            yield return new(Back(back), Newest[back].A, Newest[back].B);
    }

    private int Back(int steps) => Counter - steps >= 1 ? Counter - steps : Counter - steps + CcTalkProtocol.CounterRound;
}

/// <summary>Where counting stands, as the ledger keeps it: <c>17/203/4711</c>.</summary>
/// <param name="Number">Runs on for ever: no two marks are the same, however often the device starts anew.</param>
/// <param name="Counter">Of the last event that was dealt with.</param>
/// <param name="Accepted">What the device's accept counter must show for what was dealt with; null: it has none.</param>
internal sealed record CcTalkMark(long Number, int Counter, int? Accepted)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Counter}/{Accepted?.ToString(CultureInfo.InvariantCulture) ?? "-"}");

    /// <returns>Null for none, or one that another driver gave.</returns>
    public static CcTalkMark? Parse(string? text) =>
        text?.Split('/') is [var number, var counter, var accepted]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && int.TryParse(counter, NumberStyles.None, CultureInfo.InvariantCulture, out var c) && c <= CcTalkProtocol.CounterRound
            ? new(n, c, int.TryParse(accepted, NumberStyles.None, CultureInfo.InvariantCulture, out var a) ? a : null)
            : null;
}
