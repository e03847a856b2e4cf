using System.Globalization;

namespace Kiosk.Hardware.Cash.Id003;

/// <summary>Where ledger and acceptor stand: <c>number:told</c> behind a credit, <c>number:taken</c> once the acceptor has its acknowledgement.</summary>
/// <param name="Number">Counts the credits that this ledger heard of.</param>
/// <param name="Taken">False: a VEND VALID, or a note in the stacker at power-up, is still that credit.</param>
internal readonly record struct Id003Mark(long Number, bool Taken)
{
    private const string TakenWord = "taken", ToldWord = "told";

    public static Id003Mark Read(string? text) =>
        text?.Split(':') is [var number, TakenWord or ToldWord] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new Id003Mark(count, text.EndsWith(TakenWord, StringComparison.Ordinal))
            : new Id003Mark(0, true);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{(Taken ? TakenWord : ToldWord)}");
}
