namespace Kiosk.Journal;

/// <summary>Names under which the journal keeps how far the store has been told.</summary>
public static class ReportedPlaces
{
    /// <summary>The place behind which reporting goes on.</summary>
    public const string Place = "mqtt-evt";

    /// <summary>The last word of a store; 0 = there never was one, or it was forgotten.</summary>
    public const string StoreWord = "mqtt-ack";
}
