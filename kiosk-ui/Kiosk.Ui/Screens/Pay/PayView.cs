using System.Collections.Immutable;
using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;

namespace Kiosk.Ui.Screens.Pay;

/// <summary>What the self-service terminal can do now.</summary>
/// <param name="Open">A payment can be begun.</param>
/// <param name="Finishing">An earlier payment is not finished yet.</param>
/// <param name="CardLocked">The outcome of an earlier card payment is not known.</param>
public sealed record PayReady(bool Open, bool Card, bool Cash, bool Printer, bool Finishing, bool CardLocked)
{
    public bool Possible => Open && (Card || Cash);
}

/// <summary>A bill as the biller told it; masked.</summary>
public sealed record PayBill(Texts Biller, string Account, string Name, Money Due, Money Least, Money Most);

/// <param name="Name"><c>T1-000042</c>.</param>
/// <param name="Case"><c>T1-C0007</c>, of a claim slip.</param>
/// <param name="Phase">Null: not sent to paper.</param>
public sealed record PayPaper(int Number, string Name, Money Amount, string? Case, SlipPhase? Phase);

/// <summary>Cash as it is told before the first note.</summary>
/// <param name="Most">What one payment may put in.</param>
public sealed record PayNotes(ImmutableArray<Money> Accept, Money Most, Overpaid Overpaid);

/// <summary>One step of paying a bill, as it is shown. No full account is in any of them.</summary>
public abstract record PayView
{
    private PayView() { }

    /// <summary>Until when nothing has been begun: the customer may go back and leave.</summary>
    public virtual bool MayGoBack => false;

    public sealed record Billers(ImmutableArray<BillerProfile> All) : PayView;

    /// <param name="Shown">Masked but for the last four digits.</param>
    /// <param name="Fits">As many digits as an account has.</param>
    /// <param name="Full">No digit more.</param>
    public sealed record Account(BillerProfile Biller, string Shown, bool Fits, bool Full) : PayView
    {
        public override bool MayGoBack => true;
    }

    public sealed record LookingUp(BillerProfile Biller) : PayView;

    public sealed record Away(BillerProfile Biller) : PayView
    {
        public override bool MayGoBack => true;
    }

    /// <param name="Due">It may be paid at once.</param>
    public sealed record Amount(PayBill Bill, bool Due, ImmutableArray<Money> Presets) : PayView
    {
        public override bool MayGoBack => true;
    }

    /// <param name="Point">The currency has places behind the point.</param>
    public sealed record Typing(PayBill Bill, string Typed, bool Fits, bool Point) : PayView
    {
        public override bool MayGoBack => true;
    }

    /// <param name="ByCard">Null: no cards at this terminal. Else why not now, as the key of a sentence, or empty.</param>
    public sealed record Means(PayBill Bill, Money Sum, string? ByCard, string? ByCash, PayNotes? Notes) : PayView
    {
        public override bool MayGoBack => true;
    }

    public sealed record Starting : PayView;

    /// <param name="Showing">Key of the sentence about what the card terminal shows.</param>
    public sealed record Card(PayBill Bill, Money Sum, string Showing, bool Stopping) : PayView;

    /// <param name="Moving">A note is being taken in.</param>
    /// <param name="Asking">Whether to stop, although money is inside.</param>
    public sealed record Cash(PayBill Bill, Money Sum, Money PutIn, PayNotes Notes, bool Moving, bool MayFinish, bool Asking, bool Stopping) : PayView
    {
        public Money Left => PutIn >= Sum ? Money.Zero(Sum.Currency) : Sum - PutIn;
    }

    /// <param name="Unknown">The terminal is being asked what became of the card.</param>
    public sealed record Confirming(PayBill Bill, Money Sum, PayMeans By, bool Unknown) : PayView;

    /// <param name="Receipt">Null: there is none.</param>
    /// <param name="Address">Of the receipt, for the customer's phone.</param>
    public sealed record Over(PayBill Bill, Payment Payment, PayPaper? Receipt, PayPaper? Claim, string? Address, bool Printer) : PayView
    {
        /// <summary>Nobody knows what became of the card.</summary>
        public bool Unknown => Payment is { End: PaymentEnd.Case, CardPhase: CardPhase.Unknown };
    }
}
