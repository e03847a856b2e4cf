using System.Globalization;
using System.Text.Json.Nodes;

namespace Kiosk.Hardware.Cash.Emulation;

/// <summary>What an eye would see, were the acceptor made of glass.</summary>
internal sealed partial class EmulatedTill
{
    private static readonly Dictionary<CashBoxState, string> BoxWords = new()
    {
        [CashBoxState.InPlace] = "in-place", [CashBoxState.NearFull] = "near-full", [CashBoxState.Full] = "full", [CashBoxState.Removed] = "removed",
    };

    private static readonly Dictionary<TillPlace, string> PlaceWords = new()
    {
        [TillPlace.Nowhere] = "nowhere", [TillPlace.Escrow] = "escrow", [TillPlace.TowardsBox] = "towards-box",
        [TillPlace.TowardsCustomer] = "towards-customer", [TillPlace.Stuck] = "stuck",
    };

    /// <summary>Adds <c>box, returned, collected, freed</c> (value in the smallest unit → count), <c>escrow, moving, stuck</c> (value or null), <c>place, boxState,
    /// level, boxesTaken</c>.</summary>
    public void Describe(JsonObject look)
    {
        look["box"] = Counts(_box);
        look["returned"] = Counts(_returned);
        look["collected"] = Counts(_collected);
        look["freed"] = Counts(_freed);
        look["escrow"] = Place == TillPlace.Escrow ? Item : null;
        look["moving"] = Place is TillPlace.TowardsBox or TillPlace.TowardsCustomer ? Item : null;
        look["stuck"] = Place == TillPlace.Stuck ? Item : null;
        look["place"] = PlaceWords[Place];
        look["boxState"] = BoxWords[BoxState];
        look["level"] = Level;
        look["boxesTaken"] = _boxesTaken;
    }

    private static JsonObject Counts(SortedDictionary<long, int> counts) =>
        new(counts.Select(pair => KeyValuePair.Create(pair.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)pair.Value)));
}
