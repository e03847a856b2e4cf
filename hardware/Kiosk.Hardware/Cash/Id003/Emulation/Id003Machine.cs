using System.Text.Json.Nodes;
using Kiosk.Hardware.Cash.Emulation;
using Kiosk.Hardware.Links.Emulation;
using static Kiosk.Hardware.Cash.Id003.Id003Protocol;

namespace Kiosk.Hardware.Cash.Id003.Emulation;

/// <summary>The electronics of an acceptor that speaks ID-003. Where a note lies it sees when the power comes back, and says so until RESET.</summary>
internal sealed class Id003Machine : ICashMachine
{
    private const string ResetAtStack = "reset-at-stack", RepeatVendValid = "repeat-vend-valid";
    private const int Everything = 0xFFFF;

    /// <summary>Between two bytes of a message: what comes later begins a new one.</summary>
    private static readonly TimeSpan BytePatience = TimeSpan.FromMilliseconds(100);

    private readonly Id003Options _options;
    private readonly TimeProvider _time;
    private readonly Id003Receiver _receiver = new();

    /// <summary>Which denominations are forbidden.</summary>
    private int _forbidden;

    private long _heardAt;
    private bool _inhibited = true, _initializing, _holding, _vendValid, _stacked, _cheated, _towardsBox, _repeat;
    private Id003Status? _powerUp = Id003Status.PowerUp;
    private string? _own;

    public Id003Machine(Id003Options options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        Till = new EmulatedTill(new TillOptions(Escrow: true, Move: TimeSpan.FromMilliseconds(700), EscrowPatience: TimeSpan.FromSeconds(10)), time);
        Till.Happened += Happened;
    }

    public EmulatedTill Till { get; }

    public Action<byte[]> Answer { get; set; } = _ => { };

    public IReadOnlyList<string> OwnMisbehaviour => [ResetAtStack, RepeatVendValid];

    public IReadOnlyList<EmulatorControl> Controls =>
    [
        new("unsupported", "A model that does not tell its denominations.", new Dictionary<string, string> { ["on"] = "true | false" }),
        new("fail", "Tells a failure; off: none any more.", new Dictionary<string, string> { ["on"] = "true | false" }),
        new("pause", "A second note in the slot.", new Dictionary<string, string> { ["on"] = "true | false" }),
    ];

    public bool TellsDenominations { get; set; } = true;

    public bool Failing { get; set; }

    public bool Paused { get; set; }

    private bool Ready => _powerUp is null && !_initializing;

    public bool Wants(long minor) =>
        Ready && !_inhibited && !_vendValid && !Failing && !Paused && Channel(minor) is { } channel && (_forbidden & (1 << (channel.Number - 1))) == 0
        && Till.Place == TillPlace.Nowhere && Till.BoxState is not (CashBoxState.Full or CashBoxState.Removed);

    public void Receive(byte value)
    {
        if (_time.GetElapsedTime(_heardAt) > BytePatience) _receiver.Forget();
        _heardAt = _time.GetTimestamp();
        if (_receiver.Take(value) is not { } frame) return;
        Till.Pass();
        if (Carry(frame) is { } answer) Answer(answer.ToBytes());
    }

    public void LosePower()
    {
        _receiver.Forget();
        var cleared = Till.LosePower();

        // Not acknowledged, it still lies where the stacker sees it.
        if (_vendValid || cleared is { Kept: true }) _powerUp = Id003Status.PowerUpNoteInStacker;
        else if (cleared is not null) _powerUp = Id003Status.PowerUpNoteInAcceptor;
        else _powerUp ??= Id003Status.PowerUp;
        (_inhibited, _initializing, _holding, _vendValid, _stacked, _cheated, _forbidden) = (true, false, false, false, false, false, 0);
    }

    public void Misbehave(string? own) => _own = own;

    public void Reset()
    {
        LosePower();
        (_powerUp, _own, _repeat) = (Id003Status.PowerUp, null, false);
        (TellsDenominations, Failing, Paused) = (true, false, false);
    }

    public Action Prepare(string control, ControlArguments given)
    {
        var on = given.Flag("on");
        return control switch
        {
            "fail" => () => Failing = on,
            "pause" => () => Paused = on,
            _ => () => TellsDenominations = !on,
        };
    }

    public void Describe(JsonObject look)
    {
        look["enabled"] = Ready && !_inhibited;
        look["denominations"] = new JsonArray([.. _options.Emulated.Where(channel => (_forbidden & (1 << (channel.Number - 1))) == 0).Select(channel => (JsonNode)channel.Number)]);
        look["status"] = Status().Status.ToString();
        look["badFrames"] = _receiver.BadFrames;
    }

    private CashChannel? Channel(long minor) => _options.Emulated.FirstOrDefault(channel => channel.Minor == minor);

    private void Happened(TillEvent happened, long minor)
    {
        switch (happened)
        {
            case TillEvent.Escrowed: (_holding, _towardsBox) = (false, false); break;
            case TillEvent.Kept: _vendValid = true; break;
            case TillEvent.Pulled when _towardsBox: _cheated = true; break;
            default: break;
        }
    }

    /// <returns>What to answer; null: nothing.</returns>
    private Id003Frame? Carry(Id003Frame frame)
    {
        switch (frame.Code)
        {
            case StatusRequest:
                var (status, data) = Status();
                Told(status);
                return new Id003Frame((byte)status, data);
            case CurrencyAssign when TellsDenominations: return new Id003Frame(CurrencyAssign, Id003Currency.ToBytes(_options.Emulated, _options.Decimals));
            case Id003Protocol.Reset:
                Till.GiveBack();
                (_powerUp, _initializing) = (null, true);
                return new Id003Frame(Ack);
            case Ack:
                Acknowledged();
                return null;
            case var _ when _powerUp is not null: return new Id003Frame(InvalidCommand);
            case Stack1: return Stack();
            case Return: return Done(Till.GiveBack());
            case Hold:
                Till.WaitOn();
                _holding = Till.Place == TillPlace.Escrow;
                return Done(_holding);
            case Denominations when frame.Data.Length == 2:
                _forbidden = frame.Data[0] | (frame.Data[1] << 8);
                return frame;
            case Security when frame.Data.Length == 2: return frame;
            case CommunicationMode when frame.Data.Length == 1: return frame;
            case Inhibit when frame.Data.Length == 1:
                (_inhibited, _initializing) = (frame.Data[0] != 0, false);
                return frame;
            default: return new Id003Frame(InvalidCommand);
        }
    }

    private static Id003Frame Done(bool done) => new(done ? Ack : InvalidCommand);

    private Id003Frame? Stack()
    {
        if (_own == ResetAtStack && Till.Place == TillPlace.Escrow)
        {
            _own = null;
            LosePower();
            return null;
        }

        _towardsBox = true;
        return Done(Till.Stack());
    }

    private void Acknowledged()
    {
        if (!_vendValid) return;
        (_vendValid, _stacked) = (false, true);
        if (_own == RepeatVendValid) (_own, _repeat) = (null, true);
    }

    /// <summary>Some are told once.</summary>
    private void Told(Id003Status status)
    {
        if (status == Id003Status.Stacked) _stacked = false;
        if (status == Id003Status.Cheated) _cheated = false;
        if (_repeat && status is (Id003Status.Idling or Id003Status.Disabled)) (_repeat, _vendValid) = (false, true);
    }

    private (Id003Status Status, byte[] Data) Status() => Till.Place switch
    {
        _ when _powerUp is { } powerUp => (powerUp, []),
        _ when _initializing => (Id003Status.Initializing, []),
        _ when _vendValid => (Id003Status.VendValid, []),
        _ when _stacked => (Id003Status.Stacked, []),
        _ when Failing => (Id003Status.Failure, [0xA2]),
        TillPlace.Escrow => (_holding ? Id003Status.Holding : Id003Status.Escrow, _holding ? [] : [Id003Currency.CodeOf(Channel(Till.Item)!.Number)]),
        TillPlace.TowardsBox => (Id003Status.Stacking, []),
        TillPlace.TowardsCustomer => (Id003Status.Returning, []),
        TillPlace.Stuck => (_towardsBox ? Id003Status.JamInStacker : Id003Status.JamInAcceptor, []),
        _ when _cheated => (Id003Status.Cheated, []),
        _ when Till.BoxState == CashBoxState.Removed => (Id003Status.StackerOpen, []),
        _ when Till.BoxState == CashBoxState.Full => (Id003Status.StackerFull, []),
        _ when Paused => (Id003Status.Pause, []),
        _ => (_inhibited || (_forbidden & Everything) == Everything ? Id003Status.Disabled : Id003Status.Idling, []),
    };
}
