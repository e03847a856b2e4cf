namespace Kiosk.DemoBiller;

/// <summary>What a biller has really done with a posting.</summary>
/// <param name="Number">Counts up in the order of booking, over all billers of the server.</param>
/// <param name="State"><c>confirmed</c>, <c>refused</c> or <c>cancelled</c>.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="LastFour">Of the account.</param>
public sealed record BookedPosting(long Number, string Biller, string Key, string State, string? Reason, string? LastFour, long Amount, string? Terminal, int? Period)
{
    /// <summary>As the terminal is told.</summary>
    public string Receipt => ReceiptOf(Number);

    internal static string ReceiptOf(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"B{number:00000000}");
}
