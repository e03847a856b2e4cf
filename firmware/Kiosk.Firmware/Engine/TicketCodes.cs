using System.Security.Cryptography;
using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Engine;

/// <summary>Draws ticket ids that nobody can guess.</summary>
internal static class TicketCodes
{
    private const string CrockfordBase32 = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 12;

    public static TicketId Draw() => new(RandomNumberGenerator.GetString(CrockfordBase32, Length));
}
