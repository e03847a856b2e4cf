using System.Collections.Immutable;
using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Views;

/// <summary>A call that a loudspeaker is saying now, for those who do not hear it.</summary>
/// <param name="Languages">In which it is said, in this order.</param>
public sealed record Caption(TicketNumber Number, CounterId Counter, ImmutableArray<string> Languages);
