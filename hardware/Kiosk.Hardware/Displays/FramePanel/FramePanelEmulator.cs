using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Displays.FramePanel;

/// <summary>Window panels of software on a TCP port of this machine, as behind an RS-485 device server.</summary>
public sealed class FramePanelEmulator : IEmulator, IWiredDevice
{
    private const int FullBrightness = 15;

    private readonly FramePanelOptions _options;
    private readonly SortedDictionary<int, Panel> _panels = [];
    private readonly FrameReader _reader;
    private readonly EmulatedWire _wire;
    private int _frames;

    internal FramePanelEmulator(FramePanelOptions options, TimeProvider time)
    {
        _options = options;
        foreach (var (_, address) in options.Panels) _panels[address] = new Panel();
        _reader = new FrameReader(options, Carry);
        _wire = new EmulatedWire(this, time);
        Controls =
        [
            new("blackout", "The panels lose their power, or have it again; the line stays", new Dictionary<string, string> { ["state"] = "on | off | cycle" }),
            .. _wire.Controls,
        ];
    }

    public event Action? Changed
    {
        add => _wire.Changed += value;
        remove => _wire.Changed -= value;
    }

    public IReadOnlyList<EmulatorControl> Controls { get; }

    /// <summary>One picture: the panels in the order of their numbers.</summary>
    public IReadOnlyList<string> Pictures => [.. Look()["panels"]!.AsArray().Select(panel => PanelPicture.ToSvg(panel!.AsObject()))];

    internal ByteLinkAddress Address => _wire.Address;

    public JsonObject Look()
    {
        lock (_wire.Gate)
        {
            return _wire.Describe(new JsonObject
            {
                ["panels"] = new JsonArray([.. _options.Panels.Select(panel => (JsonNode)Look(panel.Panel, panel.Address, _panels[panel.Address]))]),
                ["frames"] = _frames,
                ["badFrames"] = _reader.BadFrames,
            });
        }
    }

    public void Do(string control, JsonElement arguments) => _wire.Do(control, arguments, Controls, given =>
    {
        var state = given.Word("state", "on", "off", "cycle");
        return () =>
        {
            _reader.Forget();
            foreach (var panel in _panels.Values) panel.LosePower(stays: state == "off");
        };
    });

    /// <summary>Talks to one host over any other link: a test does it with a pseudo-terminal.</summary>
    /// <param name="link">Disposed at the end.</param>
    public Task ServeAsync(ByteLink link, CancellationToken cancel) => _wire.ServeAsync(link, cancel);

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    void IWiredDevice.Receive(byte value) => _reader.Receive(value);

    void IWiredDevice.LosePower() => _reader.Forget();

    private void Carry(FrameHeard frame)
    {
        _frames++;
        foreach (var (address, panel) in _panels)
        {
            if (!panel.Powered || (frame.Address is { } meant && meant != address)) continue;
            if (frame.Brightness is { } brightness) panel.Brightness = brightness;
            else if (frame.Text is { } text) (panel.Text, panel.Testing) = (Decode(text), false);
            else panel.Testing = true;
        }
    }

    private string Decode(byte[] wire)
    {
        var text = _options.Text.Encoding switch
        {
            TextEncoding.Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetString(wire),
            TextEncoding.HexDigits => Encoding.ASCII.GetString(Convert.FromHexString(Encoding.ASCII.GetString(wire))),
            _ => Encoding.ASCII.GetString(wire),
        };
        
        // What stands in the empty places: the padding, or blanks where that would read as a number.
        char[] empty = [_options.Text.Padding, ' '];
        return _options.Text.AlignedRight ? text.TrimStart(empty) : text.TrimEnd(empty);
    }

    private JsonObject Look(int number, int address, Panel panel)
    {
        var width = _options.Text.Width;
        var text = !panel.Powered ? "" : panel.Testing ? new string('8', width) : panel.Text;
        var look = new JsonObject { ["panel"] = number, ["address"] = address, ["text"] = text, ["on"] = panel.Powered };
        if (_options.Text.Encoding != TextEncoding.Gb18030)
        {
            // Aligned to the left there are blanks behind the text.
            var lit = SevenSegments.RightAligned(_options.Text.AlignedRight ? text : text.PadRight(width), width);
            if (panel is { Powered: true, Testing: true }) Array.Fill(lit, SevenSegments.All);
            look["segments"] = new JsonArray([.. lit.Select(place => (JsonNode)(int)place)]);
        }

        else look["places"] = width;

        look["test"] = panel is { Powered: true, Testing: true };
        look["intensity"] = panel.Brightness;
        return look;
    }

    private sealed class Panel
    {
        public bool Powered { get; private set; } = true;

        public string Text { get; set; } = "";

        public bool Testing { get; set; }

        public int Brightness { get; set; } = FullBrightness;

        public void LosePower(bool stays) => (Powered, Text, Testing, Brightness) = (!stays, "", false, FullBrightness);
    }
}
