namespace Kiosk.Ui.Screens.Pay;

/// <summary>What is said of a step to those who do not see it. Accounts and names are not spoken.</summary>
public static class PaySpoken
{
    public static string Of(Phrases t, PayView pay, PayReady? ready) => pay switch
    {
        PayView.Billers => t["pay.choose-biller"] + (ready is { Possible: false } ? " " + t["pay.off"] : ""),
        PayView.Account account => t.Say("pay.account-ask", account.Biller.Account.Label.In(t.Language)),
        PayView.LookingUp => t["pay.looking"],
        PayView.Away => t["pay.away"] + " " + t["pay.away-more"],
        PayView.Amount amount => t["pay.choose-amount"] + " " + t["pay.due"] + " " + t.Money(amount.Bill.Due),
        PayView.Typing typing => t["pay.amount-ask"] + " " + t.Say("pay.limits", t.Money(typing.Bill.Least), t.Money(typing.Bill.Most)),
        PayView.Means means => t["pay.choose-means"] + " " + t.Money(means.Sum) + (means.Notes is { } notes ? " " + t["pay.no-change"] + " " + t["pay.over-" + notes.Overpaid.ToString().ToLowerInvariant()] : ""),
        PayView.Starting => t["pay.starting"],
        PayView.Card card => t[card.Stopping ? "pay.stopping" : card.Showing],
        PayView.Cash { Asking: true } cash => t["pay.stop-ask"] + " " + t.Say("pay.stop-claim", t.Money(cash.PutIn)),
        PayView.Cash { Moving: true } => t["pay.moving"],
        PayView.Cash cash => t["pay.put-in"] + " " + t.Money(cash.PutIn) + ". " + t["pay.left"] + " " + t.Money(cash.Left) + ".",
        PayView.Confirming confirming => t[confirming.Unknown ? "pay.asking-card" : "pay.confirming"],
        PayView.Over over => Ended(t, over),
        _ => "",
    };

    private static string Ended(Phrases t, PayView.Over over)
    {
        var outcome = Outcome.Of(over);
        return t[outcome.Title] + " " + string.Join(' ', outcome.Sentences(t)) + (over.Claim?.Case is { } number ? " " + t["pay.case"] + " " + number : "");
    }
}
