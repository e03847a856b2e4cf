using System.Collections.Immutable;

namespace Kiosk.Domain.Hall;

/// <summary>Why the hall says no. Each has a sentence in <see cref="RejectionSentences"/> and a machine-readable name in kebab case.</summary>
public enum Rejection
{
    DayNotOpen,
    DayAlreadyOpen,
    DayAlreadyClosed,
    DayClosing,
    UnknownService,
    DailyLimitReached,
    UnknownCounter,
    CounterClosed,
    CounterAlreadyOpen,
    CounterPaused,
    CounterNotPaused,
    CounterBusy,
    CounterChanged,
    NobodyWaiting,
    NobodyAtCounter,
    AlreadyBegun,
    UnknownTicket,
    TicketEnded,
    TicketAtCounter,
    TicketNotHeld,
    NoShowTooLate,
    ServiceNotOffered,
    TransferNowhere,
    SlipPending,
    NoPrinter,
    UnknownSlip,
    OutsideHours,
    LastTicketGone,
    LongWait,
    AppointmentTooEarly,
    AppointmentTooLate,
    AppointmentUsed,
    TicketNotWaiting,
    PrioritySame,
    ServiceTwice,
    NotAtCounter,
    NoPayments,
    UnknownBiller,
    MeansNotOffered,
    AmountNotAllowed,
    TerminalBusy,
    CardLocked,
    UnknownPayment,
    PaymentElsewhere,
    NothingPaidIn,
    NoteMoving,
    Committed,
    UnknownAcceptor,
    CountedBefore,
    UnknownReceipt,
    ReceiptPending,
    ReceiptVoid,
    ReasonNeeded,
    UnknownCase,
    SecondPersonNeeded,
    CaseOutcomeImpossible,
    PaymentUnderWay,
    CashNotCounted,
    CountImpossible,
    CardNotTotalled,
    BillerNotStated,
    NothingDeposited,
    PeriodNotClosed,
    NoSurgeStepDue,
}

/// <summary>Either events or one rejection.</summary>
public readonly record struct Decision(ImmutableArray<HallEvent> Events, Rejection? Rejection)
{
    /// <summary>The hall behind the first <see cref="FoldedEvents"/> of the events, where a rule had to look at it: the fold goes on from there instead of beginning anew.</summary>
    internal HallState? Folded { get; init; }

    internal int FoldedEvents { get; init; }

    public static implicit operator Decision(HallEvent fact) => new([fact], null);

    public static implicit operator Decision(Rejection rejection) => new([], rejection);

    public static Decision Of(params ImmutableArray<HallEvent> facts) => new(facts, null);
}
