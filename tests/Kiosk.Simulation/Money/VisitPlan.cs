using Kiosk.DemoBiller;
using Kiosk.Domain.Payments;

namespace Kiosk.Simulation.Money;

/// <summary>What a customer is up to.</summary>
internal enum CustomerKind
{
    Pays,
    Overpays,
    CancelsBefore,
    CancelsInside,
    WalksAway,
    Declined,
    OtherAmount,
    NoCard,
    Aborts,
}

/// <param name="Writes">Dies at this write behind the beginning of the payment; null: after <paramref name="After"/>.</param>
/// <param name="Fuse">The devices too.</param>
/// <param name="Forgets">The card terminal forgets its last status, but not the money.</param>
internal sealed record PlannedCut(TimeSpan After, int? Writes, bool Behind, bool Fuse, bool Forgets, TimeSpan Dark);

/// <param name="Lasts">Null: for the times of the behaviour.</param>
internal sealed record PlannedMood(TimeSpan After, Behaviour Behaviour, TimeSpan? Lasts = null);

internal sealed record PlannedMishap(TimeSpan After, string Driver, Mishap Mishap);

/// <summary>One customer's visit and what goes wrong in it.</summary>
/// <param name="Bills">The first one whose biller can be asked.</param>
/// <param name="Items">Notes and coins, in order.</param>
/// <param name="Hasty">Puts the next one in before the terminal has dealt with the one before.</param>
/// <param name="Pause">Before the card is shown, or before the customer gives up.</param>
internal sealed record VisitPlan(
    int Number, IReadOnlyList<(string Biller, string Account)> Bills, PayMeans Means, CustomerKind Kind, long Amount, IReadOnlyList<(string Driver, long Value)> Items, bool Hasty, TimeSpan Pause)
{
    public PlannedMishap? Mishap { get; init; }

    public PlannedMood? Mood { get; init; }

    public PlannedCut? Cut { get; init; }

    /// <summary>Staff settle what locks the cards before this visit.</summary>
    public bool StaffCome { get; init; }
}
