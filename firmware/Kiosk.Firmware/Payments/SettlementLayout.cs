using System.Globalization;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Hardware.Printers;
using Kiosk.Ui;
using static Kiosk.Hardware.Printers.SlipElement;

namespace Kiosk.Firmware.Payments;

/// <summary>The X or Z report on a slip, in the hall's first language.</summary>
internal sealed class SettlementLayout(HallProfile profile)
{
    private const int HashSigns = 16;

    /// <param name="closed">Null: an X report of the open period.</param>
    /// <param name="head">Hash of the ledger's last entry: with it, nobody can change what came before unseen.</param>
    public Slip Compose(LedgerState ledger, ClosedPeriod? closed, DateTimeOffset at, string head, string who)
    {
        var t = Phrases.In(profile.DefaultLanguage);
        var lines = closed?.Entry.Lines ?? [.. Settlement.Lines(ledger)];
        return new([
            new Text(profile.Name.In(profile.DefaultLanguage), SlipAlign.Centre, Bold: true),
            new Text(closed is null ? "X" : "Z", SlipAlign.Centre, 2, 2),
            new Pair(t["money.period"], (closed?.Entry.Period ?? ledger.Period).ToString(CultureInfo.InvariantCulture)),
            new Pair(ledger.Site.Terminal, TimeZoneInfo.ConvertTime(at, profile.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
            new Rule(),
            .. lines.SelectMany(line => Line(t, line)),
            new Rule(),
            .. closed is null ? Sums(t, ledger) : Signed(t, closed),
            new Text($"# {head[..HashSigns]}"),
            new Text(who),
        ]);
    }

    private IEnumerable<SlipElement> Line(Phrases t, SettlementLine line)
    {
        var biller = line.Line.StartsWith("biller ", StringComparison.Ordinal) ? line.Line["biller ".Length..] : null;
        var name = biller is null ? t["money.line." + line.Line] : profile.Payments?.Biller(biller)?.Name.In(profile.DefaultLanguage) ?? biller;
        yield return new Pair(name, line.Ledger.Plain, Bold: true);
        yield return new Pair($"  {t["money.other"]}", line.Other?.Plain ?? t["money.not-said"]);
        if (line.Difference is not { IsZero: false } difference) yield break;
        yield return new Pair($"  {t[difference.Minor > 0 ? "money.over" : "money.short"]}", difference.Plain, Bold: true);
        if (!line.Explained.IsZero) yield return new Pair($"  {t["money.explained"]}", line.Explained.Plain);
    }

    private static IEnumerable<SlipElement> Sums(Phrases t, LedgerState ledger) =>
    [
        new Pair(t["money.opening"], ledger.Totals.Opening.Plain),
        new Pair(t["money.accepted"], ledger.Totals.Accepted.Plain),
        new Pair(t["money.credited"], ledger.Totals.Credited.Plain),
        new Pair(t["money.returned"], ledger.Totals.Returned.Plain),
        new Pair(t["money.under-way"], ledger.UnderWay.Plain),
        new Pair(t["money.in-cases"], ledger.InCases.Plain),
    ];

    private static IEnumerable<SlipElement> Signed(Phrases t, ClosedPeriod closed)
    {
        yield return new Pair(t["money.difference"], closed.Entry.Difference.Plain, Bold: true);
        if (closed.Entry.Reason.Length > 0) yield return new Text($"{t["money.reason"]}: {closed.Entry.Reason}");
        yield return new Text(closed.Entry.By);
    }
}
