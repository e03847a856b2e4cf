using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Cash.Emulation;

/// <summary>An acceptor of notes or coins on a TCP port of this machine, whatever it speaks.</summary>
public sealed class CashEmulator : IEmulator, IWiredDevice
{
    private readonly ICashMachine _machine;
    private readonly EmulatedWire _wire;
    private readonly string _title, _currency;

    /// <param name="title">Over the picture, as <c>ccTalk notes</c>.</param>
    internal CashEmulator(ICashMachine machine, string title, string currency, TimeProvider time)
    {
        (_machine, _title, _currency) = (machine, title, currency);
        machine.Answer = bytes => _wire!.Send(bytes);
        _wire = new EmulatedWire(this, time);
        Controls = [.. TillControls, .. machine.Controls, .. _wire.Controls, Control("reset", "As new and empty: path, wire and manners in order; the counts of the till stay.")];
    }

    public event Action? Changed
    {
        add => _wire.Changed += value;
        remove => _wire.Changed -= value;
    }

    public IReadOnlyList<EmulatorControl> Controls { get; }

    public IReadOnlyList<string> Pictures => [CashPicture.ToSvg(Look(), _title, _currency)];

    bool IWiredDevice.Full => _machine.Full;

    IReadOnlyList<string> IWiredDevice.OwnMisbehaviour => _machine.OwnMisbehaviour;

    internal ByteLinkAddress Address => _wire.Address;

    private static IReadOnlyList<EmulatorControl> TillControls { get; } =
    [
        Control("insert", "A customer puts in one note or coin; what is not wanted comes back at once.", ("value", "in the smallest unit, 1 to 2000000000")),
        Control("pull", "The customer pulls the note back out, as long as there is one to reach."),
        Control("jam", "What moves sticks; off: a technician takes it out.", ("on", "true | false")),
        Control("take-box", "Take the cash box out."),
        Control("put-box", "Put an empty cash box in."),
        Control("fill", "Fill the box with paper of no value.", ("percent", "0 to 100")),
        Control("stubborn", "Keep what is to be given back.", ("on", "true | false")),
        Control("power-up", "Where an item in the way goes when the power comes back.", ("note", "return | keep")),
    ];

    public JsonObject Look()
    {
        lock (_wire.Gate)
        {
            _machine.Till.Pass();
            var look = new JsonObject();
            _machine.Till.Describe(look);
            _machine.Describe(look);
            return _wire.Describe(look);
        }
    }

    public void Do(string control, JsonElement arguments) => _wire.Do(control, arguments, Controls, given => Prepare(control, given));

    /// <summary>Talks to one host over any other link: a test does it with a pseudo-terminal.</summary>
    /// <param name="link">Disposed at the end.</param>
    public Task ServeAsync(ByteLink link, CancellationToken cancel) => _wire.ServeAsync(link, cancel);

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    void IWiredDevice.Receive(byte value) => _machine.Receive(value);

    void IWiredDevice.LosePower() => _machine.LosePower();

    void IWiredDevice.Misbehave(string? own) => _machine.Misbehave(own);

    private Action Prepare(string control, ControlArguments given)
    {
        var till = _machine.Till;
        switch (control)
        {
            case "insert":
                var value = given.Number("value", 1, 2_000_000_000) ?? throw new ArgumentException("argument \"value\" is missing; allowed: 1 to 2000000000");
                return () => Insert(value);
            case "pull": return till.Pull;
            case "jam":
                var jam = given.Flag("on");
                return () => till.Jam(jam);
            case "take-box": return till.TakeBox;
            case "put-box": return till.PutBox;
            case "fill":
                var percent = given.Number("percent", 0, 100) ?? throw new ArgumentException("argument \"percent\" is missing; allowed: 0 to 100");
                return () => till.Fill(percent);
            case "stubborn":
                var stubborn = given.Flag("on");
                return () => till.Stubborn = stubborn;
            case "power-up":
                var keep = given.Word("note", "return", "keep") == "keep";
                return () => till.KeepsAtPowerUp = keep;
            case "reset": return Reset;
            default: return _machine.Prepare(control, given);
        }
    }

    private void Insert(long minor)
    {
        _machine.Till.Pass();
        if (_wire.Powered && _machine.Wants(minor)) _machine.Till.Take(minor);
        else _machine.Till.Refuse(minor);
    }

    private void Reset()
    {
        _wire.Reset();
        var till = _machine.Till;
        (till.Stubborn, till.KeepsAtPowerUp) = (false, false);
        till.Jam(false);
        till.LosePower();
        till.PutBox();
        till.Fill(0);
        _machine.Reset();
    }

    private static EmulatorControl Control(string name, string summary, params (string Name, string Allowed)[] arguments) =>
        new(name, summary, arguments.ToDictionary(one => one.Name, one => one.Allowed));
}
