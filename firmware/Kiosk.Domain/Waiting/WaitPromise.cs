namespace Kiosk.Domain.Waiting;

/// <summary>What a customer is told about the wait when the number is taken. It is kept with the ticket and scored when the ticket is called.</summary>
/// <param name="About">Seconds; as many waits should be shorter as longer.</param>
/// <param name="From">Seconds. Nine of ten waits should lie from here to the end that follows, ends included: the range that people see, rounded.</param>
/// <param name="To">Seconds.</param>
/// <param name="LikelyFrom">Seconds. Every second wait should lie from here to the end that follows.</param>
/// <param name="LikelyTo">Seconds.</param>
public sealed record WaitPromise(int About, int From, int To, int LikelyFrom, int LikelyTo)
{
    /// <summary>Whether a wait of so many seconds keeps the promise.</summary>
    public bool Holds(double wait) => From <= wait && wait <= To;

    /// <summary>Whether it lies within the range in which every second wait should lie.</summary>
    public bool HoldsLikely(double wait) => LikelyFrom <= wait && wait <= LikelyTo;
}
