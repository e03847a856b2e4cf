namespace Kiosk.Hardware.Terminals.Zvt;

/// <summary>Receipt numbers and what a terminal tells of a payment.</summary>
internal static class Slips
{
    /// <summary>Four digits; 0 is never given.</summary>
    private const int LastReceipt = 9999;

    public static CardSlip Of(StatusInformation status, CardAmount amount, string? terminalId) => new(
        amount, status.TerminalId ?? terminalId ?? "", status.Receipt ?? 0, status.Trace ?? 0, status.MaskedCard, status.CardName, status.Authorisation);

    /// <summary>Numbers run from 1 to 9999 and begin again: of two, the newer one is less than half the round ahead.</summary>
    /// <returns>Above zero: newer; below: older; zero: the same.</returns>
    public static int Age(int receipt, int than)
    {
        var ahead = (((receipt - than) % LastReceipt) + LastReceipt) % LastReceipt;
        return ahead <= LastReceipt / 2 ? ahead : ahead - LastReceipt;
    }
}
