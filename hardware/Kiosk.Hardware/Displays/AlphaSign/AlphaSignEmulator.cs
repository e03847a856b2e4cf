using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Displays.AlphaSign;

/// <summary>The signs of a line on a TCP port of this machine, as behind a serial device server.</summary>
public sealed class AlphaSignEmulator : IEmulator, IWiredDevice
{
    private readonly AlphaSignOptions _options;
    private readonly AlphaSignMachine[] _signs;
    private readonly AlphaSignReceiver _receiver;
    private readonly EmulatedWire _wire;
    private int _frames;

    internal AlphaSignEmulator(AlphaSignOptions options, TimeProvider time)
    {
        _options = options;
        _signs = [.. options.Panels.Select(panel => new AlphaSignMachine(panel.Address.Digits))];
        _receiver = new AlphaSignReceiver($"Z!?{options.Type}", Carry);
        _wire = new EmulatedWire(this, time);
        Controls =
        [
            new("blackout", "The signs lose their power, or have it again; the line stays", new Dictionary<string, string>
            {
                ["state"] = "on | off | cycle",
                ["memory"] = "optional: kept | lost",
            }),
            .. _wire.Controls,
        ];
    }

    public event Action? Changed
    {
        add => _wire.Changed += value;
        remove => _wire.Changed -= value;
    }

    public IReadOnlyList<EmulatorControl> Controls { get; }

    /// <summary>One picture: the signs in the order of their numbers.</summary>
    public IReadOnlyList<string> Pictures => [.. Look()["panels"]!.AsArray().Select(panel => PanelPicture.ToSvg(panel!.AsObject()))];

    internal ByteLinkAddress Address => _wire.Address;

    public JsonObject Look()
    {
        lock (_wire.Gate)
        {
            return _wire.Describe(new JsonObject
            {
                ["panels"] = new JsonArray([.. _options.Panels.Select((panel, index) => (JsonNode)Look(panel.Panel, _signs[index]))]),
                ["frames"] = _frames,
                ["badFrames"] = _receiver.BadFrames,
            });
        }
    }

    public void Do(string control, JsonElement arguments) => _wire.Do(control, arguments, Controls, Blackout);

    /// <summary>Talks to one host over any other link: a test does it with a pseudo-terminal.</summary>
    /// <param name="link">Disposed at the end.</param>
    public Task ServeAsync(ByteLink link, CancellationToken cancel) => _wire.ServeAsync(link, cancel);

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    void IWiredDevice.Receive(byte value) => _receiver.Receive(value);

    void IWiredDevice.LosePower() => _receiver.LosePower();

    private void Carry(string address, string command)
    {
        _frames++;
        foreach (var sign in _signs.Where(sign => sign.IsMeant(address))) sign.Carry(command);
    }

    private Action Blackout(ControlArguments given)
    {
        var (state, lost) = (given.Word("state", "on", "off", "cycle"), given.Has("memory") && given.Word("memory", "kept", "lost") == "lost");
        return () =>
        {
            _receiver.LosePower();
            foreach (var sign in _signs)
            {
                if (lost) sign.ForgetAll();
                sign.Powered = state != "off";
            }
        };
    }

    private JsonObject Look(int panel, AlphaSignMachine sign)
    {
        var (text, flash) = sign.Shown;

        // Held in the middle, as the TEXT file says.
        var dots = DotFont.RightAligned(text + new string(' ', Math.Max(0, _options.Places - text.Length) / 2), DotFont.Height, (_options.Places * DotFont.Pitch) - 1);
        return new JsonObject
        {
            ["panel"] = panel,
            ["address"] = sign.Address,
            ["text"] = text,
            ["flash"] = flash,
            ["dots"] = new JsonArray([.. dots.Lines().Select(line => (JsonNode)line)]),
            ["on"] = sign.Powered,
            ["intensity"] = sign.Powered ? 15 : 0,
            ["blanks"] = sign.Blanks,
            ["refused"] = sign.Refused,
        };
    }
}
