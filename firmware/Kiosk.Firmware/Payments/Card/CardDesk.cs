using Kiosk.Firmware.Effects;
using Kiosk.Hardware.Terminals;

namespace Kiosk.Firmware.Payments.Card;

/// <summary>Where the desk and the terminal's attendant meet: what the terminal shows, whether it is ready, and what it is asked besides payments.</summary>
internal sealed class CardDesk : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _abort = new();
    private TaskCompletionSource<CardTotals?>? _totals;
    private ICardTerminal? _terminal;
    private int? _showing;

    public event Action? Changed;

    public Signal News { get; } = new();

    public int? Showing => _showing;

    public bool Ready => _terminal?.Ready == true;

    /// <summary>Whether the terminal is open: whatever it is asked, somebody waits for its answer.</summary>
    public bool Attended => _terminal is not null;

    public void Open(ICardTerminal? terminal)
    {
        _terminal = terminal;
        Show(null);
    }

    public void Show(int? status)
    {
        _showing = status;
        Changed?.Invoke();
    }

    /// <summary>Fires when the customer does not want the payment that runs, or is about to.</summary>
    public CancellationToken NewPayment()
    {
        lock (_gate)
        {
            _abort.Dispose();
            _abort = new();
            return _abort.Token;
        }
    }

    public void Abort()
    {
        lock (_gate) _abort.Cancel();
    }

    public void Dispose()
    {
        lock (_gate) _abort.Dispose();
    }

    /// <summary>Asks for the end of day; done when no payment runs.</summary>
    /// <returns>Null: the terminal is not there, or refused.</returns>
    public async Task<CardTotals?> EndOfDayAsync(TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        TaskCompletionSource<CardTotals?> asked;
        lock (_gate) asked = _totals ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        News.Raise();
        try
        {
            return await asked.Task.WaitAsync(patience, time, cancel);
        }
        catch (TimeoutException)
        {
            // Nobody took it: it must not happen by itself later.
            lock (_gate)
            {
                if (_totals == asked) _totals = null;
            }

            return null;
        }
    }

    /// <summary>The end of day that somebody waits for, taken once.</summary>
    public TaskCompletionSource<CardTotals?>? TakeTotals()
    {
        lock (_gate)
        {
            var asked = _totals;
            _totals = null;
            return asked;
        }
    }
}
