using System.Collections.Immutable;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Billers;

namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>What may be paid of a bill: as the biller says for this bill, within what the profile allows.</summary>
internal static class PayLimits
{
    private const int PresetsShown = 3;

    public static Money Least(BillerProfile biller, Bill bill) => new(Math.Max(biller.Least, bill.Least.Minor), bill.Due.Currency);

    public static Money Most(BillerProfile biller, Bill bill) => new(Math.Min(biller.Most, bill.Most.Minor), bill.Due.Currency);

    public static bool Allows(BillerProfile biller, Bill bill, Money sum) => sum >= Least(biller, bill) && sum <= Most(biller, bill);

    /// <summary>Round amounts that can be paid with what people have in their purse: the largest accepted notes, and twice the largest.</summary>
    public static ImmutableArray<Money> Presets(PaymentsProfile site, BillerProfile biller, Bill bill)
    {
        var unit = (long)Math.Pow(10, Money.Decimals(site.Currency));
        var notes = site.Cash is { Accept: [.., var largest] accept } ? accept.Add(largest * 2) : [20 * unit, 50 * unit, 100 * unit, 200 * unit];
        return [.. notes.Select(note => new Money(note, site.Currency)).Where(sum => Allows(biller, bill, sum) && sum != bill.Due).TakeLast(PresetsShown)];
    }
}
