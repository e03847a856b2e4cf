using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Journal.Accounts;

/// <summary>A PIN as it is kept: PBKDF2 with SHA-512 and its own salt, made slow on purpose.</summary>
/// <param name="Salt">16 random bytes, Base64.</param>
/// <param name="Hash">64 bytes, Base64.</param>
public sealed record PinHash(string Salt, int Iterations, string Hash)
{
    /// <summary>One check took 175 to 185 ms of one core of the machine this was written on (x86-64, 2 cores). A board is slower; sign-ins are few.</summary>
    public const int Iterations2026 = 120_000;

    /// <summary>No account has it: checking it takes as long as checking a real one, so that an unknown user is not answered faster.</summary>
    public static PinHash Nobodys(int iterations) => new(Random(SaltLength), iterations, Random(HashLength));

    public static PinHash Of(string pin, int iterations = Iterations2026)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new(Convert.ToBase64String(salt), iterations, Convert.ToBase64String(Derive(pin, salt, iterations)));
    }

    public bool Matches(string pin) =>
        CryptographicOperations.FixedTimeEquals(Derive(pin, Convert.FromBase64String(Salt), Iterations), Convert.FromBase64String(Hash));

    /// <summary>Whether it can be checked at all: a file may have been edited by hand.</summary>
    internal bool Sound =>
        Iterations is >= 1 and <= 10_000_000 && Bytes(Salt) is { Length: >= SaltLength } && Bytes(Hash) is { Length: HashLength };

    // A record would print salt and hash into any log line that names an account.
    public override string ToString() => "PinHash";

    private const int SaltLength = 16, HashLength = 64;

    private static byte[] Derive(string pin, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(pin), salt, iterations, HashAlgorithmName.SHA512, HashLength);

    private static string Random(int length) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(length));

    private static byte[]? Bytes(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
