using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kiosk.Domain.Payments;
using Kiosk.Domain.Site;

namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>
/// A biller behind JSON over HTTP, as <c>firmware/docs/billers.md</c> describes it. What is not exactly an agreed answer is none: an
/// unknown outcome is asked about, a believed one is money.
/// </summary>
/// <param name="url">Where it is now; the profile's, or the demo's.</param>
internal sealed partial class HttpBiller(BillerProfile biller, Uri url, string terminal, string currency, BillerLine line, ILogger<HttpBiller> log) : IBiller
{
    private readonly Uri _base = new(url.AbsoluteUri.TrimEnd('/') + "/");
    private int _away;

    public string Id => biller.Id;

    public async Task<LookUpAnswer> LookUpAsync(string account, CancellationToken cancel)
    {
        // In the body, never in an address: addresses stand in the logs of whatever is between.
        var reply = await SendAsync(() => Post("bills/look-up", new LookUpRequest(account, terminal, currency), BillerWire.Wire.LookUpRequest), Persistence.Asking, cancel);
        return reply switch
        {
            Reply.Answered { Fine: true } fine => BillReading.Read(fine.As(BillerWire.Wire.LookUpReply), account, biller, currency),
            Reply.Answered { Problem.Reason: BillerReasons.NoSuchAccount or BillerReasons.AccountClosed } => new LookUpAnswer.NoSuchAccount(),
            Reply.None(var why) => new LookUpAnswer.Unavailable(why),
            var other => new LookUpAnswer.Unavailable($"it answers with {other}"),
        };
    }

    public async Task<PostAnswer> PostAsync(Posting posting, CancellationToken cancel)
    {
        var body = new PostRequest(posting.Reference, posting.Amount.Minor, posting.Amount.Currency, posting.Terminal, posting.Period, posting.Means, posting.PaidAt);
        var reply = await SendAsync(() =>
        {
            var request = Post("postings", body, BillerWire.Wire.PostRequest);
            request.Headers.Add("Idempotency-Key", posting.Key);
            return request;
        }, Persistence.Posting, cancel);
        return reply switch
        {
            Reply.Answered { Fine: true } fine => Posted(fine, posting.Key, posting.Amount),
            Reply.Answered { Problem: { } problem } when problem.Key == posting.Key && BillerReasons.IsRefusal(problem.Reason) => new PostAnswer.Refused(problem.Reason),
            _ => Unknown(reply),
        };
    }

    public Task<PostAnswer> QueryAsync(string key, CancellationToken cancel) => QueryAsync(key, null, cancel);

    public Task<PostAnswer> QueryAsync(string key, Money amount, CancellationToken cancel) => QueryAsync(key, (Money?)amount, cancel);

    public async Task<CancelAnswer> CancelAsync(string key, CancellationToken cancel)
    {
        var reply = await SendAsync(() => new(HttpMethod.Post, At($"postings/{Uri.EscapeDataString(key)}/cancel")), Persistence.Asking, cancel);
        return reply switch
        {
            Reply.Answered { Fine: true } fine when fine.As(BillerWire.Wire.CancelReply) is { State: "cancelled" } answer && answer.Key == key => CancelAnswer.Cancelled,
            Reply.Answered { Problem: { } problem } when problem.Key == key && BillerReasons.KeepsPosting(problem.Reason) => CancelAnswer.Refused,
            _ => CancelAnswer.Unknown,
        };
    }

    public async Task<BillerStatement?> StatementAsync(string terminal, int period, CancellationToken cancel)
    {
        var path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"statements/{Uri.EscapeDataString(terminal)}/{period}");
        var reply = await SendAsync(() => new(HttpMethod.Get, At(path)), Persistence.Asking, cancel);
        return reply is Reply.Answered { Fine: true } fine && fine.As(BillerWire.Wire.StatementReply) is { Count: >= 0 } answer
            && answer.Terminal == terminal && answer.Period == period && answer.Currency == currency
                ? new(answer.Count, new(answer.Total, currency))
                : null;
    }

    private async Task<PostAnswer> QueryAsync(string key, Money? amount, CancellationToken cancel)
    {
        var reply = await SendAsync(() => new(HttpMethod.Get, At($"postings/{Uri.EscapeDataString(key)}")), Persistence.Asking, cancel);
        return reply switch
        {
            Reply.Answered { Fine: true } fine => Posted(fine, key, amount),

            // A 404 alone could be anybody's, as of a proxy; only the biller's own word counts.
            Reply.Answered { Status: 404, Problem: { Reason: BillerReasons.NotKnown } problem } when problem.Key == key => new PostAnswer.NotKnown(),
            _ => Unknown(reply),
        };
    }

    private PostAnswer Posted(Reply.Answered fine, string key, Money? amount) => fine.As(BillerWire.Wire.PostingReply) switch
    {
        null => new PostAnswer.Unknown("it answers with something that is not agreed"),
        var answer when answer.Key != key => new PostAnswer.Unknown("it answers for another posting"),
        { State: "confirmed" } answer when (amount is { } sent && answer.Amount != sent.Minor) || answer.Currency != currency => new PostAnswer.Unknown("it answers with another amount"),
        { State: "confirmed", Number: { Length: > 0 and <= 64 } number } when number.All(sign => sign is > ' ' and <= '~') => new PostAnswer.Confirmed(number),
        { State: "cancelled" } => new PostAnswer.Refused(BillerReasons.Cancelled),
        { State: "refused" } answer when BillerReasons.IsRefusal(answer.Reason) => new PostAnswer.Refused(answer.Reason!),
        _ => new PostAnswer.Unknown("it answers with something that is not agreed"),
    };

    private static PostAnswer.Unknown Unknown(Reply reply) => new(reply is Reply.None(var why) ? why : $"it answers with {reply}, which decides nothing");

    private async Task<Reply> SendAsync(Func<HttpRequestMessage> request, Persistence persistence, CancellationToken cancel)
    {
        var reply = await line.SendAsync(request, persistence, cancel);
        var trouble = reply is Reply.None(var why) ? why : reply is Reply.Answered { Status: >= 500 or 401 or 403 } answered ? answered.ToString() : null;
        if (trouble is not null && Interlocked.Exchange(ref _away, 1) == 0) LogAway(Id, trouble);
        if (trouble is null && Interlocked.Exchange(ref _away, 0) == 1) LogBack(Id);
        return reply;
    }

    private Uri At(string path) => new(_base, path);

    private HttpRequestMessage Post<T>(string path, T body, JsonTypeInfo<T> shape) =>
        new(HttpMethod.Post, At(path)) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, shape)) { Headers = { ContentType = new("application/json") } } };
}
