using static Kiosk.Hardware.Terminals.Zvt.ZvtProtocol;

namespace Kiosk.Hardware.Terminals.Zvt.Emulation;

/// <summary>The terminal itself: takes commands, asks for a card, keeps its books. Called under the wire's gate, its timers too.</summary>
/// <param name="say">Sends a message to the host.</param>
/// <param name="later">Does something after a while unless what it returns is disposed before.</param>
internal sealed partial class ZvtMachine(ZvtOptions options, Action<Apdu> say, Func<TimeSpan, Action, IDisposable> later)
{
    private readonly StatusWriter _writer = new(options.CurrencyNumber);
    private readonly byte[] _password = Convert.FromHexString(options.Password ?? ZvtOptions.FactoryPassword);
    private Action<Apdu>? _answer;
    private IDisposable? _timer;
    private object? _ticket;
    private byte _configByte;
    private bool _blocks;

    public TerminalBooks Books { get; } = new();

    public string Display { get; private set; } = "READY";

    public bool Registered { get; private set; }

    /// <summary>A card in the reader, or null.</summary>
    public EmulatedCard? Card { get; private set; }

    /// <summary>Presents a good card by itself so much after it was asked for.</summary>
    public TimeSpan? Auto { get; set; }

    public bool Busy { get; set; }

    public bool EndOfDayDue { get; set; }

    /// <summary>Refuses 06 B0.</summary>
    public bool RefusesAbort { get; set; }

    public string State => _answer is null && _payment is null && _timer is null ? "idle" : _payment is { Asking: true } ? "card" : Books.Held is null ? "working" : "held";

    private bool Idle => State == "idle";

    private bool SendsReceipts => (_configByte & 0x82) == 0x82;

    public void Receive(Apdu message)
    {
        if (message.IsAnswer)
        {
            if (_answer is not { } answered) return;
            _answer = null;
            answered(message);
            return;
        }

        Carry(message);
    }

    /// <summary>The host went away. What it did not commit is taken back; what it did stands.</summary>
    public void HostGone()
    {
        if (Idle) return;
        Books.TakeBackHeld();
        Rest("READY");
    }

    /// <summary>The same, and the host has to register anew.</summary>
    public void LosePower()
    {
        HostGone();
        (Registered, Card) = (false, null);
    }

    private void Carry(Apdu command)
    {
        switch (command.Command)
        {
            case StatusEnquiry: Enquired(); break;
            case AbortByHost: AbortAsked(); break;
            case LogOff:
                say(Yes);
                Registered = false;
                break;
            case var _ when Busy || !Idle: Refuse(ZvtResult.Busy); break;
            case ZvtProtocol.Register: Register(command.Data); break;
            case var _ when !Registered: Refuse(ZvtResult.NotRegistered); break;
            case Authorise: Pay(command.Data); break;
            case RepeatReceipt when Authentic(command.Data): RepeatLast(); break;
            case ZvtProtocol.Reverse when Authentic(command.Data): Reverse(command.Data); break;
            case EndOfDay when Authentic(command.Data): CloseDay(); break;
            case Diagnose: Accept("DIAGNOSIS", () => Tell(Apdu.Of(Intermediate, 0xC9), () => Complete([]))); break;
            default: Refuse(ZvtResult.NotPossible); break;
        }
    }

    private void Enquired()
    {
        if (!Idle) Refuse(ZvtResult.Busy);
        else Accept(Display, () => Complete([Busy ? ZvtResult.Busy : !Registered ? ZvtResult.NotRegistered : EndOfDayDue ? ZvtResult.EndOfDayDue : Card is null ? ZvtResult.Done : ZvtResult.CardInserted]));
    }

    private void Register(byte[] data)
    {
        if (data.Length < 4 || !Authentic(data)) Refuse(ZvtResult.NotRegistered);
        else if (data.Length >= 6 && Bcd.Read(data.AsSpan(4, 2)) != options.CurrencyNumber) Refuse(ZvtResult.WrongCurrency);
        else
        {
            _configByte = data[3];
            _blocks = data.AsSpan().IndexOf((ReadOnlySpan<byte>)[TagCommand, 2, PrintBlock >> 8, PrintBlock & 0xFF]) > 0;
            Registered = true;
            Accept("READY", () => Tell(_writer.Registered(0), () => Rest("READY")));
        }
    }

    private void RepeatLast()
    {
        if (Books.Last is not { } last) Refuse(ZvtResult.NotPossible);
        else
        {
            // What was taken back before it was committed ended as if the key for abort had been pressed.
            var undone = !last.IsReversal && last.Payment.State == ReceiptState.Reversed;
            Accept(Display, () => Tell(_writer.Status(last, undone ? ZvtResult.Aborted : ZvtResult.Done), () => Complete([])));
        }
    }

    private void Reverse(byte[] data)
    {
        var number = data is [_, _, _, BmpReceipt, ..] && data.Length >= 6 ? Bcd.Read(data.AsSpan(4, 2)) : null;
        if (number is null)
        {
            Refuse(0x9A);
            return;
        }

        Accept("REVERSAL", () =>
        {
            var (status, code) = Books.Reverse((int)number);
            if (status is null) Abort(code);
            else Tell(_writer.Status(status, ZvtResult.Done), () => Complete([]));
        });
    }

    private void CloseDay() => Accept("END OF DAY", () =>
    {
        var totals = Books.Totals();
        Tell(Apdu.Of(Intermediate, 0x0E), () => Tell(StatusWriter.Totals(totals), () =>
        {
            Books.CloseBatch();
            EndOfDayDue = false;
            Complete([]);
        }));
    });

    private bool Authentic(byte[] data) => data.AsSpan().StartsWith(_password);

    private void Refuse(byte code) => say(Apdu.Of((ushort)(0x8400 | code)));

    private void Accept(string display, Action then)
    {
        Display = display;
        say(Yes);
        then();
    }

    /// <summary>Says something that the host has to answer, whatever it answers.</summary>
    private void Tell(Apdu message, Action then) => Ask(message, _ => then());

    private void Ask(Apdu message, Action<Apdu> then)
    {
        _answer = then;
        say(message);
    }

    private void Complete(byte[] data) => Tell(Apdu.Of(Completion, data), () => Rest("READY"));

    private void Abort(byte code) => Tell(Apdu.Of(AbortByTerminal, code), () => Rest("READY"));

    private void Rest(string display)
    {
        StopTimer();
        (_answer, _payment, Display) = (null, null, display);
    }

    private void After(TimeSpan delay, Action work)
    {
        StopTimer();
        if (delay == TimeSpan.Zero)
        {
            work();
            return;
        }

        // One that fired while it was being stopped still waits for the gate: then it is not the one that counts.
        var ticket = _ticket = new object();
        _timer = later(delay, () =>
        {
            if (ticket != _ticket) return;
            StopTimer();
            work();
        });
    }

    private void StopTimer()
    {
        _timer?.Dispose();
        (_timer, _ticket) = (null, null);
    }
}
