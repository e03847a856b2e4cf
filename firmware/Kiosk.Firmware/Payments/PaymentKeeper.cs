using Kiosk.Domain.Hall;
using Kiosk.Domain.Payments;
using Kiosk.Firmware.Devices;
using Kiosk.Firmware.Effects;
using Kiosk.Firmware.Engine;
using Kiosk.Firmware.Payments.Card;
using Kiosk.Firmware.Payments.Cash;

namespace Kiosk.Firmware.Payments;

/// <summary>
/// What no customer and no device asks for: a payment that a restart left at the terminal is brought to its end, a biller that does not answer keeps nobody waiting,
/// an outcome that nobody can tell becomes a case, and receipts go to the printer.
/// </summary>
internal sealed partial class PaymentKeeper(LedgerDoor ledger, CardDesk card, CashAttendant cash, IDeviceDirectory devices, TimeProvider time, ILogger<PaymentKeeper> log) : BackgroundService
{
    private const string Source = "terminal";

    /// <summary>How long a customer who paid in cash waits for the biller's word.</summary>
    public static readonly TimeSpan BillerWait = TimeSpan.FromSeconds(12);

    /// <summary>How long a terminal that is away is waited for: before its unknown outcome becomes a case, or a payment that it never heard of is stopped.</summary>
    public static readonly TimeSpan CardWait = TimeSpan.FromSeconds(90);

    /// <summary>How long an acceptor is waited for that had a note in its hands when power or link went.</summary>
    public static readonly TimeSpan CashWait = TimeSpan.FromSeconds(60);

    /// <summary>Receipts of a moment before a restart still go to paper.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private (PaymentId Payment, Wait For, long Since)? _waiting;
    private readonly PaymentId? _leftOver = ledger.Feed.Latest.State.Ledger?.Current;
    private int _printed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (ledger.Feed.Latest.State.Ledger is null) return;
        _printed = FirstToPrint(ledger.State);
        try
        {
            while (true)
            {
                var seen = ledger.Feed.Latest.Seq;
                await KeepAsync(stoppingToken);
                await NewsAsync(seen, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>One look at the ledger.</summary>
    private async Task KeepAsync(CancellationToken cancel)
    {
        var state = ledger.State;
        if (state.AtTerminal is { } payment && Due(state, payment) is { } command)
        {
            LogDue(log, command.GetType().Name, payment.Id.Value);
            await ledger.InsistAsync(command, Source, cancel);
        }

        foreach (var receipt in state.Receipts.Values.Where(receipt => receipt.Number > _printed).OrderBy(receipt => receipt.Number))
        {
            // Without a printer it is shown on the screen, with a code; nothing comes out behind the customer's back later.
            if (receipt is { Phase: null, VoidReason: null, Payment: not null } && devices.Prints) await ledger.InsistAsync(new HallCommand.PrintReceipt(receipt.Number), Source, cancel);
            _printed = receipt.Number;
        }
    }

    private enum Wait
    {
        Nothing,

        /// <summary>The terminal is to begin.</summary>
        Terminal,

        /// <summary>Nobody knows how a card payment ended, or nobody talks to the terminal about it.</summary>
        Outcome,
        Biller,

        /// <summary>A note is being stacked.</summary>
        Acceptor,
    }

    private HallCommand.LedgerCommand? Due(LedgerState state, Payment payment)
    {
        var wait = WaitsFor(state, payment);
        var (leftOver, waited) = (payment.Id == _leftOver, Waited(payment.Id, wait));
        return wait switch
        {
            Wait.Terminal when leftOver => new HallCommand.StopPayment(payment.Id, "restart"),
            Wait.Terminal when waited > CardWait => new HallCommand.StopPayment(payment.Id, "timed-out"),
            Wait.Outcome when waited > CardWait && payment.CardPhase == CardPhase.Unknown => new HallCommand.OpenCardCase(payment.Id, "the card terminal does not answer"),
            Wait.Outcome when waited > CardWait => new HallCommand.ReportCardUnknown(payment.Id, $"left {payment.CardPhase}: the card terminal is away"),
            Wait.Biller when leftOver || waited > BillerWait => new HallCommand.PostLater(payment.Id),

            // First what was being taken in when the power or the link went, then the claim over all of it.
            Wait.Acceptor when waited > CashWait && leftOver => new HallCommand.StopPayment(payment.Id, "restart"),
            Wait.Acceptor when waited > CashWait => new HallCommand.StopPayment(payment.Id, "acceptor-away"),
            Wait.Nothing when leftOver && payment.Means == PayMeans.Cash => new HallCommand.StopPayment(payment.Id, "restart"),
            _ => null,
        };
    }

    private Wait WaitsFor(LedgerState state, Payment payment)
    {
        if (payment.Means == PayMeans.Card)
        {
            if (payment.CardPhase is CardPhase.None) return Wait.Terminal;
            return payment.CardPhase == CardPhase.Unknown || !card.Attended ? Wait.Outcome : Wait.Nothing;
        }

        if (payment.Posting != PostingPhase.None) return Wait.Biller;
        return state.Boxes.Values.Any(box => box.StackingFor == payment.Id && (payment.Id == _leftOver || !cash.Attends(box.Device))) ? Wait.Acceptor : Wait.Nothing;
    }

    /// <summary>Without a break, for the same.</summary>
    private TimeSpan Waited(PaymentId payment, Wait what)
    {
        if (_waiting is { } known && known.Payment == payment && known.For == what) return time.GetElapsedTime(known.Since);
        _waiting = (payment, what, time.GetTimestamp());
        return TimeSpan.Zero;
    }

    private int FirstToPrint(LedgerState state) =>
        state.Receipts.Values.Where(receipt => receipt.Phase is null && time.GetUtcNow() - receipt.At <= Fresh).Select(receipt => receipt.Number - 1).DefaultIfEmpty(state.LastReceipt).Min();

    // Where nothing waits at the terminal, only news can change that; else time can as well.
    private Task NewsAsync(long seen, CancellationToken cancel) => ledger.State.Current is null
        ? ledger.Feed.AfterAsync(seen, cancel)
        : News.WithinAsync(LookEvery, time, either => ledger.Feed.AfterAsync(seen, either), cancel);

    [LoggerMessage(1, LogLevel.Information, "{Command} for payment {Payment}")]
    private static partial void LogDue(ILogger log, string command, string payment);
}
