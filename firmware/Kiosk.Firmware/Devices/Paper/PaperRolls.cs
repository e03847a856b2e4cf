using Kiosk.Domain.Views;

namespace Kiosk.Firmware.Devices.Paper;

/// <summary>Counts the paper of every ticket printer and forecasts its end. Thread safe. <see cref="PaperKeeper"/> tells it what the sensors say and keeps it on disk.</summary>
internal sealed class PaperRolls(PaperFile file, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PaperRoll> _rolls = file.Read();
    private readonly Dictionary<string, PaperPace> _paces = new(StringComparer.Ordinal);
    private bool _unsaved;

    /// <summary>Raised on any thread. Handlers must not block.</summary>
    public event Action? Changed;

    /// <summary>A printer was opened: so long is a new roll of it.</summary>
    public void Opened(string device, double rollMetres)
    {
        lock (_gate)
        {
            // Rolls of another length are set: what was learned of the former ones is over.
            if (_rolls.GetValueOrDefault(device) is not { } known || known.Length != rollMetres * 1000)
                _rolls[device] = (_rolls.GetValueOrDefault(device) ?? new(0)) with { Length = rollMetres * 1000, LearnedLength = null };
            if (!_paces.ContainsKey(device)) _paces.Add(device, new(time.GetUtcNow()));
        }

        Changed?.Invoke();
    }

    public void Printed(string device, double millimetres)
    {
        lock (_gate)
        {
            if (!_paces.TryGetValue(device, out var pace)) return;
            pace.Print(millimetres, time.GetUtcNow());
            _rolls[device] = _rolls[device].Print(millimetres);
            _unsaved = true;
        }

        Changed?.Invoke();
    }

    /// <returns>False where there is no such printer.</returns>
    public bool Load(string device) => Turn(device, roll => roll.Load(time.GetUtcNow()));

    public void NearEnd(string device) => Turn(device, roll => roll.NearEnd());

    public void End(string device) => Turn(device, roll => roll.End());

    /// <summary>Whether the sensors have last said that the paper ends.</summary>
    public bool Low(string device)
    {
        lock (_gate) return _rolls.GetValueOrDefault(device)?.Low == true;
    }

    /// <summary>Null for a device that is no printer, was never opened, or whose rolls have no known length.</summary>
    public PaperView? Of(string device)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return _paces.TryGetValue(device, out var pace) ? PaperForecast.Of(_rolls[device], pace.At(now), now) : null;
        }
    }

    /// <summary>Writes what changed since the last time.</summary>
    public void Save()
    {
        lock (_gate)
        {
            if (_unsaved) _unsaved = !file.Write(_rolls);
        }
    }

    private bool Turn(string device, Func<PaperRoll, PaperRoll> turn)
    {
        lock (_gate)
        {
            if (!_paces.ContainsKey(device)) return false;
            var (before, after) = (_rolls[device], turn(_rolls[device]));
            if (after == before) return true;
            _rolls[device] = after;
            _unsaved = true;
        }

        Changed?.Invoke();
        return true;
    }
}
