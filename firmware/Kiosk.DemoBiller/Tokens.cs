using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Kiosk.DemoBiller;

/// <summary>OAuth 2.0 client credentials (RFC 6749, 4.4). Tokens end with the server.</summary>
internal sealed class Tokens(BillerServerOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);
    private int _issued;

    public int Issued => _issued;

    public async Task<Answer> IssueAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasFormContentType || (await request.ReadFormAsync(cancel))["grant_type"] != "client_credentials") return Refused(400, "unsupported_grant_type");
        if (!IsClient(request)) return Refused(401, "invalid_client");

        foreach (var old in _until.Where(token => token.Value < time.GetUtcNow())) _until.TryRemove(old.Key, out _);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _until[token] = time.GetUtcNow() + options.TokenLife;
        Interlocked.Increment(ref _issued);
        return Answer.Fine(new() { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = (int)options.TokenLife.TotalSeconds });
    }

    /// <summary>A certificate was checked when the connection was made.</summary>
    public bool LetsIn(HttpContext context) => context.Connection.ClientCertificate is not null
        || (Header(context.Request, "Bearer") is { } token && _until.TryGetValue(token, out var until) && until > time.GetUtcNow());

    public void Forget() => _until.Clear();

    private bool IsClient(HttpRequest request)
    {
        if (Header(request, "Basic") is not { } basic) return false;
        var given = new byte[basic.Length];
        if (!Convert.TryFromBase64String(basic, given, out var length)) return false;

        // RFC 6749, 2.3.1: both parts are form-encoded; ours have nothing that would change.
        return CryptographicOperations.FixedTimeEquals(given.AsSpan(0, length), Encoding.UTF8.GetBytes($"{options.ClientId}:{options.Secret}"));
    }

    private static string? Header(HttpRequest request, string scheme) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme == scheme ? header.Parameter : null;

    private static Answer Refused(int status, string error) => new(status, new JsonObject { ["error"] = error });
}
