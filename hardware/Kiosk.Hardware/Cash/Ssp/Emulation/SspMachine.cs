using System.Text.Json.Nodes;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links.Emulation;
using static Kiosk.Hardware.Cash.Ssp.SspProtocol;

namespace Kiosk.Hardware.Cash.Ssp.Emulation;

/// <summary>The electronics of a validator that speaks SSP. What is not acknowledged and what it has counted outlive the power.</summary>
internal sealed partial class SspMachine : ICashMachine
{
    private const string ResetAtStack = "reset-at-stack", RepeatCredit = "repeat-credit";
    private static readonly byte[] Serial = [0x00, 0x44, 0xD9, 0x57];

    private readonly SspOptions _options;
    private readonly SspReceiver _receiver = new();
    private byte[]? _lastAnswer;
    private bool? _lastSequence;
    private int _version = FullChannelsVersion;
    private uint _inhibits;
    private bool _enabled;
    private string? _own;

    public SspMachine(SspOptions options, TimeProvider time)
    {
        _options = options;
        Till = new EmulatedTill(new TillOptions(Escrow: true, Move: TimeSpan.FromMilliseconds(700), EscrowPatience: PollWithin), time);
        Till.Happened += Happened;
    }

    public EmulatedTill Till { get; }

    public Action<byte[]> Answer { get; set; } = _ => { };

    public IReadOnlyList<string> OwnMisbehaviour => [ResetAtStack, RepeatCredit];

    public IReadOnlyList<EmulatorControl> Controls =>
    [
        new("unsupported", "Older firmware: answers POLL WITH ACK, or GET COUNTERS, with COMMAND NOT KNOWN.", new Dictionary<string, string>
        {
            ["command"] = "poll-with-ack | get-counters",
            ["on"] = "true | false",
        }),
        new("count", "Sets the counter of stacked notes, as when the electronics were changed.", new Dictionary<string, string> { ["stacked"] = "0 to 1000000" }),
    ];

    public bool KnowsPollWithAck { get; set; } = true;

    public bool KnowsCounters { get; set; } = true;

    public bool Wants(long minor) =>
        _enabled && Channel(minor) is { } channel && (_inhibits & (1u << (channel.Number - 1))) != 0
        && Till.Place == TillPlace.Nowhere && Till.BoxState is not (CashBoxState.Full or CashBoxState.Removed) && !Pending;

    public void Receive(byte value)
    {
        if (_receiver.Take(value) is not { } frame || frame.Address != _options.Address) return;

        // The same sequence bit: the host did not hear us. Said again, not done again. SYNC begins anew whatever was before.
        if (frame.Sequence != _lastSequence || frame.Code == Sync || _lastAnswer is null)
        {
            Till.Pass();
            if (Carry(frame) is not { } data) return;
            (_lastSequence, _lastAnswer) = (frame.Sequence, new SspFrame(frame.Address, frame.Sequence, data).ToBytes());
        }

        Answer(_lastAnswer);
    }

    public void LosePower()
    {
        _receiver.Forget();
        (_lastAnswer, _lastSequence, _enabled, _inhibits, _version) = (null, null, false, 0, FullChannelsVersion);
        (_reset, _escrowTold) = (true, false);
        if (Till.LosePower() is not { } cleared) return;
        if (cleared.Kept) _stacked++;
        _untold.Add(new SspEvent(cleared.Kept ? SspEventCode.ClearedToCashBox : SspEventCode.ClearedToFront, Channel(cleared.Minor)?.Number ?? 0));
    }

    public void Misbehave(string? own) => _own = own;

    public void Reset()
    {
        LosePower();
        _untold.Clear();
        _unacknowledged.Clear();
        (_own, KnowsPollWithAck, KnowsCounters) = (null, true, true);
    }

    public Action Prepare(string control, ControlArguments given)
    {
        if (control == "count")
        {
            var stacked = given.Number("stacked", 0, 1_000_000) ?? throw new ArgumentException("argument \"stacked\" is missing; allowed: 0 to 1000000");
            return () => _stacked = (uint)stacked;
        }

        var (counters, on) = (given.Word("command", "poll-with-ack", "get-counters") == "get-counters", given.Flag("on"));
        return () =>
        {
            if (counters) KnowsCounters = !on;
            else KnowsPollWithAck = !on;
        };
    }

    public void Describe(JsonObject look)
    {
        look["enabled"] = _enabled;
        look["channels"] = new JsonArray([.. _options.Emulated.Where(channel => (_inhibits & (1u << (channel.Number - 1))) != 0).Select(channel => (JsonNode)channel.Number)]);
        look["stacked"] = (int)_stacked;
        look["rejected"] = (int)_rejected;
        look["unacknowledged"] = new JsonArray([.. _unacknowledged.Select(one => (JsonNode)one.ToString())]);
        look["badFrames"] = _receiver.BadFrames;
    }

    private CashChannel? Channel(long minor) => _options.Emulated.FirstOrDefault(channel => channel.Minor == minor);

    /// <returns>What to answer; null: nothing, as it lost its power meanwhile.</returns>
    private byte[]? Carry(SspFrame frame)
    {
        switch (frame.Code, frame.Data.Length)
        {
            case (Sync, 1): return [Ok];
            case (HostProtocolVersion, 2) when frame.Data[1] is >= OldestVersion and <= NewestVersion:
                _version = frame.Data[1];
                return [Ok];
            case (HostProtocolVersion, 2): return [Fail];
            case (SetupRequest, 1): return [Ok, .. SspSetup.ToBytes(_options.Emulated, _version, 100)];
            case (SerialNumber, 1): return [Ok, .. Serial];
            case (SetInhibits, >= 2 and <= 5):
                _inhibits = frame.Data.Skip(1).Select((part, place) => (uint)part << (8 * place)).Aggregate(0u, (all, part) => all | part);
                return [Ok];
            case (Enable, 1):
                _enabled = true;
                return [Ok];
            case (Disable, 1):
                _enabled = false;
                Till.GiveBack();
                return [Ok];
            case (Poll, 1): return PollNow(withAck: false);
            case (PollWithAck, 1) when KnowsPollWithAck: return PollNow(withAck: true);
            case (EventAck, 1) when KnowsPollWithAck: return [Acknowledge() ? Ok : CannotBeProcessed];
            case (Hold, 1):
                Till.WaitOn();
                return [Till.Place == TillPlace.Escrow ? Ok : CannotBeProcessed];
            case (Reject, 1): return [Till.GiveBack() ? Ok : CannotBeProcessed];
            case (GetCounters, 1) when KnowsCounters: return [Ok, .. new SspCounters(_stacked, 0, 0, 0, _rejected).ToBytes()];
            case (SetInhibits or HostProtocolVersion, _): return [WrongParameters];
            default: return [UnknownCommand];
        }
    }
}
