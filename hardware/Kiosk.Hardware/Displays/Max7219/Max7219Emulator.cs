using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Displays.Max7219;

/// <summary>
/// A chain of chips made of memory: what is clocked in moves from chip to chip, and each latches its own word when the transfer ends.
/// </summary>
public sealed class Max7219Emulator : IEmulator
{
    private const int MostFlippedBits = 64, UsualFlippedBits = 8;

    private readonly Max7219Options _options;
    private readonly Max7219Chip[] _chips;
    private readonly byte[] _shift;
    private readonly Random _random;
    private readonly EmulatedBus _bus = new("SPI bus");
    private bool _powered = true;
    private long _frames;

    /// <param name="seed">Decides what is in the memory at power-up.</param>
    internal Max7219Emulator(Max7219Options options, int seed)
    {
        _options = options;
        _random = new Random(seed);
        _chips = [.. Enumerable.Range(0, options.Panels.Count * options.ChipsPerPanel).Select(_ => new Max7219Chip())];
        _shift = new byte[2 * _chips.Length];
        PowerUp();
    }

    public event Action? Changed;

    public IReadOnlyList<EmulatorControl> Controls { get; } =
    [
        new("power", "Power of the panels; their memory is lost without it", new Dictionary<string, string> { ["state"] = "on | off | cycle" }),
        new("glitch", "Flip random bits of the chips' memory, as a spark would", new Dictionary<string, string>
        {
            ["bits"] = $"1 to {MostFlippedBits}; {UsualFlippedBits} when absent",
        }),
        new("unplug", "Take the SPI bus away from the host", new Dictionary<string, string>()),
        new("plug", "Give the SPI bus back", new Dictionary<string, string>()),
    ];

    /// <summary>One picture: the panels in the order of their numbers.</summary>
    public IReadOnlyList<string> Pictures
    {
        get
        {
            var panels = Look()["panels"]!.AsArray();
            return [.. panels.Select(panel => PanelPicture.ToSvg(panel!.AsObject()))];
        }
    }

    public JsonObject Look()
    {
        lock (_bus.Gate)
        {
            return new JsonObject
            {
                ["plugged"] = _bus.Plugged,
                ["powered"] = _powered,
                ["panels"] = new JsonArray([.. _options.Panels.Select((panel, index) => (JsonNode)Look(panel, index))]),
                ["frames"] = _frames,
            };
        }
    }

    public void Do(string control, JsonElement arguments)
    {
        switch (control)
        {
            case "power":
                var state = OptionReader.Arguments(control, arguments, read => read.OneOf("state", ["on", "off", "cycle"]));
                Do(() => Power(state!));
                break;
            case "glitch":
                var bits = OptionReader.Arguments(control, arguments, read => read.Number("bits", UsualFlippedBits, 1, MostFlippedBits));
                Do(() => Glitch(bits));
                break;
            case "unplug":
            case "plug":
                OptionReader.Arguments(control, arguments, _ => 0);
                Do(() => _bus.Plugged = control == "plug");
                break;
            default:
                OptionReader.RefuseControl(control, Controls);
                break;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <exception cref="DeviceLostException">Unplugged, or opened already.</exception>
    internal ISpiLink Open() => _bus.Open(new Link(this));

    private JsonObject Look(int panel, int index)
    {
        var chips = _chips.AsSpan(index * _options.ChipsPerPanel, _options.ChipsPerPanel);
        var look = new JsonObject { ["panel"] = panel };
        if (_options.Matrix is { } matrix)
        {
            var dots = MatrixLamps.Of(chips, matrix, _powered);
            look["dots"] = new JsonArray([.. dots.Lines().Select(line => (JsonNode)line)]);
            look["text"] = DotFont.Read(dots);
        }
        else
        {
            var chip = chips[0];
            var segments = Enumerable.Range(0, Max7219Protocol.Digits)
                .Select(place => _powered ? chip.Lit(Max7219Protocol.Register(_options, place)) : (byte)0).ToArray();
            look["segments"] = new JsonArray([.. segments.Select(lit => (JsonNode)(int)lit)]);
            look["text"] = SevenSegments.Read(segments);
        }

        look["on"] = _powered && chips[0].On;
        look["test"] = _powered && chips[0].Test;
        look["intensity"] = chips[0].Intensity;
        return look;
    }

    private void Do(Action change)
    {
        lock (_bus.Gate) change();
        Changed?.Invoke();
    }

    private void Power(string state)
    {
        if (state == "cycle" || (state == "on" && !_powered)) PowerUp();
        _powered = state != "off";
    }

    private void PowerUp()
    {
        foreach (var chip in _chips) chip.PowerUp(_random);
        _random.NextBytes(_shift);
    }

    private void Glitch(int bits)
    {
        for (var bit = 0; bit < bits; bit++) _chips[_random.Next(_chips.Length)].FlipBit(_random);
    }

    private void Transfer(ReadOnlySpan<byte> bytes)
    {
        lock (_bus.Gate)
        {
            _bus.RequirePlugged();
            _frames++;
            if (!_powered) return;
            foreach (var value in bytes)
            {
                // Each byte pushes the others one further along the chain; the oldest falls out of its end.
                _shift.AsSpan(0, _shift.Length - 1).CopyTo(_shift.AsSpan(1));
                _shift[0] = value;
            }

            for (var chip = 0; chip < _chips.Length; chip++) _chips[chip].Latch(_shift[(2 * chip) + 1], _shift[2 * chip]);
        }

        Changed?.Invoke();
    }

    private sealed class Link(Max7219Emulator emulator) : ISpiLink
    {
        public void Transfer(ReadOnlySpan<byte> bytes)
        {
            ObjectDisposedException.ThrowIf(!emulator._bus.IsOpenFor(this), this);
            emulator.Transfer(bytes);
        }

        public void Dispose() => emulator._bus.Close(this);
    }
}
