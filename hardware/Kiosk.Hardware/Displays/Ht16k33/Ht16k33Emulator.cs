using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Displays.Ht16k33;

/// <summary>A bus of chips made of memory.</summary>
public sealed class Ht16k33Emulator : IEmulator
{
    private const int MostFlippedBits = 64, UsualFlippedBits = 8;

    private readonly Ht16k33Options _options;
    private readonly SortedDictionary<int, Ht16k33Chip> _chips = [];
    private readonly Random _random;
    private readonly EmulatedBus _bus = new("I2C bus");
    private long _messages;

    /// <param name="seed">Decides what is in the memory at power-up.</param>
    internal Ht16k33Emulator(Ht16k33Options options, int seed)
    {
        _options = options;
        _random = new Random(seed);
        foreach (var (_, address) in options.Panels)
        {
            _chips[address] = new Ht16k33Chip();
            _chips[address].PowerUp(_random);
        }
    }

    public event Action? Changed;

    public IReadOnlyList<EmulatorControl> Controls { get; } =
    [
        new("power", "Power of the panels, or of one; their memory is lost without it", new Dictionary<string, string>
        {
            ["state"] = "on | off | cycle",
            ["panel"] = "optional: the number of one panel",
        }),
        new("silence", "One panel does not acknowledge its address", new Dictionary<string, string> { ["panel"] = "its number", ["on"] = "true | false" }),
        new("glitch", "Flip random bits of the chips' memory, as a spark would", new Dictionary<string, string>
        {
            ["bits"] = $"1 to {MostFlippedBits}; {UsualFlippedBits} when absent",
        }),
        new("unplug", "Take the I2C bus away from the host", new Dictionary<string, string>()),
        new("plug", "Give the I2C bus back", new Dictionary<string, string>()),
    ];

    /// <summary>One picture: the panels in the order of their numbers.</summary>
    public IReadOnlyList<string> Pictures => [.. Look()["panels"]!.AsArray().Select(panel => PanelPicture.ToSvg(panel!.AsObject()))];

    public JsonObject Look()
    {
        lock (_bus.Gate)
        {
            return new JsonObject
            {
                ["plugged"] = _bus.Plugged,
                ["panels"] = new JsonArray([.. _options.Panels.Select(panel => (JsonNode)Look(panel.Panel, panel.Address, _chips[panel.Address]))]),
                ["messages"] = _messages,
            };
        }
    }

    public void Do(string control, JsonElement arguments)
    {
        switch (control)
        {
            case "power":
                var (state, chips) = OptionReader.Arguments(
                    control, arguments, read => (read.OneOf("state", ["on", "off", "cycle"]), read.Has("panel") ? Panel(read) : [.. _chips.Values]));
                Do(() => Power(state!, chips));
                break;
            case "silence":
                var (silenced, on) = OptionReader.Arguments(control, arguments, read => (Panel(read), read.Flag("on", true)));
                Do(() => silenced[0].Silent = on);
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
    internal II2cLink Open() => _bus.Open(new Link(this));

    private List<Ht16k33Chip> Panel(OptionReader read)
    {
        var number = read.RequiredNumber("panel", 1, 999);
        var found = _options.Panels.Where(panel => panel.Panel == number).Select(panel => _chips[panel.Address]).ToList();
        if (number is not null && found.Count == 0) read.Refuse("panel", $"must be one of {string.Join(", ", _options.Panels.Select(panel => panel.Panel))}");
        return found;
    }

    private JsonObject Look(int panel, int address, Ht16k33Chip chip)
    {
        var segments = _options.Layout.Places.Select(place => Segments(chip.Lit(place))).ToArray();
        return new JsonObject
        {
            ["panel"] = panel,
            ["address"] = $"0x{address:x2}",
            ["segments"] = new JsonArray([.. segments.Select(lit => (JsonNode)(int)lit)]),
            ["text"] = SevenSegments.Read(segments),
            ["on"] = chip.Powered && chip.On,
            ["intensity"] = chip.Intensity,
        };
    }

    /// <summary>Lamp by lamp: row 0 is wired to A, the top one, and so on round to G in the middle.</summary>
    private static byte Segments(byte rows)
    {
        byte[] lamps = [0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01, 0x80];
        return (byte)lamps.Where((_, row) => (rows >> row & 1) == 1).Sum(lamp => lamp);
    }

    private void Do(Action change)
    {
        lock (_bus.Gate) change();
        Changed?.Invoke();
    }

    private void Power(string state, IReadOnlyList<Ht16k33Chip> chips)
    {
        foreach (var chip in chips)
        {
            if (state == "cycle" || (state == "on" && !chip.Powered)) chip.PowerUp(_random);
            if (state == "off") chip.Powered = false;
        }
    }

    private void Glitch(int bits)
    {
        var chips = _chips.Values.ToList();
        for (var bit = 0; bit < bits; bit++) chips[_random.Next(chips.Count)].FlipBit(_random);
    }

    private I2cRefusal? Write(int address, ReadOnlySpan<byte> bytes)
    {
        lock (_bus.Gate)
        {
            _bus.RequirePlugged();
            _messages++;
            if (!_chips.TryGetValue(address, out var chip) || !chip.Powered || chip.Silent)
                return new(DeviceFault.Silent, $"write emulated I2C bus at 0x{address:x2}: EREMOTEIO, no acknowledgement");
            chip.Receive(bytes);
        }

        Changed?.Invoke();
        return null;
    }

    private sealed class Link(Ht16k33Emulator emulator) : II2cLink
    {
        public I2cRefusal? Write(int address, ReadOnlySpan<byte> bytes)
        {
            ObjectDisposedException.ThrowIf(!emulator._bus.IsOpenFor(this), this);
            return emulator.Write(address, bytes);
        }

        public void Dispose() => emulator._bus.Close(this);
    }
}
