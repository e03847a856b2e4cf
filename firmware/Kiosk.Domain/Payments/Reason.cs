namespace Kiosk.Domain.Payments;

/// <summary>What staff must write beside a decision about money.</summary>
public static class Reason
{
    public const int Least = 3, Most = 400;

    public static bool IsGood(string reason) => reason.Trim().Length is >= Least and <= Most;
}
