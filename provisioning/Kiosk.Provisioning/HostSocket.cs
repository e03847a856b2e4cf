using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Kiosk.Provisioning;

/// <summary>Asks the running host of a data directory: HTTP over its Unix socket <c>kiosk.sock</c>, whose peer credentials the host checks.</summary>
/// <param name="patience">For one answer; null: 5 s.</param>
internal sealed class HostSocket(string dataDirectory, TimeSpan? patience = null) : IDisposable
{
    public const string Name = "kiosk.sock";

    /// <summary>sun_path of Linux, without its final zero.</summary>
    private const int LongestPath = 107;

    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(5);
    private const int LongestAnswer = 16 * 1024 * 1024;

    private readonly string _path = Path.Combine(dataDirectory, Name);
    private HttpClient? _client;

    /// <returns>The answer's JSON, or null where no host runs on this directory.</returns>
    /// <exception cref="Trouble">A host is there, but it belongs to somebody else, does not answer, or answers otherwise.</exception>
    public async Task<JsonElement?> AskAsync(string address, CancellationToken cancel, HttpMethod? method = null)
    {
        if (!Exists()) return null;

        try
        {
            _client ??= Connect();
            using var question = new HttpRequestMessage(method ?? HttpMethod.Get, address);
            using var answer = await _client.SendAsync(question, cancel);
            if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) throw Foreign();
            if (!answer.IsSuccessStatusCode)
                throw new Trouble(ExitCode.Unavailable, $"The host at {_path} answered {(int)answer.StatusCode} to {address}: is it of another version than kioskctl?");

            return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync(cancel));
        }
        catch (HttpRequestException failed) when (failed.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            // A socket that nobody listens on is what a killed host leaves behind.
            return null;
        }
        catch (HttpRequestException failed) when (failed.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied })
        {
            throw Foreign();
        }
        catch (HttpRequestException failed)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host at {_path} broke off: {failed.Message}", failed);
        }
        catch (OperationCanceledException slow) when (!cancel.IsCancellationRequested)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host at {_path} did not answer within {_patience.TotalSeconds:0} s.", slow);
        }
        catch (JsonException garbled)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host at {_path} did not answer {address} with JSON: is it of another version than kioskctl?", garbled);
        }
    }

    /// <summary>Tells the host to do something.</summary>
    /// <returns>Its answer and the sentence of a refusal, or null where no host runs.</returns>
    /// <exception cref="Trouble">A host is there, but it belongs to somebody else or does not answer.</exception>
    public async Task<(HttpStatusCode Status, string Said)?> TellAsync(string address, object body, CancellationToken cancel)
    {
        if (!Exists()) return null;

        try
        {
            _client ??= Connect();
            using var answer = await _client.PostAsync(address, new StringContent(JsonSerializer.Serialize(body, Json.Shape)), cancel);
            if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) throw Foreign();
            var said = await answer.Content.ReadAsByteArrayAsync(cancel);
            return (answer.StatusCode, said.Length == 0 ? "" : JsonSerializer.Deserialize<JsonElement>(said).GetProperty("message").GetString() ?? "");
        }
        catch (HttpRequestException failed) when (failed.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return null;
        }
        catch (HttpRequestException failed) when (failed.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied })
        {
            throw Foreign();
        }
        catch (HttpRequestException failed)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host at {_path} broke off: {failed.Message}", failed);
        }
        catch (OperationCanceledException slow) when (!cancel.IsCancellationRequested)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host at {_path} did not answer within {_patience.TotalSeconds:0} s.", slow);
        }
        catch (Exception garbled) when (garbled is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new Trouble(ExitCode.Unavailable, $"The host at {_path} did not answer {address} as expected: is it of another version than kioskctl?", garbled);
        }
    }

    public void Dispose() => _client?.Dispose();

    private bool Exists()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(dataDirectory, Name).Any();
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            throw Foreign();
        }
    }

    private Trouble Foreign() => new(
        ExitCode.NoPermission, $"{dataDirectory} or the host that runs there belongs to another user: run kioskctl as that user (sudo -u kiosk kioskctl …) or as root.");

    private HttpClient Connect()
    {
        if (System.Text.Encoding.UTF8.GetByteCount(_path) > LongestPath)
            throw new Trouble(ExitCode.NoInput, $"{_path} is too long for a socket ({LongestPath} bytes at most): choose a shorter data directory, or name it by a shorter path.");

        return new(new SocketsHttpHandler { ConnectCallback = async (_, cancel) => await DialAsync(cancel), UseProxy = false })
        {
            BaseAddress = new("http://localhost"),
            Timeout = _patience,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    private async Task<Stream> DialAsync(CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
