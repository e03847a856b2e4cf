using System.Net.Http.Headers;
using System.Text;

namespace Kiosk.Firmware.Payments.Billers.Http;

/// <summary>The biller's authorisation server gives no token.</summary>
internal sealed class NotLetInException(string why) : Exception(why);

/// <summary>OAuth 2.0 client credentials (RFC 6749, 4.4): one token for all requests until shortly before its end, fetched by one at a time.</summary>
/// <param name="secret">Asked for at each fetch. May throw <see cref="IOException"/> that says why there is none.</param>
internal sealed class TokenSource(HttpMessageInvoker http, Uri tokenUrl, string clientId, Func<string> secret, string? scope, TimeProvider time) : IDisposable
{
    public const int MaxBytes = 16 * 1024;

    /// <summary>A token is given up so long before its end, at most half its life: requests are under way for a while.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    // RFC 6749, 5.1 leaves out how long a token lives where the server does not say it.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Token? _token;

    /// <exception cref="NotLetInException">The server refuses, or answers with no token.</exception>
    /// <exception cref="HttpRequestException">No connection.</exception>
    /// <exception cref="IOException">No secret.</exception>
    public async Task<string> GetAsync(CancellationToken cancel)
    {
        if (Valid() is { } known) return known;
        await _one.WaitAsync(cancel);
        try
        {
            if (Valid() is { } fetched) return fetched;
            var token = await FetchAsync(cancel);
            _token = token;
            return token.Value;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The biller does not take this one any more.</summary>
    public void Drop(string token)
    {
        if (_token is { } now && now.Value == token) _token = null;
    }

    public void Dispose() => _one.Dispose();

    private string? Valid() => _token is { } token && token.Until > time.GetUtcNow() ? token.Value : null;

    private async Task<Token> FetchAsync(CancellationToken cancel)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (scope is not null) form.Add(new("scope", scope));
        using var request = new HttpRequestMessage(HttpMethod.Post, tokenUrl) { Content = new FormUrlEncodedContent(form) };

        // RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
        var basic = $"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret())}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        request.Headers.Accept.ParseAdd("application/json");

        using var response = await http.SendAsync(request, cancel);
        var status = (int)response.StatusCode;
        if (status >= 500) throw new HttpRequestException($"the token server answers with status {status}");
        if (status != 200) throw new NotLetInException($"the token server refuses this terminal (status {status})");

        var body = await LimitedBody.ReadAsync(response, MaxBytes, cancel);
        var reply = body is null ? null : new Reply.Answered(status, "", body).As(BillerWire.Wire.TokenReply);
        if (reply is not { AccessToken.Length: > 0 } || !reply.TokenType.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || reply.AccessToken.Any(sign => sign is <= ' ' or > '~'))
            throw new NotLetInException("the token server answers with something that is no bearer token");

        var life = reply.ExpiresIn is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : Unsaid;
        return new(reply.AccessToken, time.GetUtcNow() + life - (life / 2 < Early ? life / 2 : Early));
    }

    private sealed record Token(string Value, DateTimeOffset Until);
}
