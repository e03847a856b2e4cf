using Kiosk.Domain.Hall;

namespace Kiosk.Ui.Screens.Clerk;

/// <summary>One key of the soft key-pad.</summary>
/// <param name="Name">As in the address of the interface: <c>next</c>, <c>no-show</c>.</param>
/// <param name="Refused">Why the hall would say no now, or null: the key can be pressed.</param>
public sealed record ClerkKey(string Name, Rejection? Refused);

/// <summary>A ticket set aside at the counter, and whether it may come back.</summary>
public sealed record AsideTicket(Ticket Ticket, Rejection? ResumeRefused, Rejection? CancelRefused);
