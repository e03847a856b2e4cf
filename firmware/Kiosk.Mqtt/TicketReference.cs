using System.Security.Cryptography;
using System.Text;
using Kiosk.Domain.Hall;

namespace Kiosk.Mqtt;

/// <summary>
/// What the store may know instead of a ticket's id, which opens the customer's page: the first 8 hex digits of the SHA-256 of the id.
/// The same ticket has the same reference for ever; the way back is closed, as 32 of 60 random bits do not say which.
/// Two tickets of a hall can share one by chance: (business day, number) is the key, the reference says whether it is the same ticket.
/// </summary>
public static class TicketReference
{
    public const int HexDigits = 8;

    public static string Of(TicketId ticket) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(ticket.Value)).AsSpan(0, HexDigits / 2));
}
