using static Kiosk.Domain.Site.Reading.ProfileShape;
using static Kiosk.Domain.Site.Reading.ValueRule;

namespace Kiosk.Domain.Site.Reading;

/// <summary>The shape of <c>payments</c>. What a kind of access needs and does not know is for <see cref="PaymentsSense"/>.</summary>
internal static class PaymentsShape
{
    public const string Emulated = "emulated:";

    /// <summary>A million of a currency with two places behind the point: far above what a terminal takes, far below where sums overflow.</summary>
    private const int MostMinor = 100_000_000;

    // A mask shows the last four digits: an account of four would be shown whole.
    private const int FewestDigits = 5, MostDigits = 32;

    /// <remarks>Nothing here is a field: ProfileShape is made with it, and must not wait for itself.</remarks>
    public static Members Of(Text id, ByLanguage texts, Text line)
    {
        var account = new Members(
            Must("label", texts),
            Must("digits", new List(new Whole(FewestDigits, MostDigits), 1, 8, "numbers of digits, in rising order")),
            May("check", new Choice("none", "luhn")));

        var access = new Members(
            Must("kind", new Choice("oauth2", "mtls")),
            May("tokenUrl", ServiceAddress),
            May("clientId", line),
            May("secretFile", line),
            May("scope", line),
            May("certificateFile", line),
            May("keyFile", line),
            May("authorityFile", line));

        var biller = new Members(
            Must("id", id),
            Must("name", texts),
            Must("url", BillerAddress),
            Must("account", account),
            May("access", access),
            May("patienceSeconds", new Whole(1, 60)),
            May("least", new Whole(1, MostMinor)),
            May("most", new Whole(1, MostMinor)));

        var card = new Members(
            Must("device", id),
            Must("postLater", new Truth()),
            May("holdSeconds", new Whole(1, 20)));

        var cash = new Members(
            Must("devices", new List(id, 1, 8, "ids of devices", Distinct: true)),
            Must("accept", new List(new Whole(1, MostMinor), 1, 32, "denominations in the smallest unit, in rising order")),
            Must("most", new Whole(1, MostMinor)),
            Must("overpaid", new Choice("credit", "claim")));

        return new(
            Must("terminal", new Text("^[A-Z0-9]{1,8}$", 8, "1 to 8 of A-Z and 0-9, as T1")),
            Must("currency", new Text("^[A-Z]{3}$", 3, "a currency of ISO 4217 as CNY")),
            Must("billers", new List(biller, 1, 16, "billers")),
            May("card", card),
            May("cash", cash),
            May("twoPeopleAbove", new Whole(0, MostMinor)));
    }

    public static Text ServiceAddress => new("^https?://[^\\s]+$", 200, "an address as https://biller.example/v1; http:// only on this machine (127.0.0.1)");

    public static Text BillerAddress =>
        new("^(emulated:|https?://[^\\s]+)$", 200, "emulated: for the biller of the demo, or an address as https://biller.example/v1; http:// only on this machine (127.0.0.1)");
}
