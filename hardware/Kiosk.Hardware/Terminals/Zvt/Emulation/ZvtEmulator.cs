using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Links;
using Kiosk.Hardware.Links.Emulation;

namespace Kiosk.Hardware.Terminals.Zvt.Emulation;

/// <summary>A ZVT terminal on a TCP port of this machine. It keeps books of its own of what it really charged.</summary>
public sealed class ZvtEmulator : IEmulator, IWiredDevice
{
    private const string NoAbort = "no-abort";

    private readonly ZvtOptions _options;
    private readonly TimeProvider _time;
    private readonly ZvtMachine _machine;
    private readonly EmulatedWire _wire;
    private IZvtFraming _framing = new PlainFraming();
    private byte[] _saidLast = [];

    internal ZvtEmulator(ZvtOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _machine = new ZvtMachine(options, Say, Later);

        // Whole messages of no command, so that it is the message that is not understood, and not a length that is waited for.
        _wire = new EmulatedWire(this, time) { Rubbish = [0x0F, 0x0F, 0x00] };
        _wire.Changed += NoticeHost;
        Controls = [.. ZvtControls.Of(_machine).Select(control => control.Control), .. _wire.Controls];
    }

    public event Action? Changed;

    public IReadOnlyList<EmulatorControl> Controls { get; }

    public IReadOnlyList<string> Pictures
    {
        get
        {
            lock (_wire.Gate) return [TerminalPicture.ToSvg(_wire.Powered ? _machine.Display : "", _machine.Card?.Name)];
        }
    }

    IReadOnlyList<string> IWiredDevice.OwnMisbehaviour => [NoAbort];

    internal ByteLinkAddress Address => _wire.Address;

    public JsonObject Look()
    {
        lock (_wire.Gate)
        {
            return _wire.Describe(new JsonObject
            {
                ["display"] = _machine.Display,
                ["state"] = _machine.State,
                ["registered"] = _machine.Registered,
                ["card"] = _machine.Card?.Name,
                ["auto"] = _machine.Auto?.TotalMilliseconds,
                ["busy"] = _machine.Busy,
                ["endOfDayDue"] = _machine.EndOfDayDue,
                ["terminalId"] = $"{StatusWriter.TerminalId:00000000}",
                ["currency"] = _options.Currency,
                ["receipts"] = new JsonArray([.. _machine.Books.Receipts.Select(Describe)]),
            });
        }
    }

    public void Do(string control, JsonElement arguments)
    {
        _wire.Do(control, arguments, Controls, given => ZvtControls.Of(_machine).First(known => known.Control.Name == control).Prepare(given));
        Changed?.Invoke();
    }

    /// <summary>Talks to one host over a serial line: a test does it with a pseudo-terminal.</summary>
    /// <param name="link">Disposed at the end.</param>
    public async Task ServeAsync(ByteLink link, CancellationToken cancel)
    {
        lock (_wire.Gate) _framing = new DleFraming();
        await _wire.ServeAsync(link, cancel).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync().ConfigureAwait(false);
        lock (_wire.Gate) _machine.LosePower();
    }

    void IWiredDevice.Receive(byte value)
    {
        switch (_framing.Receive(value))
        {
            case WireSign.Message message:
                if (_framing.Acknowledges) _wire.Send(DleFraming.Ack);
                _machine.Receive(message.Apdu);
                break;
            case WireSign.Damaged: _wire.Send(DleFraming.Nak); break;
            case WireSign.Nak: _wire.Send(_saidLast); break;
            default: break;
        }
    }

    void IWiredDevice.LosePower()
    {
        _framing.Forget();
        _machine.LosePower();
    }

    void IWiredDevice.Misbehave(string? own) => _machine.RefusesAbort = own == NoAbort;

    private void Say(Apdu message) => _wire.Send(_saidLast = _framing.Wrap(message));

    /// <summary>A host that left is noticed before the next one is heard: the wire says so in between.</summary>
    private void NoticeHost()
    {
        lock (_wire.Gate)
        {
            if (!_wire.Connected)
            {
                _framing.Forget();
                _machine.HostGone();
            }
        }

        Changed?.Invoke();
    }

    private ITimer Later(TimeSpan delay, Action work) => _time.CreateTimer(
        _ =>
        {
            lock (_wire.Gate) work();
            Changed?.Invoke();
        },
        null, delay, Timeout.InfiniteTimeSpan);

    private static JsonNode Describe(BookedReceipt receipt) => new JsonObject
    {
        ["number"] = receipt.Number,
        ["amount"] = receipt.Minor,
        ["state"] = receipt.State switch { ReceiptState.Held => "held", ReceiptState.Booked => "booked", _ => "reversed" },
    };
}
