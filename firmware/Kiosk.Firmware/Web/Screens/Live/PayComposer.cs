using System.Diagnostics;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Web.Screens.Dialogue.Pay;
using Kiosk.Ui.Screens.Pay;

namespace Kiosk.Firmware.Web.Screens.Live;

/// <summary>The step of paying that a machine shows: of the dialogue before a payment is begun, of the ledger from then on.</summary>
/// <param name="desk">Null: the hall has no self-service terminal.</param>
internal sealed class PayComposer(HallFeed feed, HostAddress host, IPaymentDesk? desk = null)
{
    public PayReady? Ready => feed.Profile.Payments is not null && desk?.Offer is { } offer
        ? new(offer.Open, offer.Card, offer.Cash, offer.Printer, offer.Finishing, offer.CardLocked)
        : null;

    public PayView? Compose(PayStep? step, LedgerState? ledger) => step is null || ledger is null ? null : step switch
    {
        PayStep.Billers => new PayView.Billers(ledger.Site.Billers),
        PayStep.Account account => Account(Biller(ledger, account.Biller), account.Digits),
        PayStep.LookingUp looking => new PayView.LookingUp(Biller(ledger, looking.Biller)),
        PayStep.Away away => new PayView.Away(Biller(ledger, away.Biller)),
        PayStep.Amount amount => Amount(ledger.Site, Biller(ledger, amount.Biller), amount.Bill),
        PayStep.Typing typing => Typing(Biller(ledger, typing.Biller), typing),
        PayStep.Means means => Means(ledger.Site, Biller(ledger, means.Biller), means),
        PayStep.Beginning => new PayView.Starting(),
        PayStep.Paying paying => ledger.Find(paying.Id) is { } payment ? Paying(ledger, paying, payment) : new PayView.Starting(),
        _ => throw new UnreachableException(),
    };

    private static BillerProfile Biller(LedgerState ledger, string id) => ledger.Site.Biller(id) ?? throw new InvalidOperationException($"The profile has no biller \"{id}\".");

    private static PayView.Account Account(BillerProfile biller, string digits) =>
        new(biller, TypedAccount.Masked(digits), biller.Account.HasLength(digits), digits.Length == biller.Account.Longest());

    private static PayBill Shown(BillerProfile biller, Bill bill) =>
        new(biller.Name, bill.MaskedAccount, bill.MaskedName, bill.Due, PayLimits.Least(biller, bill), PayLimits.Most(biller, bill));

    private static PayView.Amount Amount(PaymentsProfile site, BillerProfile biller, Bill bill) =>
        new(Shown(biller, bill), PayLimits.Allows(biller, bill, bill.Due), PayLimits.Presets(site, biller, bill));

    private static PayView.Typing Typing(BillerProfile biller, PayStep.Typing typing)
    {
        var currency = typing.Bill.Due.Currency;
        var sum = TypedAmount.Read(typing.Typed, currency);
        return new(Shown(biller, typing.Bill), typing.Typed, sum is { } fits && PayLimits.Allows(biller, typing.Bill, fits), Money.Decimals(currency) > 0);
    }

    private PayView.Means Means(PaymentsProfile site, BillerProfile biller, PayStep.Means means)
    {
        var offer = desk!.Offer;
        var card = site.Card is null ? null
            : !offer.Open ? "pay.not-now"
            : offer.CardLocked ? "pay.card-locked"
            : offer.Card ? "" : "pay.card-off";
        var cash = site.Cash is null ? null
            : !offer.Open ? "pay.not-now"
            : means.Sum.Minor > site.Cash.Most ? "pay.cash-too-much"
            : offer.Cash ? "" : "pay.cash-off";
        return new(Shown(biller, means.Bill), means.Sum, card, cash, Notes(site, biller));
    }

    private static PayNotes? Notes(PaymentsProfile site, BillerProfile? biller) => site.Cash is { } cash
        ? new([.. cash.Accept.Select(value => new Money(value, site.Currency))], new(Math.Min(cash.Most, biller?.Most ?? cash.Most), site.Currency), cash.Overpaid)
        : null;

    private PayView Paying(LedgerState ledger, PayStep.Paying paying, Payment payment)
    {
        var biller = ledger.Site.Biller(payment.Biller);
        var bill = new PayBill(biller?.Name ?? Texts.Of(("en", payment.Biller)), payment.Account, payment.Name, payment.Due, payment.Amount, payment.Amount);
        return PayProgress.Of(payment).Stage switch
        {
            PayStage.Card => new PayView.Card(bill, payment.Amount, CardShows.Sentence(desk?.CardShowing), paying.Stopping),
            PayStage.Cash => new PayView.Cash(
                bill,
                payment.Amount,
                payment.Accepted,
                Notes(ledger.Site, biller)!,
                ledger.Boxes.Values.Any(box => box.StackingFor == payment.Id),
                payment.Accepted.Minor > 0 && payment.Accepted.Minor >= (biller?.Least ?? 0) && !paying.Finishing,
                paying.Asking,
                paying.Stopping),
            PayStage.Confirming => new PayView.Confirming(bill, payment.Amount, payment.Means, payment.CardPhase == CardPhase.Unknown),
            _ => new PayView.Over(
                bill,
                payment,
                Paper(ledger, payment, payment.Receipt),
                Paper(ledger, payment, payment.Claim),
                host.Url is { } url ? $"{url.AbsoluteUri.TrimEnd('/')}/receipt/{payment.Id}" : null,
                desk?.Offer.Printer == true),
        };
    }

    private static PayPaper? Paper(LedgerState ledger, Payment payment, int? number)
    {
        if (number is not { } known) return null;
        var receipt = ledger.Receipts.GetValueOrDefault(known);
        return new(known, ledger.ReceiptName(known), receipt?.Amount ?? payment.Accepted, receipt?.Case is { } one ? ledger.CaseName(one) : null, receipt?.Phase);
    }
}
