namespace Kiosk.Firmware.Effects;

/// <summary>Tasks that live and end together.</summary>
internal static class Together
{
    /// <summary>Runs all until the first ends, cancels the others, waits for them, and ends as the first did.</summary>
    public static async Task RunAsync(CancellationToken cancel, params Func<CancellationToken, Task>[] parts)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = parts.Select(part => part(all.Token)).ToList();
        var first = await Task.WhenAny(running);
        await all.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
