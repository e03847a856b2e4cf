using System.Collections.Immutable;

namespace Kiosk.Domain.Site;

/// <summary>The self-service terminal of a hall: <c>payments</c> in hall.json.</summary>
/// <param name="Terminal">Begins its receipt numbers: <c>T1</c> gives <c>T1-000042</c>. A-Z and 0-9, 1 to 8 signs.</param>
/// <param name="Currency">ISO 4217; every amount of the terminal is in it.</param>
/// <param name="Card">Null: no cards.</param>
/// <param name="Cash">Null: no cash.</param>
public sealed record PaymentsProfile(string Terminal, string Currency, ImmutableArray<BillerProfile> Billers, CardProfile? Card, CashProfile? Cash)
{
    /// <summary>A case of more than this (smallest unit) is settled by two people.</summary>
    public long TwoPeopleAbove { get; init; } = 20_000;

    public BillerProfile? Biller(string id) => Billers.FirstOrDefault(biller => biller.Id == id);
}

/// <param name="Id"><c>a-z 0-9 -</c>.</param>
/// <param name="Url">Of its service; <c>emulated:</c> for the one that comes with the demo.</param>
/// <param name="Account">How its account numbers look.</param>
public sealed record BillerProfile(string Id, Texts Name, Uri Url, AccountProfile Account, BillerAccess Access)
{
    /// <summary>One attempt.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Smallest unit; what may be paid at once.</summary>
    public long Least { get; init; } = 100;

    public long Most { get; init; } = 500_000;
}

/// <param name="Label">What the customer is asked for: "Mobile number".</param>
/// <param name="Digits">Allowed numbers of digits.</param>
/// <param name="Check">Whether the last digit is a check digit.</param>
public sealed record AccountProfile(Texts Label, ImmutableArray<int> Digits, AccountCheck Check = AccountCheck.None)
{
    /// <summary>Whether it can be an account number, as far as one can tell without asking the biller.</summary>
    public bool Allows(string account) => HasLength(account) && account.All(char.IsAsciiDigit) && ChecksOut(account);

    public bool HasLength(string digits) => Digits.Contains(digits.Length);

    /// <summary>The last digit is what it must be: a slip of the finger is found before the biller is asked.</summary>
    public bool ChecksOut(string digits) => Check switch
    {
        AccountCheck.Luhn => Luhn(digits),
        _ => true,
    };

    // ISO/IEC 7812-1, annex B: from the right every second digit counts double, its digits summed.
    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            var counted = place % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return digits.Length > 0 && sum % 10 == 0;
    }
}

public enum AccountCheck
{
    None,

    /// <summary>ISO/IEC 7812-1, annex B.</summary>
    Luhn,
}

/// <summary>How the terminal proves to the biller who it is.</summary>
public abstract record BillerAccess
{
    private BillerAccess() { }

    /// <summary>OAuth 2.0 client credentials (RFC 6749, 4.4).</summary>
    /// <param name="SecretFile">Relative to the profile; only its owner may read it.</param>
    public sealed record ClientCredentials(Uri TokenUrl, string ClientId, string SecretFile, string? Scope) : BillerAccess;

    /// <summary>Mutual TLS (RFC 8705).</summary>
    /// <param name="CertificateFile">PEM, with <paramref name="KeyFile"/>.</param>
    /// <param name="AuthorityFile">PEM of the authority that signed the biller's certificate; null: the system's.</param>
    public sealed record MutualTls(string CertificateFile, string KeyFile, string? AuthorityFile) : BillerAccess;

    /// <summary>Only with <c>emulated:</c>, which makes its own secret at each start.</summary>
    public sealed record Emulated : BillerAccess;
}

/// <param name="Device">Id of a device of class CardTerminal.</param>
/// <param name="PostLater">An authorised payment is committed although the biller does not answer in time, and posted later. Else it is reversed.</param>
public sealed record CardProfile(string Device, bool PostLater)
{
    /// <summary>How long an authorised payment is held for the biller, at most 20 s.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(15);
}

/// <param name="Devices">Ids of devices of class CashAcceptor.</param>
/// <param name="Accept">Denominations, in the smallest unit, in rising order.</param>
/// <param name="Most">What one payment may put in, at most.</param>
public sealed record CashProfile(ImmutableArray<string> Devices, ImmutableArray<long> Accept, long Most, Overpaid Overpaid);

/// <summary>What becomes of cash above the amount to be paid: change is not given.</summary>
public enum Overpaid
{
    /// <summary>All of it is credited to the account.</summary>
    Credit,

    /// <summary>A claim slip is printed for it, and a case opened.</summary>
    Claim,
}
