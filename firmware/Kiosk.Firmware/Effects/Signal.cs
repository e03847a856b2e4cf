namespace Kiosk.Firmware.Effects;

/// <summary>Wakes all who wait; nothing is remembered. Take <see cref="Raised"/> first, then look, then await it.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    public Task Raised => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
