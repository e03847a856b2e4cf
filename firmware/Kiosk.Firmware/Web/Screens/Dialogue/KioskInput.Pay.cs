using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;
using Kiosk.Firmware.Payments.Billers;
using Kiosk.Firmware.Web.Screens.Dialogue.Pay;

namespace Kiosk.Firmware.Web.Screens.Dialogue;

internal abstract partial record KioskInput
{
    /// <summary>What happens while a bill is paid.</summary>
    public abstract record OfPay : KioskInput;

    /// <summary>A key of the customer. Of another step than the one that shows it does nothing.</summary>
    public abstract record PayKey(string Step) : OfPay;

    public sealed record PayChosen(string Step) : PayKey(Step);

    public sealed record BillerChosen(string Step, string Biller) : PayKey(Step);

    /// <param name="Place">How many digits stood there when the key was pressed.</param>
    public sealed record AccountDigit(string Step, char Digit, int Place, AccountProfile How) : PayKey(Step);

    /// <summary>The account is typed: look it up.</summary>
    public sealed record AccountGiven(string Step, AccountProfile How) : PayKey(Step);

    public sealed record AmountChosen(string Step, Money Sum) : PayKey(Step);

    public sealed record OtherAmount(string Step) : PayKey(Step);

    /// <param name="Sign">A digit or the point.</param>
    public sealed record AmountSign(string Step, char Sign, int Place, string Currency) : PayKey(Step);

    /// <summary>The last sign of account or amount goes away.</summary>
    public sealed record PayErased(string Step, int Place) : PayKey(Step);

    /// <param name="Id">Drawn by the caller: whoever finds it in the next step begins the payment.</param>
    public sealed record MeansChosen(string Step, PayMeans By, PaymentId Id) : PayKey(Step);

    /// <summary>One step back, as long as nothing has been begun.</summary>
    public sealed record PayBack(string Step) : PayKey(Step);

    /// <summary>Back to the first screen; what was typed is forgotten.</summary>
    public sealed record PayGivenUp(string Step) : PayKey(Step);

    /// <summary>The customer wants to stop a payment that was begun.</summary>
    public sealed record StopChosen(string Step) : PayKey(Step);

    /// <summary>Yes, although money is inside.</summary>
    public sealed record StopMeant(string Step) : PayKey(Step);

    public sealed record StopTakenBack(string Step) : PayKey(Step);

    public sealed record FinishChosen(string Step) : PayKey(Step);

    /// <param name="Step">Of the look-up.</param>
    public sealed record BillFound(string Step, Bill Bill) : OfPay;

    public sealed record AccountUnknown(string Step) : OfPay;

    public sealed record BillerAway(string Step) : OfPay;

    public sealed record PaymentBegun(PaymentId Id) : OfPay;

    /// <param name="Notice">Key of the sentence to show.</param>
    public sealed record PaymentRefused(PaymentId Id, string Notice) : OfPay;

    public sealed record PaymentMoved(PaymentId Id, PayProgress Progress) : OfPay;

    /// <summary>The desk cannot do now what it was asked for.</summary>
    public sealed record DeskRefused(PaymentId Id, string Notice) : OfPay;
}
