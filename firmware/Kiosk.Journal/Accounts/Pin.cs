namespace Kiosk.Journal.Accounts;

/// <summary>What may be a PIN. Digits only: it is typed on touch screens.</summary>
public static class Pin
{
    /// <summary>Six digits hold out against guessing at the sign-in, which is slow and locks; four do not.</summary>
    public const int Shortest = 6;

    /// <summary>In a demo, where nothing is to be guarded and a PIN is typed often.</summary>
    public const int ShortestInDemo = 4;

    public const int Longest = 12;

    /// <summary>What is wrong with it, or null. Never repeats the PIN.</summary>
    public static string? Trouble(string? pin, int shortest = Shortest) =>
        pin is not null && pin.Length >= shortest && pin.Length <= Longest && pin.All(char.IsAsciiDigit) ? null : $"A PIN is {shortest} to {Longest} digits.";
}
