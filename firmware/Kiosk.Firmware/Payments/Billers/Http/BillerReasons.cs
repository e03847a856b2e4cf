namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>The reasons of problem documents that the protocol knows. Any other one decides nothing.</summary>
internal static class BillerReasons
{
    public const string NoSuchAccount = "no-such-account", AccountClosed = "account-closed", NotKnown = "not-known", Cancelled = "cancelled";

    /// <summary>Of a posting that has no effect and never will have one. <c>key-reused</c> is not among them: another posting has its effect under that key.</summary>
    private static readonly HashSet<string> Refusals = new(StringComparer.Ordinal)
    {
        AccountClosed, Cancelled, "not-accepted", "reference-unknown", "reference-expired", "amount-too-small", "amount-too-large", "currency-not-accepted",
    };

    public static bool IsRefusal(string? reason) => reason is not null && Refusals.Contains(reason);

    /// <summary>Of a cancellation that is not done.</summary>
    public static bool KeepsPosting(string reason) => reason is "too-late" or "not-allowed";
}
