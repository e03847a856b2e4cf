using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Waiting;

/// <summary>What the hall has learned about its waits. It outlives the business day.</summary>
public sealed record HallWaits
{
    public static HallWaits Empty { get; } = new();

    /// <summary>What somebody who joins the line of the service now can be told; null while that is not calibrated, or was withdrawn.</summary>
#pragma warning disable CA1822 // What is learned comes with the next commits.
    public WaitPromise? Promise(HallState hall, ServiceId service, PriorityClass? priority, DateTimeOffset at) => null;
#pragma warning restore CA1822
}
