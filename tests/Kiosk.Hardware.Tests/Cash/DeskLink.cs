using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Tests.Cash;

/// <summary>A cable to an emulated machine without a kernel between: a byte that is written is there at once, and the machine answers within the call. Nothing
/// depends on threads, so each run of the same script is the same to the byte.</summary>
internal sealed class DeskLink : ByteLink
{
    private readonly ICashMachine _machine;
    private readonly Queue<byte> _answers = new();
    private TaskCompletionSource? _arrival;

    public DeskLink(ICashMachine machine, TimeProvider time) : base("desk:", time)
    {
        _machine = machine;
        machine.Answer = Hear;
    }

    public bool Gone { get; private set; }

    /// <summary>Before each byte that the host sends, and that the machine answers.</summary>
    public Action? Sending { get; init; }

    public Action? Answering { get; init; }

    /// <summary>What was on its way is lost.</summary>
    public void Cut()
    {
        Gone = true;
        _answers.Clear();
        _arrival?.TrySetException(Lost());
    }

    /// <summary>The machine lost its power: what it had not said yet is never said.</summary>
    public void Mute() => _answers.Clear();

    public override ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    protected override async Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Gone) throw Lost();
        if (_answers.Count == 0)
        {
            _arrival = new TaskCompletionSource();
            await using var canceled = cancel.Register(() => _arrival?.TrySetCanceled(cancel));
            await _arrival.Task;
        }

        var count = Math.Min(buffer.Length, _answers.Count);
        for (var i = 0; i < count; i++) buffer.Span[i] = _answers.Dequeue();
        return count;
    }

    protected override Task<int> WriteSomeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var value in bytes.ToArray())
        {
            if (!Gone) Sending?.Invoke();
            if (Gone) throw Lost();
            _machine.Receive(value);
        }

        return Task.FromResult(bytes.Length);
    }

    private void Hear(byte[] answer)
    {
        foreach (var value in answer)
        {
            if (!Gone) Answering?.Invoke();
            if (Gone) return;
            _answers.Enqueue(value);
        }

        if (_answers.Count > 0) _arrival?.TrySetResult();
    }

    private static DeviceLostException Lost() => new(DeviceFault.Disconnected, "desk: the link is gone");
}
