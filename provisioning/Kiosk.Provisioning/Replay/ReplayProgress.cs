namespace Kiosk.Provisioning.Replay;

/// <summary>Says now and then how far a long log is, on one line of the terminal; nothing for a short one.</summary>
internal sealed class ReplayProgress(TextWriter errors, TimeProvider time, CancellationToken cancel)
{
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(1);

    private long _told = time.GetTimestamp();
    private bool _shown;

    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public void Tell(string what, long done, long all)
    {
        cancel.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(_told) < Silent) return;
        (_told, _shown) = (time.GetTimestamp(), true);
        errors.Write($"\r{what}: {(all == 0 ? 100 : done * 100 / all)} % ");
    }

    public void Done()
    {
        if (_shown) errors.WriteLine();
    }
}
