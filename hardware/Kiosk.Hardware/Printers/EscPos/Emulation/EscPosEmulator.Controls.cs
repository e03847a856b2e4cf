using System.Text.Json;

namespace Kiosk.Hardware.Printers.EscPos.Emulation;

/// <summary>What a person could do to the printer.</summary>
public sealed partial class EscPosEmulator
{
    private static readonly Dictionary<Misbehaviour, string> Words = new()
    {
        [Misbehaviour.None] = "none",
        [Misbehaviour.Split] = "split",
        [Misbehaviour.Late] = "late",
        [Misbehaviour.Noise] = "noise",
        [Misbehaviour.Garbage] = "garbage",
        [Misbehaviour.Stall] = "stall",
        [Misbehaviour.ResetAfter] = "reset-after",
    };

    public IReadOnlyList<EmulatorControl> Controls { get; } =
    [
        new("paper", "Load paper, let it come near its end, or take it out.", new Dictionary<string, string>
        {
            ["state"] = "ok | near-end | out",
            ["lines"] = "optional: lines until the roll ends, 1 to 100000",
        }),
        new("cover", "Open or close the cover.", new Dictionary<string, string> { ["state"] = "open | closed" }),
        new("cutter", "Jam the cutter, or free it.", new Dictionary<string, string> { ["state"] = "jammed | ok" }),
        new("power", "Switch off and on: the connection and what is buffered are lost.", new Dictionary<string, string> { ["state"] = "on | off" }),
        new("silence", "Read everything, answer nothing.", new Dictionary<string, string> { ["on"] = "true | false" }),
        new("misbehave", "Answer split, late, with noise or with garbage; take slips and not print them; or lose power in the middle.", new Dictionary<string, string>
        {
            ["mode"] = string.Join(" | ", Words.Values),
            ["bytes"] = "with reset-after: bytes until then, 0 to 1000000",
        }),
        new("reset", "As new: paper, cover, cutter, power and manners in order, no slips.", new Dictionary<string, string>()),
    ];

    public void Do(string control, JsonElement arguments)
    {
        var known = Controls.FirstOrDefault(one => one.Name == control)
            ?? throw new ArgumentException($"control \"{control}\" is unknown; allowed: {string.Join(", ", Controls.Select(one => one.Name))}", nameof(control));
        var given = new ControlArguments(known, arguments);
        var work = Prepare(control, given);
        lock (_gate)
        {
            work();
            if (!_machine.Full) _room.TrySetResult();
        }

        Changed?.Invoke();
    }

    // Everything that can be wrong with the arguments is found here, before anything is done.
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
            case "power":
                return given.Word("state", "on", "off") == "on" ? PowerOn : PowerOff;
            case "silence":
                var silent = given.Flag("on");
                return () => _silent = silent;
            case "misbehave":
                var word = given.Word("mode", [.. Words.Values]);
                var (mode, bytes) = (Words.First(pair => pair.Value == word).Key, given.Number("bytes", 0, 1_000_000));
                if (mode == Misbehaviour.ResetAfter && bytes is null)
                    throw new ArgumentException("argument \"bytes\" is missing; with reset-after allowed: 0 to 1000000");
                return () => Misbehave(mode, bytes ?? 0);
            default:
                return Reset;
        }
    }

    private void Misbehave(Misbehaviour mode, int bytes)
    {
        if (mode != Misbehaviour.Late) _held.Clear();
        (_misbehaviour, _bytesToReset) = (mode, bytes);
        _machine.SetStalled(mode == Misbehaviour.Stall);
    }

    private void Reset()
    {
        _silent = false;
        Misbehave(Misbehaviour.None, 0);
        _machine.PowerCycle();
        _machine.SetCover(false);
        _machine.SetBlade(false);
        _machine.Paper.Clear();
        PowerOn();
    }
}
