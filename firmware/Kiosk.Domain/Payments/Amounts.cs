using Kiosk.Domain.Hall;

namespace Kiosk.Domain.Payments;

/// <summary>What may be added to the ledger's sums: their currency, and nothing so large that a sum overflows.</summary>
internal static class Amounts
{
    /// <summary>Of one entry, in the smallest unit: ten thousand million with two places.</summary>
    public const long Most = 1_000_000_000_000;

    public static bool Fits(LedgerState ledger, Money amount, long least = 1) => amount.Currency == ledger.Currency && amount.Minor >= least && amount.Minor <= Most;
}
