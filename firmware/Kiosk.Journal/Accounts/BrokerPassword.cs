using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Journal.Accounts;

/// <summary>Passwords as mosquitto keeps them: <c>$7$iterations$salt$hash</c>, PBKDF2 with SHA-512; see mosquitto_passwd(1).</summary>
public static class BrokerPassword
{
    public const int Shortest = 12, Longest = 100;

    /// <summary>For passwords that people choose. The broker has one thread, which does nothing else while it checks one: 20,000 took 18 ms of a core.</summary>
    public const int Iterations = 20_000;

    /// <summary>For random ones of 160 bits and more, which nobody guesses: what mosquitto_passwd itself takes.</summary>
    public const int IterationsOfRandom = 101;

    private const int SaltBytes = 12, HashBytes = 64;

    /// <summary>160 random bits as 32 signs of <c>a-z 2-7</c>: readable aloud, and safe in every file and shell.</summary>
    public static string Random() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", 32);

    /// <summary>What is wrong with it, or null. Never repeats it.</summary>
    public static string? Trouble(string? password) =>
        password is { Length: >= Shortest and <= Longest } && password.All(sign => sign is > ' ' and < '\u007f')
            ? null
            : $"A password of the broker is {Shortest} to {Longest} letters, digits and signs of ASCII, without spaces.";

    public static string Hash(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(
            CultureInfo.InvariantCulture, $"$7${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, iterations))}");
    }

    public static bool Matches(string hash, string password) =>
        Parts(hash) is var (iterations, salt, kept) && CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), kept);

    /// <summary>Whether the broker can check it: a line it cannot read makes mosquitto end.</summary>
    internal static bool Sound(string hash) => Parts(hash) is not null;

    private static (int Iterations, byte[] Salt, byte[] Hash)? Parts(string text)
    {
        if (text.Split('$') is not ["", "7", var count, var salt, var hash]) return null;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < 1 or > 10_000_000) return null;
        return Bytes(salt) is { Length: SaltBytes } salted && Bytes(hash) is { Length: HashBytes } kept ? (iterations, salted, kept) : null;
    }

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
