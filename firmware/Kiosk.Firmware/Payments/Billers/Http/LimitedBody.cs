namespace Kiosk.Firmware.Payments.Billers.Http;

internal static class LimitedBody
{
    /// <summary>The body of an answer; null where it is longer than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > limit) return null;

        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancel) is var count and > 0)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > limit) return null;
        }

        return bytes.ToArray();
    }
}
