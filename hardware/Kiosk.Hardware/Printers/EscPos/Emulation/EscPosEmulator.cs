using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Printers.EscPos.Emulation;

/// <summary>An ESC/POS printer on a TCP port of this machine. It speaks the wire, so the driver under test runs unchanged.
/// Like many network printers it talks to one host at a time; the next waits.</summary>
public sealed class EscPosEmulator : IEmulator, IWiredDevice
{
    private const string Stall = "stall";
    private const int PicturesShown = 6;

    private readonly EscPosMachine _machine;
    private readonly EmulatedWire _wire;

    public EscPosEmulator(EscPosOptions options, TimeProvider time)
    {
        Options = options;
        _machine = new EscPosMachine(options, answer => _wire!.Send(answer));
        _wire = new EmulatedWire(this, time);
        Controls =
        [
            new("paper", "Load paper, let it come near its end, or take it out.", new Dictionary<string, string>
            {
                ["state"] = "ok | near-end | out",
                ["lines"] = "optional: lines until the roll ends, 1 to 100000",
            }),
            new("cover", "Open or close the cover.", new Dictionary<string, string> { ["state"] = "open | closed" }),
            new("cutter", "Jam the cutter, or free it.", new Dictionary<string, string> { ["state"] = "jammed | ok" }),
            .. _wire.Controls,
            new("reset", "As new: paper, cover, cutter, power and manners in order, no slips.", new Dictionary<string, string>()),
        ];
    }

    public event Action? Changed
    {
        add => _wire.Changed += value;
        remove => _wire.Changed -= value;
    }

    public EscPosOptions Options { get; }

    /// <summary>Of 127.0.0.1. May change when the power comes back.</summary>
    public int Port => _wire.Port;

    public IReadOnlyList<EmulatorControl> Controls { get; }

    /// <summary>The latest slips that came out, newest first.</summary>
    public IReadOnlyList<string> Pictures
    {
        get
        {
            var look = Look();
            var columns = look["columns"]!.GetValue<int>();
            return [.. look["paper"]!.AsArray().Reverse().Take(PicturesShown).Select(slip => SlipPicture.ToSvg(slip!, columns))];
        }
    }

    bool IWiredDevice.Full => _machine.Full;

    IReadOnlyList<string> IWiredDevice.OwnMisbehaviour => [Stall];

    public JsonObject Look()
    {
        lock (_wire.Gate)
        {
            var paper = _machine.Paper;
            return _wire.Describe(new JsonObject
            {
                ["paper"] = paper.Slips(),
                ["current"] = paper.Hanging(),
                ["slips"] = paper.SlipCount,
                ["paperState"] = paper.Out ? "out" : paper.NearEnd ? "near-end" : "ok",
                ["linesLeft"] = paper.Left == int.MaxValue ? null : paper.Left,
                ["cover"] = _machine.CoverOpen ? "open" : "closed",
                ["cutter"] = _machine.BladeStuck || _machine.CutterError ? "jammed" : "ok",
                ["online"] = _wire.Powered && _machine.Online,
                ["buffered"] = _machine.Buffered,
                ["unknownBytes"] = _machine.Unknown,
                ["columns"] = Options.Columns,
            });
        }
    }

    public void Do(string control, JsonElement arguments) => _wire.Do(control, arguments, Controls, given => Prepare(control, given));

    /// <summary>Talks to one host over any other link: a test does it with a pseudo-terminal.</summary>
    /// <param name="link">Disposed at the end.</param>
    public Task ServeAsync(ByteLink link, CancellationToken cancel) => _wire.ServeAsync(link, cancel);

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    void IWiredDevice.Receive(byte value) => _machine.Receive(value);

    void IWiredDevice.LosePower() => _machine.PowerCycle();

    // Takes everything, answers real-time questions, prints nothing.
    void IWiredDevice.Misbehave(string? own) => _machine.SetStalled(own == Stall);

    private Action Prepare(string control, ControlArguments given)
    {
        switch (control)
        {
            case "paper":
                var (state, lines) = (given.Word("state", "ok", "near-end", "out"), given.Number("lines", 1, 100_000));
                return () => _machine.SetPaper(state == "out" ? 0 : lines ?? int.MaxValue, nearEnd: state == "near-end");
            case "cover":
                var open = given.Word("state", "open", "closed") == "open";
                return () => _machine.SetCover(open);
            case "cutter":
                var jammed = given.Word("state", "jammed", "ok") == "jammed";
                return () => _machine.SetBlade(jammed);
            default:
                return Reset;
        }
    }

    private void Reset()
    {
        _wire.Reset();
        _machine.PowerCycle();
        _machine.SetCover(false);
        _machine.SetBlade(false);
        _machine.Paper.Clear();
    }
}
