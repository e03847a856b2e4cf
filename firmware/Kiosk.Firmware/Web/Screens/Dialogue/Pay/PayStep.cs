using Kiosk.Domain.Payments;
using Kiosk.Firmware.Payments.Billers;

namespace Kiosk.Firmware.Web.Screens.Dialogue.Pay;

/// <summary>Where a customer is in paying a bill. What became of the money is not here: the ledger knows.</summary>
internal abstract record PayStep
{
    private PayStep() { }

    /// <summary>Whether the idle time runs. Not while somebody else is working: the biller, the card terminal with its own time.</summary>
    public virtual bool Timed => true;

    /// <summary>Whether the customer may simply walk away from it: nothing has been begun, or all is over.</summary>
    public virtual bool MayLeave => true;

    public sealed record Billers : PayStep;

    /// <param name="Digits">What has been typed, in full: it leaves the host only for the look-up, and this record with its answer.</param>
    public sealed record Account(string Biller, string Digits) : PayStep
    {
        public override string ToString() => $"Account of {Biller}, {Digits.Length} digits";
    }

    /// <param name="Digits">The account in full, until the look-up has answered.</param>
    public sealed record LookingUp(string Biller, string Digits) : PayStep
    {
        public override bool Timed => false;

        public override string ToString() => $"Looking up at {Biller}";
    }

    /// <summary>The biller does not answer.</summary>
    public sealed record Away(string Biller) : PayStep;

    public sealed record Amount(string Biller, Bill Bill) : PayStep;

    public sealed record Typing(string Biller, Bill Bill, string Typed) : PayStep;

    /// <param name="ByHand">The amount was typed: going back leads to the keys.</param>
    public sealed record Means(string Biller, Bill Bill, Money Sum, bool ByHand) : PayStep;

    public sealed record Beginning(Means Chosen, PayMeans By, PaymentId Id) : PayStep
    {
        public override bool Timed => false;

        public override bool MayLeave => false;
    }

    public sealed record Paying(PaymentId Id, PayMeans By, PayProgress Progress) : PayStep
    {
        /// <summary>The customer wants to stop although money is inside, and is asked once more.</summary>
        public bool Asking { get; init; }

        /// <summary>The desk has been asked to stop.</summary>
        public bool Stopping { get; init; }

        /// <summary>Nobody answered the warning.</summary>
        public bool TimedOut { get; init; }

        /// <summary>The desk has been asked to finish.</summary>
        public bool Finishing { get; init; }

        public override bool Timed => Progress.Stage is PayStage.Over || (Progress.Stage is PayStage.Cash && !Stopping && !Finishing);

        public override bool MayLeave => Progress.Stage is PayStage.Over;
    }
}

internal enum PayStage
{
    /// <summary>Asked for, and not in the ledger yet.</summary>
    Starting,

    /// <summary>The card terminal has the customer.</summary>
    Card,

    /// <summary>Notes are taken.</summary>
    Cash,

    /// <summary>Committed, or asked about: the customer waits.</summary>
    Confirming,

    Over,
}

/// <summary>As much of a payment as the dialogue turns on; a change of it restarts the idle time.</summary>
/// <param name="Accepted">Smallest unit.</param>
internal readonly record struct PayProgress(PayStage Stage, long Accepted)
{
    public static PayProgress Of(Payment? payment) => payment switch
    {
        null => new(PayStage.Starting, 0),
        { End: not null } => new(PayStage.Over, payment.Accepted.Minor),
        { Means: PayMeans.Card, CardPhase: CardPhase.None or CardPhase.Sending } => new(PayStage.Card, 0),
        { Means: PayMeans.Cash, Posting: PostingPhase.None } => new(PayStage.Cash, payment.Accepted.Minor),
        _ => new(PayStage.Confirming, payment.Accepted.Minor),
    };
}
