using System.Globalization;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Web.Screens.Dialogue;
using Kiosk.Firmware.Web.Screens.Dialogue.Pay;

namespace Kiosk.Firmware.Web.Screens.Pages;

/// <summary>The keys of paying: the form's field <c>pay</c> says which (<c>biller:water</c>, <c>digit:5</c>, <c>card</c>, <c>stop</c>).</summary>
internal sealed class PayPresses(KioskDialogues dialogues, PayErrands errands, HallFeed feed)
{
    public void Apply(string machine, IFormCollection form, string step)
    {
        if (feed.Profile.Payments is not { } site || form.Field("pay") is not { } pressed) return;

        var (key, value) = pressed.Split(':', 2) is [var name, var rest] ? (name, rest) : (pressed, "");
        var place = int.TryParse(form.Field("place"), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : -1;
        var shown = dialogues.Of(machine);
        if (Input(site, shown.Pay, key, value, step, place) is { } input)
        {
            var now = dialogues.Apply(machine, input, out var before);
            Follow(machine, before, now);
        }
        else if (key == "print")
        {
            Print(machine, shown, value);
        }
    }

    private static KioskInput? Input(PaymentsProfile site, PayStep? now, string key, string value, string step, int place) => (key, now) switch
    {
        ("start", _) => new KioskInput.PayChosen(step),
        ("biller", _) => site.Biller(value) is { } biller ? new KioskInput.BillerChosen(step, biller.Id) : null,
        ("digit", PayStep.Account account) => Digit(value) is { } digit && site.Biller(account.Biller) is { } biller ? new KioskInput.AccountDigit(step, digit, place, biller.Account) : null,
        ("digit", PayStep.Typing) => (value == "." ? '.' : Digit(value)) is { } sign ? new KioskInput.AmountSign(step, sign, place, site.Currency) : null,
        ("erase", _) => new KioskInput.PayErased(step, place),
        ("account", PayStep.Account account) => site.Biller(account.Biller) is { } biller ? new KioskInput.AccountGiven(step, biller.Account) : null,
        ("sum", PayStep.Amount amount) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) && site.Biller(amount.Biller) is { } biller
            && PayLimits.Allows(biller, amount.Bill, new(minor, site.Currency)) ? new KioskInput.AmountChosen(step, new(minor, site.Currency)) : null,
        ("other", _) => new KioskInput.OtherAmount(step),
        ("typed", PayStep.Typing typing) => TypedAmount.Read(typing.Typed, site.Currency) is { } sum && site.Biller(typing.Biller) is { } biller
            && PayLimits.Allows(biller, typing.Bill, sum) ? new KioskInput.AmountChosen(step, sum) : null,
        ("card", _) => new KioskInput.MeansChosen(step, PayMeans.Card, new(TicketCodes.Draw().Value)),
        ("cash", _) => new KioskInput.MeansChosen(step, PayMeans.Cash, new(TicketCodes.Draw().Value)),
        ("back", _) => new KioskInput.PayBack(step),
        ("leave", _) => new KioskInput.PayGivenUp(step),
        ("stop", _) => new KioskInput.StopChosen(step),
        ("stop-yes", _) => new KioskInput.StopMeant(step),
        ("stop-no", _) => new KioskInput.StopTakenBack(step),
        ("finish", _) => new KioskInput.FinishChosen(step),
        _ => null,
    };

    private static char? Digit(string value) => value is [>= '0' and <= '9' and var digit] ? digit : null;

    // Whoever made the step does what follows from it: of two presses of one step one finds it changed.
    private void Follow(string machine, KioskDialogue before, KioskDialogue now)
    {
        if (before.Step == now.Step) return;
        switch (now.Pay)
        {
            case PayStep.LookingUp looking:
                errands.Send(new PayErrand.LookUp(machine, now.Step, looking.Biller, looking.Digits));
                break;
            case PayStep.Beginning beginning:
                errands.Send(new PayErrand.Begin(machine, Wanted(beginning, now.Language)));
                break;
            case PayStep.Paying { Stopping: true } paying:
                errands.Send(new PayErrand.Stop(machine, paying.Id, "cancelled"));
                break;
            case PayStep.Paying { Finishing: true } paying:
                errands.Send(new PayErrand.Finish(machine, paying.Id));
                break;
        }
    }

    private static HallCommand.BeginPayment Wanted(PayStep.Beginning beginning, string language)
    {
        var (biller, bill, sum) = (beginning.Chosen.Biller, beginning.Chosen.Bill, beginning.Chosen.Sum);
        return new(beginning.Id, biller, bill.Reference, bill.MaskedAccount, bill.MaskedName, bill.Due, sum, beginning.By, language);
    }

    // Only a receipt of the payment that this machine shows: its number says enough. The step may have changed while the press was on its way, as the outcome is shown a moment before it.
    private void Print(string machine, KioskDialogue dialogue, string value)
    {
        if (dialogue.Pay is not PayStep.Paying paying || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return;

        var receipt = feed.Latest.State.Ledger?.ReceiptsOf(paying.Id).FirstOrDefault(known => known.Number == number);
        if (receipt is { Phase: null, VoidReason: null }) errands.Send(new PayErrand.Print(machine, paying.Id, number));
    }
}
