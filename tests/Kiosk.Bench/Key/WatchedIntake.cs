using System.Diagnostics;
using Kiosk.Firmware.Engine;

namespace Kiosk.Bench.Key;

/// <summary>The door of the engine as the keys see it: notes when a command comes, and tells when it was answered.</summary>
internal sealed class WatchedIntake(IIntake engine) : IIntake
{
    private TaskCompletionSource<Answer> _answered = New();

    /// <summary>Timestamp of the last command.</summary>
    public long Came { get; private set; }

    /// <summary>The next answer from now on. Ask before it can come.</summary>
    public Task<Answer> Next() => (_answered = New()).Task;

    public async Task<Answer> AskAsync(Request request, CancellationToken cancel)
    {
        Came = Stopwatch.GetTimestamp();
        var answer = await engine.AskAsync(request, cancel);
        _answered.TrySetResult(answer);
        return answer;
    }

    private static TaskCompletionSource<Answer> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
