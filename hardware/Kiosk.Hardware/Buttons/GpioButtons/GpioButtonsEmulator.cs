using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;

namespace Kiosk.Hardware.Buttons.GpioButtons;

/// <summary>
/// Keys and a GPIO chip made of memory. It delivers the kernel's own event records and, as the kernel, swallows what is shorter than the debounce
/// time. A change is told at once, not at the end of that time.
/// </summary>
public sealed class GpioButtonsEmulator : IEmulator
{
    private const int LongestPressMs = 600_000, MostBounces = 50, MostFlips = 10_000, UsualPressMs = 80, UsualFlips = 1000;
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan, Bounce = TimeSpan.FromMilliseconds(1), Flip = TimeSpan.FromMicroseconds(100);

    private readonly GpioButtonsOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Line[] _lines;
    private readonly EmulatedLamps _lamps;
    private EmulatedGpioLines? _requested;
    private bool _plugged = true;
    private long _lastStamp;

    internal GpioButtonsEmulator(GpioButtonsOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _lines = [.. options.Keys.Select((key, line) => new Line(key, time.CreateTimer(_ => Set(line, false), null, Never, Never)))];
        _lamps = new EmulatedLamps(options.Lamps, () => Changed?.Invoke());
        Controls = EmulatedKeyControls.All(options, LongestPressMs, MostBounces, MostFlips);
    }

    public event Action? Changed;

    public IReadOnlyList<EmulatorControl> Controls { get; }

    /// <summary>One picture: the call units with their keys, those that are down, and their lamps.</summary>
    public IReadOnlyList<string> Pictures
    {
        get
        {
            lock (_lock) return [CallUnitPicture.ToSvg([.. _lines.Select(line => (line.Key, line.Active))], _lamps.Look())];
        }
    }

    public JsonObject Look()
    {
        lock (_lock)
        {
            return new JsonObject
            {
                ["plugged"] = _plugged,
                ["opened"] = _requested is { Closed: false },
                ["lines"] = new JsonArray([.. _lines.Select(line => new JsonObject
                {
                    ["name"] = line.Key.Line,
                    ["panel"] = line.Key.Panel,
                    ["key"] = line.Key.KeyName,
                    ["level"] = line.Active ? "pressed" : "released",
                    ["presses"] = line.Presses,
                })]),
                ["lamps"] = new JsonArray([.. _lamps.Look().Select(lamp => new JsonObject
                {
                    ["name"] = lamp.Lamp.Line,
                    ["panel"] = lamp.Lamp.Panel,
                    ["lit"] = lamp.Lit,
                    ["flashes"] = lamp.Flashes,
                })]),
            };
        }
    }

    public void Do(string control, JsonElement arguments)
    {
        switch (control)
        {
            case "press":
                var (pressed, ms, bounces) = OptionReader.Arguments(control, arguments, read =>
                    (Which(read), read.Number("ms", UsualPressMs, 1, LongestPressMs), read.Number("bounce", 0, 0, MostBounces)));
                Press(pressed, TimeSpan.FromMilliseconds(ms), bounces);
                break;
            case "hold":
                Set(OptionReader.Arguments(control, arguments, Which), true);
                break;
            case "release":
                Set(OptionReader.Arguments(control, arguments, Which), false);
                break;
            case "overflow":
                var (line, flips) = OptionReader.Arguments(control, arguments, read => (Which(read), read.Number("flips", UsualFlips, 1, MostFlips)));
                Overflow(line, flips);
                break;
            case "lamps" when _options.Lamps.Count > 0:
                _lamps.Broken = OptionReader.Arguments(control, arguments, read => read.OneOf("state", ["broken", "ok"])) == "broken";
                Changed?.Invoke();
                break;
            case "unplug":
            case "plug":
                OptionReader.Arguments(control, arguments, _ => 0);
                Plug(control == "plug");
                break;
            default:
                OptionReader.RefuseControl(control, Controls);
                break;
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            foreach (var line in _lines) line.Release.Dispose();
            _requested?.Unplug();
        }

        return ValueTask.CompletedTask;
    }

    /// <exception cref="DeviceLostException">Unplugged, or opened already.</exception>
    internal EmulatedGpioLines Open(GpioRequest request)
    {
        lock (_lock)
        {
            if (!_plugged) throw new DeviceLostException(DeviceFault.Disconnected, "emulated GPIO chip: unplugged");
            if (_requested is { Closed: false }) throw new DeviceLostException(DeviceFault.InUse, "emulated GPIO chip: EBUSY, its lines are taken");
            return _requested = new EmulatedGpioLines(request, Offsets(request), Levels);
        }
    }

    internal IGpioOutputs OpenLamps() => _lamps;

    private static uint[] Offsets(GpioRequest request)
    {
        const string prefix = GpioRequest.OffsetPrefix;
        var given = request.Lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(line => line, line => uint.Parse(line.AsSpan(prefix.Length), CultureInfo.InvariantCulture));
        uint next = 0;
        return [.. request.Lines.Select(line => given.TryGetValue(line, out var offset) ? offset : Free())];

        uint Free()
        {
            while (given.ContainsValue(next)) next++;
            return next++;
        }
    }

    private int Which(OptionReader arguments) => EmulatedKeyControls.Which(arguments, _options.Keys);

    private void Press(int line, TimeSpan held, int bounces)
    {
        lock (_lock)
        {
            // The kernel would never report so short a press.
            if (held < Debounce) return;
            if (!_lines[line].Active && Debounce <= Bounce)
            {
                for (var flip = 0; flip < bounces * 2; flip++) Edge(line, flip % 2 == 0);
            }

            SetLocked(line, true);
            _lines[line].Release.Change(held, Never);
        }

        Changed?.Invoke();
    }

    private TimeSpan Debounce => _requested?.Request.Debounce ?? _options.Request.Debounce;

    private void Set(int line, bool active)
    {
        lock (_lock)
        {
            _lines[line].Release.Change(Never, Never);
            SetLocked(line, active);
        }

        Changed?.Invoke();
    }

    private void SetLocked(int line, bool active)
    {
        if (_lines[line].Active == active) return;
        Edge(line, active);
        if (active) _lines[line].Presses++;
    }

    private void Edge(int line, bool active, bool lost = false, TimeSpan? before = null)
    {
        _lines[line].Active = active;
        // As CLOCK_MONOTONIC, which the host's own time stamps are too; and no two edges of a chip at the same time.
        var at = _time.GetElapsedTime(0, _time.GetTimestamp()) - (before ?? TimeSpan.Zero);
        _lastStamp = Math.Max(_lastStamp + 1, (long)at.TotalNanoseconds);
        if (lost) _requested?.Lose(line, active, _lastStamp);
        else _requested?.Send(line, active, _lastStamp);
    }

    /// <summary>Edges while nobody reads: of more than the kernel keeps, the oldest are gone. An even number leaves the line as it was.</summary>
    private void Overflow(int line, int flips)
    {
        lock (_lock)
        {
            for (var flip = 0; flip < flips; flip++)
            {
                Edge(line, !_lines[line].Active, lost: flip < flips - GpioRequest.EventBuffer, before: Flip * (flips - flip));
            }
        }

        Changed?.Invoke();
    }

    private void Plug(bool plugged)
    {
        lock (_lock)
        {
            if (_plugged && !plugged) _requested?.Unplug();
            _plugged = plugged;
            _lamps.Plugged = plugged;
        }

        Changed?.Invoke();
    }

    private ulong Levels()
    {
        lock (_lock)
        {
            return _lines.Select((line, index) => line.Active ? 1UL << index : 0).Aggregate(0UL, (bits, bit) => bits | bit);
        }
    }

    private sealed class Line(LineKey key, ITimer release)
    {
        public LineKey Key => key;
        public ITimer Release => release;
        public bool Active { get; set; }
        public int Presses { get; set; }
    }
}
