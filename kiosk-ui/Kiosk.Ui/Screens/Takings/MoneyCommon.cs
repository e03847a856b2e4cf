using Kiosk.Domain.Site;
using Kiosk.Domain.Staff;

namespace Kiosk.Ui.Screens.Takings;

/// <summary>What every page about money gets.</summary>
/// <param name="Press">For the hidden field <c>request</c>: sent twice a form is done once.</param>
/// <param name="Cases">Open ones.</param>
public sealed record MoneyCommon(Phrases T, HallProfile Profile, SignedIn? Reader, string Press, string? Message, bool Good, int Cases)
{
    /// <summary>Whether who looks may also act. What may be done is decided again when it is asked for.</summary>
    public bool Settles => Reader?.Role.May(Right.SettleMoney) == true;
}
