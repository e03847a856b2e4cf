namespace Kiosk.Firmware.Engine;

/// <summary>A wait for news that time ends as well.</summary>
internal static class News
{
    /// <param name="come">Ends with the news, or as cancelled.</param>
    /// <returns>False: none came within <paramref name="most"/>.</returns>
    public static async Task<bool> WithinAsync(TimeSpan most, TimeProvider time, Func<CancellationToken, Task> come, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            await come(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
