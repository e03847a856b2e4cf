using System.Text.Json;

namespace Kiosk.Hardware.Links.Emulation;

/// <summary>What a person could do to the device's cable.</summary>
internal sealed partial class EmulatedWire
{
    /// <summary>How long joined answers gather.</summary>
    private const int GatherMilliseconds = 20;

    private static readonly Dictionary<Misbehaviour, string> Words = new()
    {
        [Misbehaviour.None] = "none",
        [Misbehaviour.Split] = "split",
        [Misbehaviour.Joined] = "joined",
        [Misbehaviour.Late] = "late",
        [Misbehaviour.Noise] = "noise",
        [Misbehaviour.Garbage] = "garbage",
        [Misbehaviour.Deaf] = "deaf",
        [Misbehaviour.ResetAfter] = "reset-after",
        [Misbehaviour.LossAfter] = "loss-after",
    };

    private Misbehaviour _misbehaviour;
    private string? _own;
    private TimeSpan _wait;
    private long _bytesLeft;
    private bool _silent;

    /// <summary><c>power</c>, <c>silence</c> and <c>misbehave</c>: every device on a wire has them.</summary>
    public IReadOnlyList<EmulatorControl> Controls =>
    [
        new("power", "Switch off and on: the connection and what is buffered are lost.", new Dictionary<string, string> { ["state"] = "on | off" }),
        new("silence", "Read everything, answer nothing.", new Dictionary<string, string> { ["on"] = "true | false" }),
        new("misbehave", "Answer in pieces, joined, late, with noise or with garbage; do not read; or lose power in the middle.", new Dictionary<string, string>
        {
            ["mode"] = string.Join(" | ", Modes),
            ["bytes"] = "with reset-after: bytes received until then, with loss-after: bytes sent until then, 0 to 1000000",
            ["milliseconds"] = "optional, with late: how late (without it: until the next question), with joined: how long answers gather, 1 to 60000",
        }),
    ];

    private string[] Modes => [.. Words.Values, .. _device.OwnMisbehaviour];

    /// <summary>Does one of the wire's controls or of the device's own.</summary>
    /// <param name="controls">All of the device's, the wire's among them.</param>
    /// <param name="own">Of a control that is not the wire's: checks its arguments (<see cref="ArgumentException"/>) and returns what is then done under the gate.</param>
    /// <exception cref="ArgumentException">Unknown control or argument; the message names it and what is allowed. Nothing was done.</exception>
    public void Do(string control, JsonElement arguments, IReadOnlyList<EmulatorControl> controls, Func<ControlArguments, Action> own)
    {
        var known = controls.FirstOrDefault(one => one.Name == control)
            ?? throw new ArgumentException($"control \"{control}\" is unknown; allowed: {string.Join(", ", controls.Select(one => one.Name))}", nameof(control));
        var given = new ControlArguments(known, arguments);
        var work = control switch
        {
            "power" => given.Word("state", "on", "off") == "on" ? PowerOn : PowerOff,
            "silence" => Silence(given.Flag("on")),
            "misbehave" => Misbehave(given),
            _ => own(given),
        };
        lock (Gate)
        {
            work();
            if (!Blocked) _room.TrySetResult();
        }

        CutConnections();
        Changed?.Invoke();
    }

    /// <summary>Power and manners as new. Call under <see cref="Gate"/>.</summary>
    public void Reset()
    {
        _silent = false;
        Behave(Misbehaviour.None, null, TimeSpan.Zero, 0);
        PowerOn();
    }

    private Action Silence(bool on) => () => _silent = on;

    private Action Misbehave(ControlArguments given)
    {
        var word = given.Word("mode", Modes);
        var mode = Words.FirstOrDefault(pair => pair.Value == word).Key;
        var (bytes, milliseconds) = (given.Number("bytes", 0, 1_000_000), given.Number("milliseconds", 1, 60_000));
        if (mode is Misbehaviour.ResetAfter or Misbehaviour.LossAfter && bytes is null)
            throw new ArgumentException($"argument \"bytes\" is missing; with {word} allowed: 0 to 1000000");
        var wait = TimeSpan.FromMilliseconds(milliseconds ?? (mode == Misbehaviour.Joined ? GatherMilliseconds : 0));
        return () => Behave(mode, Words.ContainsValue(word) ? null : word, wait, bytes ?? 0);
    }

    private void Behave(Misbehaviour mode, string? own, TimeSpan wait, long bytes)
    {
        if (mode != Misbehaviour.Late) _held.Clear();
        (_misbehaviour, _own, _wait, _bytesLeft) = (mode, own, wait, bytes);
        _device.Misbehave(own);
    }
}
