using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Kiosk.DemoBiller;

/// <summary>What one biller does with requests; <c>firmware/docs/billers.md</c> is its contract. Each is done as a whole, one at a time.</summary>
internal sealed class BillerDesk(DemoBillerProfile biller, BillerStore store, TimeSpan referenceLife, TimeProvider time)
{
    public Answer LookUp(RequestText request)
    {
        var account = request.Text("account", 64);
        if (request.Text("currency", 3) != biller.Currency) return Answer.Problem(422, "currency-not-accepted", $"This biller takes {biller.Currency}.");

        lock (store.Gate)
        {
            var (nature, seal) = (Accounts.Of(account), store.Seal(biller.Id, account));
            if (nature == Nature.Missing || !account.All(char.IsAsciiDigit) || store.HasRefused(biller.Id, seal, "account-closed"))
                return Answer.Problem(404, "no-such-account", "There is no such account.");

            store.Forget(time.GetUtcNow() - (2 * referenceLife));
            var reference = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            store.Add(reference, biller.Id, new(seal, account[^4..], nature, time.GetUtcNow()));
            return Answer.Fine(new()
            {
                ["reference"] = reference,
                ["maskedName"] = Accounts.MaskedName(biller.Id, account),
                ["due"] = Accounts.Debt(biller.Id, account) - store.Paid(biller.Id, seal),
                ["least"] = biller.Least,
                ["most"] = biller.Most,
                ["currency"] = biller.Currency,
            });
        }
    }

    public Answer Post(string key, RequestText request)
    {
        var (reference, amount, currency) = (request.Text("reference", 64), request.Whole("amount", 1, 1_000_000_000), request.Text("currency", 3));
        var (terminal, period) = (request.Text("terminal", 8), (int)request.Whole("period", 0, int.MaxValue));
        var (means, paidAt) = (request.Text("means", 16), request.Text("paidAt", 40));
        var body = string.Create(CultureInfo.InvariantCulture, $"{reference}|{amount}|{currency}|{terminal}|{period}|{means}|{paidAt}");

        lock (store.Gate)
        {
            if (store.Find(biller.Id, key) is { } known)
                return known.Body is null || known.Body == body ? Told(known.Posting, 200) : Answer.Problem(409, "key-reused", "This key came before with another body.", key);

            var bill = store.Bill(biller.Id, reference);
            var reason = Refusal(bill, amount, currency);
            store.Add(new(biller.Id, key, body, reason is null ? "confirmed" : "refused", reason, bill, amount, terminal, period), time.GetUtcNow());
            return Told(store.Find(biller.Id, key)!.Value.Posting, 201);
        }
    }

    public Answer Query(string key)
    {
        lock (store.Gate)
        {
            return store.Find(biller.Id, key) is { } known
                ? Told(known.Posting, 200, queried: true)
                : Answer.Problem(404, "not-known", "No posting has this key.", key);
        }
    }

    /// <summary>A key that is not known is kept as cancelled: the posting may still be on its way.</summary>
    public Answer Cancel(string key)
    {
        lock (store.Gate)
        {
            if (store.Find(biller.Id, key) is null) store.Add(new(biller.Id, key, null, "cancelled", "cancelled", null, 0, null, null), time.GetUtcNow());
            else if (store.Find(biller.Id, key) is { Posting.State: "confirmed" }) store.Cancel(biller.Id, key);
            return Answer.Fine(new() { ["key"] = key, ["state"] = "cancelled" });
        }
    }

    public Answer Statement(string terminal, int period)
    {
        lock (store.Gate)
        {
            var (count, total) = store.Statement(biller.Id, terminal, period);
            return Answer.Fine(new() { ["terminal"] = terminal, ["period"] = period, ["count"] = count, ["total"] = total, ["currency"] = biller.Currency });
        }
    }

    private string? Refusal(StoredBill? bill, long amount, string currency)
    {
        if (bill is null) return "reference-unknown";
        if (time.GetUtcNow() - bill.At > referenceLife) return "reference-expired";
        if (currency != biller.Currency) return "currency-not-accepted";
        if (amount < biller.Least) return "amount-too-small";
        if (amount > biller.Most) return "amount-too-large";
        return bill.Nature switch
        {
            Nature.Refuses => "not-accepted",
            Nature.ClosesAfterLookUp => "account-closed",
            _ => null,
        };
    }

    private Answer Told(BookedPosting posting, int status, bool queried = false)
    {
        if (posting.State == "confirmed" || queried)
        {
            var body = new JsonObject { ["key"] = posting.Key, ["state"] = posting.State, ["number"] = posting.Receipt, ["amount"] = posting.Amount, ["currency"] = biller.Currency };
            if (posting.Reason is not null) body["reason"] = posting.Reason;
            return Answer.Fine(body, status);
        }

        return Answer.Problem(posting.State == "cancelled" ? 409 : 422, posting.Reason!, "The posting has no effect.", posting.Key);
    }
}
