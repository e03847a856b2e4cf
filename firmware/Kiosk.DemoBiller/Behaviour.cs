namespace Kiosk.DemoBiller;

/// <summary>How a biller answers from now on.</summary>
public enum BehaviourKind
{
    /// <summary>As it should.</summary>
    Good,

    /// <summary>Does what is asked, and answers only after <see cref="Behaviour.Delay"/>.</summary>
    Late,

    /// <summary>Does what is asked, and answers with a page that is no JSON.</summary>
    Garbage,

    /// <summary>Does what is asked, and answers postings and queries as if they were another posting's.</summary>
    OtherKey,

    /// <summary>503, nothing done. For a connection that is refused, dispose of the server and start it again on the same port and directory.</summary>
    Away,

    /// <summary>Drops the connection, nothing done.</summary>
    HangUp,

    /// <summary>Books a posting, and answers 500.</summary>
    FailAfterBooking,

    /// <summary>Books a posting, and drops the connection.</summary>
    HangUpAfterBooking,

    /// <summary>Takes a posting twice, as from a network that delivers it twice, and sends the answer twice.</summary>
    Twice,
}

/// <param name="Biller">Only of this one; null: of all.</param>
/// <param name="Times">For so many requests that it fits; null: until it is changed.</param>
public sealed record Behaviour(BehaviourKind Kind, string? Biller = null, int? Times = null)
{
    public static Behaviour Good { get; } = new(BehaviourKind.Good);

    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether it shows in this request. What happens after booking needs something that books.</summary>
    internal bool Fits(string biller, Route route) => (Biller is null || Biller == biller) && Kind switch
    {
        BehaviourKind.Good => false,
        BehaviourKind.FailAfterBooking or BehaviourKind.HangUpAfterBooking or BehaviourKind.Twice => route == Route.Post,
        BehaviourKind.OtherKey => route is Route.Post or Route.Query,
        _ => true,
    };
}

internal enum Route
{
    LookUp,
    Post,
    Query,
    Cancel,
    Statement,
}
