using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Hardware.Printers;
using Kiosk.Hardware.Printers.Templates;

namespace Kiosk.Firmware.Effects;

/// <summary>What stands on a receipt or a claim slip: everything masked, as the ledger has it.</summary>
/// <param name="PublicUrl">Where the customer's phone reaches this host; null: no address is printed.</param>
internal sealed record ReceiptLayout(HallProfile Profile, Uri? PublicUrl, SlipShelf Templates)
{
    /// <summary>Null where the ledger no longer knows the receipt.</summary>
    public Slip? Compose(LedgerState? ledger, int number)
    {
        if (ledger is null || !ledger.Receipts.TryGetValue(number, out var receipt)) return null;

        var language = receipt.Of?.Language ?? Profile.DefaultLanguage;
        var slip = Templates.Current(SlipKind.Receipt).Compose(language, Fields(ledger, receipt, language));
        return receipt.Of is { MerchantLines.Count: > 0 } paid && receipt.Kind == ReceiptKind.Payment ? new Slip([.. slip.Elements, new SlipElement.Cut(), .. Merchant(paid)]) : slip;
    }

    private Dictionary<string, string> Fields(LedgerState ledger, Receipt receipt, string language)
    {
        var payment = receipt.Of;
        var (doubt, claim) = (receipt.Kind == ReceiptKind.Claim && receipt.Amount.IsZero, receipt.Kind == ReceiptKind.Claim && !receipt.Amount.IsZero);
        var cash = payment?.Means == PayMeans.Cash;
        return new Dictionary<string, string>
        {
            ["hall"] = Profile.Name.In(language),
            ["receipt"] = ledger.ReceiptName(receipt.Number),
            ["biller"] = payment is null ? "" : ledger.Site.Biller(payment.Biller)?.Name.In(language) ?? payment.Biller,
            ["account"] = OnPaper(payment?.Account ?? ""),
            ["amount"] = (doubt ? InDoubt(ledger, receipt) : receipt.Amount).ToString(),
            ["cash"] = cash ? payment!.Accepted.ToString() : "",
            ["change"] = "",
            ["card"] = payment?.Card is { } card && !cash ? OnPaper($"{card.CardName} {card.Card}".Trim()) : "",
            ["terminal"] = payment is { CustomerLines.Count: > 0 } ? string.Join('\n', payment.CustomerLines) : "",
            ["case"] = receipt.Case is { } one ? ledger.CaseName(one) : "",
            ["claim"] = claim ? "1" : "",
            ["doubt"] = doubt ? "1" : "",
            ["later"] = receipt.Kind == ReceiptKind.Payment && payment?.Posting is PostingPhase.Queued or PostingPhase.Sending ? "1" : "",
            ["confirmed"] = receipt.Kind == ReceiptKind.Payment && payment?.Posting == PostingPhase.Confirmed ? payment.BillerNumber ?? "" : "",
            ["link"] = PublicUrl is null || payment is null ? "" : new Uri(PublicUrl, $"/receipt/{payment.Id}").ToString(),
            ["copy"] = receipt.Copy > 0 ? receipt.Copy.ToString(CultureInfo.InvariantCulture) : "",
        }.Issued(receipt.At, Profile.TimeZone);
    }

    // The screens' dots are in few printers' character sets.
    private static string OnPaper(string masked) => masked.Replace('•', '*');

    private static Money InDoubt(LedgerState ledger, Receipt receipt) =>
        receipt.Case is { } number && ledger.Cases.TryGetValue(number, out var open) ? open.InDoubt : receipt.Of?.Amount ?? receipt.Amount;

    // The terminal's copy for the hall, on a piece of paper of its own.
    private static IEnumerable<SlipElement> Merchant(Payment payment) => payment.MerchantLines.Select(line => new SlipElement.Text(line));
}
