using System.Threading.Channels;
using Kiosk.Domain.Books;
using Kiosk.Domain.Hall;

namespace Kiosk.Firmware.Books;

/// <summary>Runs the check of the hall that somebody asked for and keeps its result until it is signed. One at a time.</summary>
internal sealed class DayChecks(HallTest test, ScreenPulse pulse, TimeProvider time) : BackgroundService
{
    /// <summary>What was seen longer ago says nothing about the hall as it is.</summary>
    public static readonly TimeSpan SignWithin = TimeSpan.FromMinutes(30);

    public const int RemarkLimit = 300;

    private readonly Lock _gate = new();
    private readonly Channel<string> _asked = Channel.CreateBounded<string>(1);
    private CheckRun? _current;
    private TaskCompletionSource _finished = New();

    /// <summary>The last check that was begun since the host started, or null.</summary>
    public CheckRun? Current
    {
        get
        {
            lock (_gate) return _current;
        }
    }

    /// <summary>Begins a check; where one runs already, that one goes on.</summary>
    public CheckRun Begin(string kind)
    {
        CheckRun run;
        lock (_gate)
        {
            if (_current is { Running: true } running) return running;
            run = _current = new(BookCodes.Draw(), kind, time.GetUtcNow(), test.Steps);
            _finished = New();
            _asked.Writer.TryWrite(run.Id);
        }

        pulse.Raise();
        return run;
    }

    /// <summary>The check as it is when nothing is left to look at.</summary>
    public async Task<CheckRun> FinishedAsync(CheckRun run, CancellationToken cancel)
    {
        Task finished;
        lock (_gate) finished = _finished.Task;
        await finished.WaitAsync(cancel);
        return Current is { } current && current.Id == run.Id ? current : run;
    }

    /// <summary>Whether the check may be signed now. The fact, or why not.</summary>
    public (HallEvent.DayChecked? Fact, SignRefusal? Refusal) Sign(string id, string? remark)
    {
        var words = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
        return Current switch
        {
            { } run when run.Id != id => (null, SignRefusal.UnknownCheck),
            { Running: true } => (null, SignRefusal.CheckRunning),
            { IsSigned: true } => (null, SignRefusal.CheckSigned),
            { } run when time.GetUtcNow() - run.FinishedAt > SignWithin => (null, SignRefusal.CheckTooOld),
            { Passed: false } when words is null => (null, SignRefusal.RemarkNeeded),
            { } run => (new(run.Id, run.Kind, run.Passed, run.Items, words), null),
            null => (null, SignRefusal.UnknownCheck),
        };
    }

    /// <summary>The signature is in the journal.</summary>
    public void Signed(string id)
    {
        lock (_gate)
        {
            if (_current is { } run && run.Id == id) _current = run with { IsSigned = true };
        }

        pulse.Raise();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var id in _asked.Reader.ReadAllAsync(stoppingToken)) await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: an unsigned check is gone with it, as if it had not been made.
        }
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        foreach (var step in Current!.Steps)
        {
            var result = await test.RunAsync(step, cancel);
            lock (_gate) _current = _current!.With(result);
            pulse.Raise();
        }

        lock (_gate)
        {
            _current = _current! with { FinishedAt = time.GetUtcNow() };
            _finished.SetResult();
        }

        pulse.Raise();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
