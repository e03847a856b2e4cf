using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links.Emulation;
using static Kiosk.Hardware.Cash.CcTalk.CcTalkProtocol;

namespace Kiosk.Hardware.Cash.CcTalk;

/// <summary>The electronics of a note or coin acceptor on a ccTalk bus. What it knows of its till is forgotten with its power; how many items it ever took is not.</summary>
internal sealed class CcTalkMachine : ICashMachine
{
    private const string BadChecksum = "bad-checksum";

    /// <summary>It gives a note back when nobody speaks of it for so long, takes nothing when nobody asks, and does not hear while it starts.</summary>
    private static readonly TimeSpan EscrowPatience = TimeSpan.FromSeconds(10), PollPatience = TimeSpan.FromSeconds(2), Start = TimeSpan.FromMilliseconds(300),
        BetweenBytes = TimeSpan.FromMilliseconds(50), Motor = TimeSpan.FromMilliseconds(600);

    private static readonly long[] Notes = [100, 500, 1000, 2000, 5000, 10_000], Coins = [10, 50, 100];

    private readonly CcTalkOptions _options;
    private readonly TimeProvider _time;
    private readonly SortedDictionary<int, long> _values;
    private readonly List<byte> _frame = [];
    private readonly List<(byte A, byte B)> _events = [];
    private int _counter, _accepted, _mask;
    private bool _master, _wrong;
    private long _byteAt, _polledAt;
    private long? _startedAt;

    public CcTalkMachine(CcTalkOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _values = options.Channels.Count > 0
            ? new(options.Channels.ToDictionary())
            : new((options.Notes ? Notes : Coins).Select((minor, index) => (minor, index)).ToDictionary(pair => pair.index + 1, pair => pair.minor));
        Till = new EmulatedTill(new TillOptions(options.Notes, Motor, EscrowPatience), time);
        Till.Happened += Tell;
        ForgetEvents();
    }

    public EmulatedTill Till { get; }

    public Action<byte[]> Answer { get; set; } = _ => { };

    public IReadOnlyList<EmulatorControl> Controls { get; } =
    [
        new("counter", "Set the event counter, to see it wrap.", new Dictionary<string, string> { ["value"] = "1 to 255" }),
        new("events", "So many refused items at once: more than five, and events are lost.", new Dictionary<string, string> { ["count"] = "1 to 200" }),
        new("restart", "The power is away for a moment; the link stays.", new Dictionary<string, string>()),
        new("lose-patience", "Give the note in escrow back without being told.", new Dictionary<string, string>()),
    ];

    IReadOnlyList<string> IWiredDevice.OwnMisbehaviour => [BadChecksum];

    private bool Enabled => _master && _mask != 0 && !Starting && _time.GetElapsedTime(_polledAt) < PollPatience;

    private bool Starting => _startedAt is { } at && _time.GetElapsedTime(at) < Start;

    public bool Wants(long minor) => Enabled && Till.Place == TillPlace.Nowhere && Till.BoxState is not (CashBoxState.Full or CashBoxState.Removed)
        && _values.Any(pair => pair.Value == minor && (_mask & (1 << (pair.Key - 1))) != 0);

    public void Receive(byte value)
    {
        if (_options.Echo) Answer([value]);

        // A pause ends a frame that broke off.
        if (_time.GetElapsedTime(_byteAt) > BetweenBytes) _frame.Clear();
        _byteAt = _time.GetTimestamp();
        if (Starting) return;
        Till.Pass();
        _frame.Add(value);
        if (_frame.Count < CcTalkFrame.Around || _frame.Count < CcTalkFrame.Around + _frame[1]) return;
        var found = CcTalkFrame.Find([.. _frame], _options.Address, Host, _options.Crc, out _);
        _frame.Clear();
        if (found is { } question && Reply(question.Header, question.Data) is { } reply) Say(reply.Header, reply.Data);
    }

    public void LosePower()
    {
        // The motor clears its way when it starts, and its counter counts what it keeps.
        if (Till.LosePower() is { Kept: true }) _accepted++;
        (_counter, _mask, _master, _startedAt) = (0, 0, false, _time.GetTimestamp());
        _frame.Clear();
        ForgetEvents();
    }

    void IWiredDevice.Misbehave(string? own) => _wrong = own == BadChecksum;

    public Action Prepare(string control, ControlArguments given)
    {
        switch (control)
        {
            case "counter":
                var counter = given.Number("value", 1, CounterRound) ?? throw new ArgumentException("argument \"value\" is missing; allowed: 1 to 255");
                return () => _counter = counter;
            case "events":
                var count = given.Number("count", 1, 200) ?? throw new ArgumentException("argument \"count\" is missing; allowed: 1 to 200");
                return () => LoseEvents(count);
            case "restart": return LosePower;
            default: return () => Till.GiveBack();
        }
    }

    /// <summary>Items that are refused, one after the other.</summary>
    public void LoseEvents(int count)
    {
        for (var i = 0; i < count; i++) Push(0, 2);
    }

    public void SetCounter(int value) => _counter = value;

    public void Describe(JsonObject look)
    {
        look["enabled"] = Enabled;
        look["counter"] = _counter;
        look["accepted"] = _accepted;
        look["inhibits"] = _mask;
        look["channels"] = new JsonObject(_values.Select(pair => KeyValuePair.Create(pair.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)pair.Value)));
    }

    public void Reset()
    {
        LosePower();
        _accepted = 0;
    }

    private (byte Header, byte[] Data)? Reply(byte header, byte[] data) => (header, data) switch
    {
        (SimplePoll, []) => Ack(),
        (RequestCategory, []) => Text(_options.Notes ? "Bill Validator" : "Coin Acceptor"),
        (RequestManufacturer, []) => Text("Emulated"),
        (RequestProductCode, []) => Text("TILL"),
        (ModifyInhibit, [var low, var high]) => Ack(_mask = low | (high << 8)),
        (RequestInhibit, []) => (CcTalkProtocol.Answer, [(byte)_mask, (byte)(_mask >> 8)]),
        (ModifyMasterInhibit, [var on]) => Ack(_master = (on & 1) != 0),
        (RequestMasterInhibit, []) => (CcTalkProtocol.Answer, [_master ? (byte)1 : (byte)0]),
        (RequestAcceptCounter, []) => (CcTalkProtocol.Answer, [(byte)_accepted, (byte)(_accepted >> 8), (byte)(_accepted >> 16)]),
        (PerformSelfCheck, []) => (CcTalkProtocol.Answer, [SelfCheck()]),
        (ResetDevice, []) => Restart(),
        (ReadBufferedBillEvents, []) when _options.Notes => Events(),
        (ReadBufferedCredit, []) when !_options.Notes => Events(),
        (RequestBillId, [var type]) when _options.Notes => Text(Id(type)),
        (RequestCoinId, [var type]) when !_options.Notes => Text(Id(type)),
        (RequestCountryScalingFactor, [_, _] country) when _options.Notes => (CcTalkProtocol.Answer, Encoding.ASCII.GetString(country) == _options.Country ? [100, 0, 2] : [0, 0, 0]),
        (ModifyBillOperatingMode, [StackerAndEscrow]) when _options.Notes => Ack(),
        (RouteBill, [var code]) when _options.Notes => Route(code),
        _ => (Nak, []),
    };

    /// <param name="done">What was set: evaluated before it is acknowledged.</param>
    private static (byte, byte[]) Ack(object? done = null) => (CcTalkProtocol.Answer, []);

    private static (byte, byte[]) Text(string text) => (CcTalkProtocol.Answer, Encoding.ASCII.GetBytes(text));

    private string Id(byte type) => !_values.TryGetValue(type, out var minor) ? "......."[..(_options.Notes ? 7 : 6)]
        : _options.Notes ? string.Create(CultureInfo.InvariantCulture, $"{_options.Country}{minor / 100:0000}A")
        : string.Create(CultureInfo.InvariantCulture, $"{_options.Country}{minor:000}A");

    private (byte, byte[]) Events()
    {
        _polledAt = _time.GetTimestamp();
        return (CcTalkProtocol.Answer, [(byte)_counter, .. _events.SelectMany(one => new[] { one.A, one.B })]);
    }

    private (byte, byte[]) Route(byte code)
    {
        if (Till.Place != TillPlace.Escrow) return (CcTalkProtocol.Answer, [EscrowEmpty]);
        if (code == RouteWait) Till.WaitOn();
        else if (code == RouteStack) Till.Stack();
        else if (code == RouteReturn) Till.GiveBack();
        else return (Nak, []);
        return Ack();
    }

    private byte SelfCheck() => (Till.Place, Till.BoxState) switch
    {
        (TillPlace.Stuck, _) => _options.Notes ? (byte)39 : (byte)253,
        (_, CashBoxState.Removed) when _options.Notes => 44,
        (_, CashBoxState.Full) when _options.Notes => 45,
        _ => 0,
    };

    private (byte, byte[])? Restart()
    {
        Say(CcTalkProtocol.Answer, []);
        LosePower();
        return null;
    }

    private void Say(byte header, byte[] data)
    {
        var frame = CcTalkFrame.Build(Host, _options.Address, header, data, _options.Crc);
        if (_wrong) frame[^1] ^= 0x55;
        Answer(frame);
    }

    private void Tell(TillEvent happened, long minor)
    {
        if (happened == TillEvent.Kept) _accepted++;
        var channel = (byte)_values.FirstOrDefault(pair => pair.Value == minor).Key;
        if (_options.Notes) TellNote(happened, channel);
        else if (happened == TillEvent.Kept) Push(channel, 1);
        else if (happened == TillEvent.Stuck) Push(0, 14);
    }

    private void TellNote(TillEvent happened, byte channel)
    {
        switch (happened)
        {
            case TillEvent.Escrowed: Push(channel, BillInEscrow); break;
            case TillEvent.Kept:
                Push(channel, BillStacked);
                if (Till.BoxState == CashBoxState.Full) Push(0, 14);
                break;
            case TillEvent.GivenBack: Push(0, 1); break;
            case TillEvent.Pulled: Push(0, 8); break;
            case TillEvent.Stuck: Push(0, 6); break;
            case TillEvent.Freed: Push(0, 10); break;
            case TillEvent.BoxTaken: Push(0, 11); break;
            case TillEvent.BoxPut: Push(0, 12); break;
        }
    }

    private void Push(byte a, byte b)
    {
        _counter = _counter == CounterRound ? 1 : _counter + 1;
        _events.Insert(0, (a, b));
        _events.RemoveAt(EventsKept);
    }

    private void ForgetEvents()
    {
        _events.Clear();
        _events.AddRange(Enumerable.Repeat(((byte)0, (byte)0), EventsKept));
    }
}
