using Kiosk.Domain.Views;
using Kiosk.Firmware.Books;

namespace Kiosk.Firmware.Devices.Scripts;

/// <summary>Runs scripts on emulated devices, one for each device: another one takes its place. The host's clock is the clock of the steps.</summary>
internal sealed partial class EmulatorScripts(IDeviceDirectory devices, ScreenPulse pulse, TimeProvider time, ILogger<EmulatorScripts> log) : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Those that run, and of each other device the one that ran last.</summary>
    public IReadOnlyDictionary<string, ScriptView> All
    {
        get
        {
            lock (_gate) return _runs.ToDictionary(run => run.Key, run => run.Value.View, StringComparer.Ordinal);
        }
    }

    public ScriptView? Of(string device)
    {
        lock (_gate) return _runs.GetValueOrDefault(device)?.View;
    }

    /// <param name="device">An emulated device; the script was read for it.</param>
    public async Task<ScriptView> BeginAsync(string device, EmulatorScript script, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await EndAsync(device);
            var now = time.GetUtcNow();
            var first = script.Steps[0];
            var run = new Run(script, new(device, script.Name, ScriptState.Running, 1, script.Steps.Length, 1, script.Repeat, first.Control, now, now + first.After, null));
            lock (_gate) _runs[device] = run;
            run.Task = Task.Run(() => RunAsync(run), CancellationToken.None);
            return run.View;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>Null where none ever ran.</returns>
    public async Task<ScriptView?> StopAsync(string device, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await EndAsync(device);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<string> running;
        lock (_gate) running = [.. _runs.Keys];
        foreach (var device in running) await StopAsync(device, cancellationToken);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ScriptView?> EndAsync(string device)
    {
        Run? run;
        lock (_gate) run = _runs.GetValueOrDefault(device);
        if (run is null) return null;

        await run.Over.CancelAsync();
        await run.Task;
        return run.View;
    }

    private async Task RunAsync(Run run)
    {
        var (state, trouble) = (ScriptState.Done, (string?)null);
        try
        {
            for (var round = 1; round <= run.Script.Repeat; round++)
            {
                for (var step = 0; step < run.Script.Steps.Length; step++) await StepAsync(run, round, step);
            }
        }
        catch (OperationCanceledException) when (run.Over.IsCancellationRequested)
        {
            state = ScriptState.Stopped;
        }
        catch (StepRefusedException refused)
        {
            (state, trouble) = (ScriptState.Failed, refused.Message);
            LogFailed(log, run.View.Device, refused.Message);
        }
        catch (Exception defect)
        {
            // A defect of an emulator ends its script, with its trace in the log.
            (state, trouble) = (ScriptState.Failed, $"{defect.GetType().Name}: {defect.Message}");
            LogDefect(log, run.View.Device, defect);
        }

        Show(run, run.View with { State = state, NextAt = null, Trouble = trouble });
    }

    private async Task StepAsync(Run run, int round, int index)
    {
        var step = run.Script.Steps[index];
        var due = Task.Delay(step.After, time, run.Over.Token);
        Show(run, run.View with { Round = round, Step = index + 1, Control = step.Control, NextAt = time.GetUtcNow() + step.After });
        await due;
        run.Over.Token.ThrowIfCancellationRequested();
        try
        {
            if (!devices.Control(run.View.Device, step.Control, step.Arguments)) throw new StepRefusedException($"steps[{index}]: {run.View.Device} is no emulated device any more");
        }
        catch (ArgumentException mistake)
        {
            throw new StepRefusedException($"steps[{index}]: {mistake.Message}");
        }
    }

    private void Show(Run run, ScriptView view)
    {
        lock (_gate) run.View = view;
        pulse.Raise();
    }

    [LoggerMessage(1, LogLevel.Warning, "The script on {Device} was given up: {Reason}")]
    private static partial void LogFailed(ILogger log, string device, string reason);

    [LoggerMessage(2, LogLevel.Error, "The script on {Device} failed")]
    private static partial void LogDefect(ILogger log, string device, Exception defect);

    private sealed class Run(EmulatorScript script, ScriptView view)
    {
        public EmulatorScript Script { get; } = script;

        /// <summary>Guarded by the lock of all runs.</summary>
        public ScriptView View { get; set; } = view;

        public CancellationTokenSource Over { get; } = new();

        public Task Task { get; set; } = Task.CompletedTask;
    }

    private sealed class StepRefusedException(string message) : Exception(message);
}
