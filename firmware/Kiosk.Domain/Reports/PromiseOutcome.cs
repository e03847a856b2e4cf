using Kiosk.Domain.Hall;
using Kiosk.Domain.Waiting;

namespace Kiosk.Domain.Reports;

/// <summary>A promise, and what became of it.</summary>
/// <param name="Service">For which it was issued.</param>
/// <param name="LastServed">Wait of the customer of this service who was called last before the issue, in seconds; null: nobody had been called yet.</param>
/// <param name="Wait">Issue to first call, in whole seconds; null while it waits, and where it is not scored.</param>
public sealed record PromiseOutcome(TicketNumber Number, string Service, DateTimeOffset IssuedAt, WaitPromise Promise, int? LastServed, int? Wait = null);
