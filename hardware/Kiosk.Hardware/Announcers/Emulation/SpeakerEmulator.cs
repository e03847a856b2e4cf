using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Announcers.Audio;

namespace Kiosk.Hardware.Announcers.Emulation;

/// <summary>A sound card, an amplifier and a loudspeaker made of memory: plays at the pace of the clock and keeps what was heard last.</summary>
public sealed class SpeakerEmulator : IEmulator
{
    /// <summary>A minute and a half of speech at most, as sound.</summary>
    public const int HeardKept = 5;

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<Heard> _heard = [];
    private bool _plugged = true, _powered = true, _busy, _jammed;
    private EmulatedCard? _card;
    private long _count;

    internal SpeakerEmulator(TimeProvider time) => _time = time;

    public event Action? Changed;

    public IReadOnlyList<EmulatorControl> Controls { get; } =
    [
        new("power", "Power of the amplifier: the card takes the sound all the same, and nobody hears it", new Dictionary<string, string> { ["state"] = "on | off" }),
        new("jam", "The card takes no more samples, as one whose firmware hangs", new Dictionary<string, string> { ["state"] = "on | off" }),
        new("busy", "Another program owns the card when it is opened the next time", new Dictionary<string, string> { ["state"] = "on | off" }),
        new("hiccup", "The host has no time for the card, and it runs dry within a word", new Dictionary<string, string>()),
        new("unplug", "Pull the sound card out", new Dictionary<string, string>()),
        new("plug", "Put it back", new Dictionary<string, string>()),
    ];

    /// <summary>The latest sound.</summary>
    public IReadOnlyList<string> Pictures
    {
        get
        {
            lock (_gate) return [.. _heard.Take(1).Select(heard => heard.Picture)];
        }
    }

    public IReadOnlyList<EmulatedSound> Sounds
    {
        get
        {
            lock (_gate) return [.. _heard.Select(heard => new EmulatedSound(heard.Number, heard.Words, heard.Wav))];
        }
    }

    public JsonObject Look()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["plugged"] = _plugged,
                ["powered"] = _powered,
                ["busy"] = _busy,
                ["jammed"] = _jammed,
                ["playing"] = _card?.Playing is { } words ? words : null,
                ["underruns"] = _card?.Underruns ?? 0,
                ["heard"] = new JsonArray([.. _heard.Select(heard => (JsonNode)heard.Look())]),
            };
        }
    }

    public void Do(string control, JsonElement arguments)
    {
        switch (control)
        {
            case "power": Set(ref _powered, control, arguments); break;
            case "jam": Set(ref _jammed, control, arguments); break;
            case "busy": Set(ref _busy, control, arguments); break;
            case "hiccup":
                OptionReader.Arguments(control, arguments, _ => 0);
                lock (_gate) _card?.RunDry();
                break;
            case "unplug":
            case "plug":
                OptionReader.Arguments(control, arguments, _ => 0);
                lock (_gate)
                {
                    _plugged = control == "plug";
                    if (!_plugged) _card?.Unplug();
                }

                break;
            default:
                OptionReader.RefuseControl(control, Controls);
                break;
        }

        Changed?.Invoke();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <exception cref="DeviceLostException">Unplugged, or another program owns it.</exception>
    internal IPcm Open(int rate)
    {
        lock (_gate)
        {
            if (!_plugged) throw new DeviceLostException(DeviceFault.Disconnected, "emulated sound card: ENODEV, it is unplugged");
            if (_busy || _card is not null) throw new DeviceLostException(DeviceFault.InUse, "emulated sound card: EBUSY, it is open already");
            return _card = new EmulatedCard(rate, _time, _gate, this);
        }
    }

    /// <summary>Under the lock.</summary>
    internal bool Jammed => _jammed;

    internal void Released(EmulatedCard card)
    {
        if (_card == card) _card = null;
    }

    /// <summary>Under the lock.</summary>
    internal void Keep(Sound sound, string words, bool cut)
    {
        _heard.Insert(0, new(++_count, _time.GetUtcNow(), sound, words, cut, _powered));
        if (_heard.Count > HeardKept) _heard.RemoveAt(HeardKept);
    }

    internal void Tell() => Changed?.Invoke();

    private void Set(ref bool state, string control, JsonElement arguments)
    {
        var on = OptionReader.Arguments(control, arguments, read => read.OneOf("state", ["on", "off"])) == "on";
        lock (_gate) state = on;
    }

    private sealed class Heard(long number, DateTimeOffset at, Sound sound, string words, bool cut, bool audible)
    {
        private readonly Lazy<byte[]> _wav = new(() => WavFile.Write(sound));
        private readonly Lazy<string> _picture = new(() => WaveformPicture.ToSvg(sound, words));

        public long Number => number;

        public string Words => words;

        public Sound Sound => sound;

        public byte[] Wav => _wav.Value;

        public string Picture => _picture.Value;

        public JsonObject Look() => new()
        {
            ["number"] = number,
            ["at"] = at.ToString("O", CultureInfo.InvariantCulture),
            ["words"] = words,
            ["seconds"] = Math.Round(sound.Length.TotalSeconds, 2),
            ["peak"] = Math.Round(sound.Peak, 3),
            ["cut"] = cut,
            ["audible"] = audible,
        };
    }
}
